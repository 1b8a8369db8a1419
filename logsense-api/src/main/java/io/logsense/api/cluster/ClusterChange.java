package io.logsense.api.cluster;

import java.util.List;

/**
 * What a decision changes: the clusters that would go, and those that would come in their place.
 *
 * @param before clusters that are no more, by id
 * @param after clusters that are new, by id; of the same groups as {@code before}, and of strict
 *     fingerprints that become groups
 */
public record ClusterChange(List<Cluster> before, List<Cluster> after) {
  /** Copies the lists. */
  public ClusterChange {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
