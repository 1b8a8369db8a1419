package io.logsense.internal.cluster;

import io.logsense.api.cluster.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * DBSCAN (Ester et al., KDD 1996) over a graph of neighbours: a group with enough neighbours is a
 * core, cores that are neighbours are one cluster, and any other neighbour of a core belongs to the
 * core it is most like; the rest is noise. Deterministic: ids break ties.
 */
final class DensityClusters {
  private final Map<String, List<Link>> neighbours = new TreeMap<>();
  private final int minPoints;

  private DensityClusters(Collection<Link> links, int minPoints) {
    this.minPoints = minPoints;
    for (Link link : links) {
      neighbours.computeIfAbsent(link.a(), group -> new ArrayList<>()).add(link);
      neighbours.computeIfAbsent(link.b(), group -> new ArrayList<>()).add(link);
    }
  }

  /**
   * The links that hold the clusters together.
   *
   * @param links between all groups that are neighbours
   * @param minPoints how many groups make a core, itself included
   */
  static Set<Link> links(Collection<Link> links, int minPoints) {
    return new DensityClusters(links, minPoints).links();
  }

  private Set<Link> links() {
    Set<Link> kept = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Map<String, Link> borders = new HashMap<>();
    for (String start : neighbours.keySet()) {
      if (!isCore(start) || !seen.add(start)) {
        continue;
      }
      Deque<String> queue = new ArrayDeque<>(List.of(start));
      while (!queue.isEmpty()) {
        String core = queue.removeFirst();
        for (Link link : neighbours.getOrDefault(core, List.of())) {
          String other = link.a().equals(core) ? link.b() : link.a();
          if (!isCore(other)) {
            borders.merge(other, link, DensityClusters::better);
          } else {
            kept.add(link);
            if (seen.add(other)) {
              queue.add(other);
            }
          }
        }
      }
    }
    kept.addAll(borders.values());
    return kept;
  }

  private boolean isCore(String group) {
    return neighbours.getOrDefault(group, List.of()).size() + 1 >= minPoints;
  }

  private static Link better(Link one, Link two) {
    if (one.score() != two.score()) {
      return one.score() > two.score() ? one : two;
    }
    return (one.a() + '\n' + one.b()).compareTo(two.a() + '\n' + two.b()) <= 0 ? one : two;
  }
}
