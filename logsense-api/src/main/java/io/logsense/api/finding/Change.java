package io.logsense.api.finding;

import io.logsense.api.group.Group;
import java.util.List;
import java.util.Locale;

/**
 * How often a group came in two samples, such as two logs, two windows of one, or two versions.
 *
 * @param kind the direction of the difference
 * @param group as it is in the second sample, or in the first when it is gone
 * @param before events of the group in the first sample
 * @param after events of the group in the second sample
 * @param ratio how many times as often it came in the second sample, per event
 * @param probability of a difference like this without a change, in [0, 1]
 * @param checks the facts and thresholds that decide whether the difference can be chance
 */
public record Change(
    ChangeKind kind,
    Group group,
    long before,
    long after,
    Ratio ratio,
    double probability,
    List<Check> checks) {

  /** Copies the list. */
  public Change {
    checks = List.copyOf(checks);
  }

  /**
   * One rate over another, with the interval that holds the true one in 95 of 100 samples.
   *
   * @param estimate 0 when gone, infinite when new
   * @param low lower end of the interval
   * @param high upper end of the interval
   */
  public record Ratio(double estimate, double low, double high) {}

  /** Whether all checks hold: whether this is more than chance, and large enough to matter. */
  public boolean isCertain() {
    return checks.stream().allMatch(Check::holds);
  }

  /** One line: the kind, the counts, how many times as often, and the title of the group. */
  public String summary() {
    String name = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    return name + " (" + what() + "): " + group.title();
  }

  /** The counts, and how many times as often. */
  private String what() {
    return switch (kind) {
      case NEW -> after + " after, none before";
      case GONE -> "none after, " + before + " before";
      default ->
          after
              + " after, "
              + before
              + " before, "
              + String.format(
                  Locale.ROOT,
                  "%.3g times as often, %.3g to %.3g",
                  ratio.estimate(),
                  ratio.low(),
                  ratio.high());
    };
  }

  @Override
  public String toString() {
    return summary();
  }
}
