package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import io.logsense.internal.finding.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions that events came from, in the order of their earliest examples, and the groups that
 * one has more of than those before it.
 */
final class Versions {
  private final Map<String, Long> totals = new HashMap<>();
  private final Map<String, Long> earliest = new HashMap<>();
  private final List<String> order;

  Versions(Collection<Group> groups) {
    for (Group group : groups) {
      group.versions().forEach((version, count) -> totals.merge(version, count, Long::sum));
      for (LogEvent event : group.examples()) {
        if (!event.version().isEmpty() && event.timestamp() != LogEvent.NO_TIMESTAMP) {
          earliest.merge(event.version(), event.timestamp(), Math::min);
        }
      }
    }
    totals.remove(Tally.OTHER);
    order = new ArrayList<>(totals.keySet());
    order.sort(
        Comparator.comparingLong((String version) -> earliest.getOrDefault(version, Long.MAX_VALUE))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** The versions, the one seen first at the head. */
  List<String> order() {
    return List.copyOf(order);
  }

  /** For each version the finding that it has more of the group than those before, if it has. */
  List<Finding> drifts(Group group) {
    List<Finding> drifts = new ArrayList<>();
    long before = 0;
    long allBefore = 0;
    for (String version : order) {
      long count = group.versions().getOrDefault(version, 0L);
      long all = totals.getOrDefault(version, 0L);
      long since = earliest.getOrDefault(version, group.firstSeen());
      Rules.drift(group, version, since, count, all, before, allBefore).ifPresent(drifts::add);
      before += count;
      allBefore += all;
    }
    return drifts;
  }
}
