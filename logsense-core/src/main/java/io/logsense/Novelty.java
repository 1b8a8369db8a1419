package io.logsense;

import io.logsense.api.cluster.Link;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import java.util.List;
import java.util.Optional;

/** Whether a group that was never seen is a problem that was never seen, or one in other words. */
final class Novelty {
  private Novelty() {}

  /**
   * The finding that a group is new, with how unlike it is to all groups known; empty when its
   * cluster has others, because it means the same or people said so. Adds the group to {@code
   * clusters}.
   */
  static Optional<Finding> of(Finding finding, Clusters clusters) {
    String id = finding.group().id();
    clusters.add(List.of(finding.group()));
    if (clusters.of(id).groups().size() > 1) {
      return Optional.empty();
    }
    List<Link> nearest = clusters.similar(id, 1);
    if (nearest.isEmpty()) {
      return Optional.of(finding);
    }
    Link link = nearest.get(0);
    String other = link.a().equals(id) ? link.b() : link.a();
    double threshold = clusters.explain(id, other).threshold();
    // A pair above the threshold that is apart was split by people: that is new as well.
    return Optional.of(
        link.score() < threshold
            ? finding.toBuilder()
                .check(Check.below("likeness to " + other, link.score(), threshold))
                .build()
            : finding);
  }
}
