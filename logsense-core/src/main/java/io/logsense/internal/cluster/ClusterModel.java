package io.logsense.internal.cluster;

import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Explanation.Step;
import io.logsense.api.cluster.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that follow from a {@link Ledger}: a pure function of its facts.
 *
 * <p>Decisions are applied newest first. A merge joins, a split forbids to join; what contradicts a
 * newer decision is left out, pair by pair. Then the links that the rule of the ledger keeps join,
 * best first, where no split forbids it. So a person always wins over a link and the newer decision
 * over the older, and replaying events in any order or number changes nothing. (Must-link and
 * cannot-link: Wagstaff and Cardie, ICML 2000.)
 */
final class ClusterModel {
  private final Map<String, String> parent = new TreeMap<>();

  /** By root: the roots it must stay apart from, and the decision that says so. */
  private final Map<String, Map<String, Correction>> apart = new HashMap<>();

  private final Map<String, List<Step>> steps = new HashMap<>();
  private final Map<String, List<String>> members = new TreeMap<>();
  private final Ledger ledger;

  private ClusterModel(Ledger ledger) {
    this.ledger = ledger;
  }

  static ClusterModel of(Ledger ledger) {
    ClusterModel model = new ClusterModel(ledger);
    Set<String> known = new TreeSet<>();
    for (String group : ledger.texts().keySet()) {
      known.add(ledger.current(group));
    }
    for (Correction correction : ledger.standing()) {
      model.apply(correction);
    }
    for (Link link : ledger.joining()) {
      model.join(link.a(), link.b(), null, link.score());
    }
    for (String group : known) {
      model.members.computeIfAbsent(model.root(group), root -> new ArrayList<>()).add(group);
    }
    return model;
  }

  /** The groups of every cluster, each sorted, by smallest group. */
  List<List<String>> clusters() {
    Map<String, List<String>> byId = new TreeMap<>();
    for (List<String> groups : members.values()) {
      byId.put(groups.get(0), groups);
    }
    return List.copyOf(byId.values());
  }

  /** The groups that are one problem with {@code group}, itself included, sorted. */
  List<String> cluster(String group) {
    String id = ledger.current(group);
    return parent.containsKey(id) ? members.getOrDefault(root(id), List.of(id)) : List.of(id);
  }

  boolean together(String a, String b) {
    String one = ledger.current(a);
    String two = ledger.current(b);
    return one.equals(two)
        || (parent.containsKey(one) && parent.containsKey(two) && root(one).equals(root(two)));
  }

  /** The split that keeps the clusters of two groups apart; null without one. */
  @Nullable Correction splitBetween(String a, String b) {
    String one = ledger.current(a);
    String two = ledger.current(b);
    if (!parent.containsKey(one) || !parent.containsKey(two)) {
      return null;
    }
    return apart.getOrDefault(root(one), Map.of()).get(root(two));
  }

  /** What joins two groups of one cluster, from {@code a} to {@code b}; empty when apart. */
  List<Step> path(String a, String b) {
    String from = ledger.current(a);
    String to = ledger.current(b);
    Map<String, Step> reachedBy = new HashMap<>();
    Deque<String> queue = new ArrayDeque<>(List.of(from));
    Set<String> seen = new HashSet<>(queue);
    while (!queue.isEmpty() && !seen.contains(to)) {
      String at = queue.removeFirst();
      for (Step step : steps.getOrDefault(at, List.of())) {
        String next = step.a().equals(at) ? step.b() : step.a();
        if (seen.add(next)) {
          reachedBy.put(next, step);
          queue.add(next);
        }
      }
    }
    List<Step> path = new ArrayList<>();
    String at = to;
    for (Step step = reachedBy.get(at); step != null; step = reachedBy.get(at)) {
      path.add(step);
      at = step.a().equals(at) ? step.b() : step.a();
    }
    Collections.reverse(path);
    return path;
  }

  private void apply(Correction correction) {
    List<String> left = correction.left().stream().map(ledger::current).toList();
    if (correction.kind() == Correction.Kind.MERGE) {
      merge(left, correction);
      return;
    }
    for (String one : left) {
      for (String right : correction.right()) {
        keepApart(root(one), root(ledger.current(right)), correction);
      }
    }
  }

  /**
   * Joins whatever pairs may be: each group with the first before it that it is allowed to meet. So
   * those that a newer split left behind stay together.
   */
  private void merge(List<String> groups, Correction correction) {
    List<String> heads = new ArrayList<>();
    for (String group : groups) {
      if (heads.stream().noneMatch(head -> join(head, group, correction, 1))) {
        heads.add(group);
      }
    }
  }

  private void keepApart(String one, String two, Correction because) {
    if (!one.equals(two)) {
      apart.computeIfAbsent(one, root -> new HashMap<>()).putIfAbsent(two, because);
      apart.computeIfAbsent(two, root -> new HashMap<>()).putIfAbsent(one, because);
    }
  }

  /** Says whether the two are together now. */
  private boolean join(String a, String b, @Nullable Correction correction, double score) {
    String one = root(a);
    String two = root(b);
    if (one.equals(two)) {
      return true;
    }
    if (apart.getOrDefault(one, Map.of()).containsKey(two)) {
      return false;
    }
    Step step = new Step(a, b, correction, score);
    steps.computeIfAbsent(a, group -> new ArrayList<>()).add(step);
    steps.computeIfAbsent(b, group -> new ArrayList<>()).add(step);
    parent.put(two, one);
    Map<String, Correction> inherited = apart.remove(two);
    if (inherited != null) {
      inherited.forEach(
          (other, because) -> {
            apart.getOrDefault(other, new HashMap<>()).remove(two);
            keepApart(one, other, because);
          });
    }
    return true;
  }

  private String root(String group) {
    String at = group;
    String above = parent.putIfAbsent(at, at);
    while (above != null && !above.equals(at)) {
      String next = parent.getOrDefault(above, above);
      parent.put(at, next);
      at = above;
      above = next;
    }
    return at;
  }
}
