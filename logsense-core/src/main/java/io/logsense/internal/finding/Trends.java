package io.logsense.internal.finding;

import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Trend;
import io.logsense.api.group.Group;

/**
 * Compares the halves of a group's time by {@link RateTest}, with the variation that its events
 * have within each half.
 */
public final class Trends {
  private static final int BLOCKS = 16;
  private static final int HALF = BLOCKS / 2;
  private static final double CHANCE = 0.01;
  private static final double LEAST_RATIO = 1.5;
  private static final Scale EQUAL = new Scale(1, 1, 1);

  private Trends() {}

  /**
   * Where a group is going.
   *
   * @param now the end of the time that is looked at, in nanoseconds since the epoch
   */
  public static Trend of(Group group, long now) {
    if (group.firstSeen() == LogEvent.NO_TIMESTAMP || group.firstSeen() >= now) {
      return Trend.STEADY;
    }
    double[] blocks = new double[BLOCKS];
    double length = ((double) now - group.firstSeen()) / BLOCKS;
    double half = (double) group.timelineInterval() / 2;
    group
        .timeline()
        .forEach(
            (start, count) -> {
              double middle = (double) start + half - group.firstSeen();
              blocks[(int) Math.max(0, Math.min(BLOCKS - 1, middle / length))] += (double) count;
            });
    double before = sum(blocks, 0);
    double after = sum(blocks, HALF);
    double dispersion =
        Math.max(1, (spread(blocks, 0, before) + spread(blocks, HALF, after)) / (BLOCKS - 2));
    if (new RateTest(before / dispersion, after / dispersion, EQUAL).probability() > CHANCE) {
      return Trend.STEADY;
    }
    if (after == 0) {
      return Trend.GONE;
    }
    if (after >= LEAST_RATIO * before) {
      return Trend.RISING;
    }
    return before >= LEAST_RATIO * after ? Trend.FALLING : Trend.STEADY;
  }

  private static double sum(double[] blocks, int from) {
    double sum = 0;
    for (int i = from; i < from + HALF; i++) {
      sum += blocks[i];
    }
    return sum;
  }

  /** Pearson's statistic of half the blocks. */
  private static double spread(double[] blocks, int from, double sum) {
    double mean = sum / HALF;
    double spread = 0;
    for (int i = from; i < from + HALF && mean > 0; i++) {
      spread += (blocks[i] - mean) * (blocks[i] - mean) / mean;
    }
    return spread;
  }
}
