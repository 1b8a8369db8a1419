package io.logsense.internal.finding;

import io.logsense.api.anomaly.Judgement;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import java.util.Locale;
import java.util.Optional;

/** What makes a finding of each kind: the facts, the thresholds and the words. */
public final class Rules {
  /** Events before a version is compared with those before it. */
  private static final int FEWEST_IN_VERSION = 8;

  /** Events of all groups that a version, or those before it, must have. */
  private static final int FEWEST_OF_ALL = 200;

  private static final double VERSION_RATIO = 2;
  private static final double RARE = 1e-6;
  private static final double MINUTE = 60e9;

  private Rules() {}

  /** A group whose first event came when others had been there for a while. */
  public static Optional<Finding> isNew(Group group, Check check) {
    return found(
        Finding.builder(FindingKind.NEW, group)
            .probability(0)
            .observed((double) group.count(), 0, 0)
            .check(check));
  }

  /**
   * More events in an interval than expected.
   *
   * @param start of the interval, in nanoseconds since the epoch
   * @param interval its length in nanoseconds
   */
  public static Optional<Finding> spike(
      Group group, long start, long count, long interval, Judgement judgement) {
    Finding.Builder finding =
        Finding.builder(FindingKind.SPIKE, group)
            .time(start)
            .observed((double) count, Math.max(0, judgement.low()), judgement.high())
            .probability(judgement.probability())
            .check(Check.atLeast("score of the detector", judgement.score(), Judgement.THRESHOLD));
    if (count > judgement.high()) {
      finding
          .what(
              count
                  + " in "
                  + length(interval)
                  + ", expected at most "
                  + Math.round(judgement.high()))
          .check(Check.above("events in the interval", (double) count, judgement.high()));
    } else {
      finding.what(
          "more than usual for several intervals, now " + count + " in " + length(interval));
    }
    return found(finding);
  }

  /** A group that kept a beat and stopped. */
  public static Optional<Finding> silence(
      Group group, long start, long interval, Beat.Pause pause) {
    return found(
        Finding.builder(FindingKind.SILENCE, group)
            .time(start)
            .observed(0, 1, Double.POSITIVE_INFINITY)
            .probability(pause.probability())
            .what("nothing for " + length(pause.length() * interval))
            .check(Check.atLeast("gaps seen", pause.gaps(), Beat.FEWEST))
            .check(
                Check.atMost(
                    "longest gap over the mean gap", pause.longest() / pause.mean(), Beat.REGULAR))
            .check(
                Check.atLeast("intervals without an event", (double) pause.length(), Beat.SHORTEST))
            .check(Check.atMost("probability of the pause", pause.probability(), Beat.RARE)));
  }

  /**
   * A version that has more of a group than the versions before it, by {@link RateTest}, with the
   * variation that the group's events have in time.
   *
   * @param version its name
   * @param since when it was first seen, in nanoseconds since the epoch
   * @param count events of the group in it
   * @param of events of all groups in it
   * @param countBefore events of the group in the versions before
   * @param ofBefore events of all groups in those
   */
  public static Optional<Finding> drift(
      Group group,
      String version,
      long since,
      long count,
      long of,
      long countBefore,
      long ofBefore) {
    if (count < FEWEST_IN_VERSION || of < FEWEST_OF_ALL || ofBefore < FEWEST_OF_ALL) {
      return Optional.empty();
    }
    double times = (double) of / (double) ofBefore;
    double expected = (double) countBefore * times;
    double most = VERSION_RATIO * expected;
    if ((double) count <= most) {
      return Optional.empty();
    }
    double dispersion = dispersion(group);
    Scale scale = new Scale(times, times, times);
    double probability =
        new RateTest((double) countBefore / dispersion, (double) count / dispersion, scale)
            .probability();
    return found(
        Finding.builder(FindingKind.VERSION_DRIFT, group)
            .version(version)
            .time(since)
            .observed((double) count, 0, most)
            .probability(probability)
            .what(count + " in version " + version + ", expected " + Math.round(expected))
            .check(Check.above("events in the version", (double) count, most))
            .check(Check.atMost("probability without a change", probability, RARE)));
  }

  /** Variance over mean of the counts of a group's intervals, 1 or more. */
  private static double dispersion(Group group) {
    if (group.timeline().isEmpty()) {
      return 1;
    }
    double intervals =
        (double) (group.timeline().lastKey() / group.timelineInterval())
            - (double) (group.timeline().firstKey() / group.timelineInterval())
            + 1;
    double sum = 0;
    double squares = 0;
    for (long count : group.timeline().values()) {
      sum += (double) count;
      squares += (double) count * (double) count;
    }
    double mean = sum / intervals;
    return Math.max(1, (squares / intervals - mean * mean) / mean);
  }

  private static Optional<Finding> found(Finding.Builder finding) {
    return finding.holds() ? Optional.of(finding.build()) : Optional.empty();
  }

  /** Such as {@code a minute}, {@code 32 minutes} or {@code 6.4 hours}. */
  static String length(long nanos) {
    double minutes = (double) nanos / MINUTE;
    if (minutes < 1.5) {
      return "a minute";
    }
    return minutes < 120
        ? Math.round(minutes) + " minutes"
        : String.format(Locale.ROOT, "%.1f hours", minutes / 60);
  }
}
