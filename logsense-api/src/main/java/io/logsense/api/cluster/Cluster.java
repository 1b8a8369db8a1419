package io.logsense.api.cluster;

import java.util.List;

/**
 * Groups that are one problem: joined by a person, or because their texts mean the same.
 *
 * <p>Every group belongs to exactly one cluster; most clusters are one group.
 *
 * @param id the smallest id of its groups; the id of any of them names the cluster as well
 * @param title what went wrong, in the words of the representative without what varies
 * @param representative the group that stands for all: the one nearest to their centre
 * @param groups ids of its groups, sorted; at least one
 */
public record Cluster(String id, String title, String representative, List<String> groups) {
  /** Copies the list. */
  public Cluster {
    groups = List.copyOf(groups);
  }
}
