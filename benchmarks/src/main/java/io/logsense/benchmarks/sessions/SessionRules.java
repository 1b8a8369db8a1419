package io.logsense.benchmarks.sessions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is normal about sessions, learned from normal ones only: which events there are, how long
 * sessions are, and how often each event comes in one (M. Landauer, F. Skopik, M. Wurzenberger: A
 * critical review of common log data sets used for evaluation of sequence-based anomaly detection
 * techniques, FSE 2024).
 */
final class SessionRules {
  private final Set<String> events = new HashSet<>();
  private final Map<Map<String, Integer>, Integer> vectors = new LinkedHashMap<>();
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  /** Learns a normal session. */
  void learn(List<String> session) {
    events.addAll(session);
    shortest = Math.min(shortest, session.size());
    longest = Math.max(longest, session.size());
    vectors.merge(counts(session), 1, Integer::sum);
  }

  /** Whether it has an event that no normal one had. */
  boolean newEvent(List<String> session) {
    return !events.containsAll(session);
  }

  /** Whether it is shorter or longer than all normal ones. */
  boolean oddLength(List<String> session) {
    return session.size() < shortest || session.size() > longest;
  }

  /**
   * How far its event counts are from those of the nearest normal session: 0 is the same counts, 1
   * no event in common.
   */
  double distance(List<String> session) {
    Map<String, Integer> counts = counts(session);
    return vectors.containsKey(counts) ? 0 : nearest(counts);
  }

  /**
   * The distance that this share of the normal sessions does not exceed, each compared with all
   * others.
   */
  double usualDistance(double share) {
    List<Double> distances = new ArrayList<>();
    for (Map.Entry<Map<String, Integer>, Integer> each : vectors.entrySet()) {
      double distance = each.getValue() > 1 ? 0 : nearest(each.getKey());
      for (int i = 0; i < each.getValue(); i++) {
        distances.add(distance);
      }
    }
    double[] sorted = distances.stream().mapToDouble(d -> d).sorted().toArray();
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  /** The distance to the nearest other counts. */
  private double nearest(Map<String, Integer> counts) {
    double nearest = 1;
    for (Map<String, Integer> other : vectors.keySet()) {
      if (!other.equals(counts)) {
        nearest = Math.min(nearest, distance(counts, other));
      }
    }
    return nearest;
  }

  private static double distance(Map<String, Integer> one, Map<String, Integer> other) {
    int common = 0;
    int total = 0;
    for (Map.Entry<String, Integer> each : one.entrySet()) {
      int there = other.getOrDefault(each.getKey(), 0);
      common += Math.min(each.getValue(), there);
      total += each.getValue();
    }
    for (int count : other.values()) {
      total += count;
    }
    return 1 - (double) common / (total - common);
  }

  private static Map<String, Integer> counts(List<String> session) {
    Map<String, Integer> counts = new HashMap<>();
    session.forEach(event -> counts.merge(event, 1, Integer::sum));
    return counts;
  }

  /** The events of a line of {@code id,event event …} or {@code event event …}. */
  static List<String> events(String line) {
    String events = line.substring(line.indexOf(',') + 1).strip();
    return events.isEmpty() ? List.of() : Arrays.asList(events.split(" +"));
  }
}
