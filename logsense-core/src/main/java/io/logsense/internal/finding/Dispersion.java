package io.logsense.internal.finding;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.util.Collection;
import java.util.Map;

/**
 * How much more the counts of groups vary than those of a Poisson process: variance over mean.
 *
 * <p>Pearson's statistic over its degrees of freedom, with the group's share of all events as the
 * expectation, so that what all groups do together, such as a daily cycle, is no variation. Taken
 * over blocks of one timeline interval, two, four and so on while there are at least {@value
 * #FEWEST_BLOCKS}; the largest counts, because what comes in bursts looks even within a burst. 1,
 * which is that of a Poisson process, when the time is too short to tell.
 */
public final class Dispersion {
  private static final int FEWEST_BLOCKS = 8;

  /** Longer ones hold a wrong clock; what lies further from the start shares the last block. */
  private static final int MOST_BLOCKS = 4096;

  private final long interval;
  private final long start;
  private final double[] all;

  /** Over the time that these groups cover: all groups of a sample. */
  public Dispersion(Collection<Group> groups) {
    interval = groups.stream().mapToLong(Group::timelineInterval).max().orElse(1);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Group group : groups) {
      if (group.firstSeen() != LogEvent.NO_TIMESTAMP && !group.timeline().isEmpty()) {
        first = Math.min(first, Math.floorDiv(group.timeline().firstKey(), interval));
        last = Math.max(last, Math.floorDiv(group.timeline().lastKey(), interval));
      }
    }
    start = first;
    all = new double[first > last ? 0 : (int) Math.min(MOST_BLOCKS, last - first + 1)];
    for (Group group : groups) {
      add(group, all);
    }
  }

  private void add(Group group, double[] blocks) {
    for (Map.Entry<Long, Long> entry : group.timeline().entrySet()) {
      long block = Math.floorDiv(entry.getKey(), interval) - start;
      blocks[(int) Math.min(blocks.length - 1, block)] += entry.getValue();
    }
  }

  /** The dispersion of one of the groups, 1 or more. */
  public double of(Group group) {
    if (all.length < FEWEST_BLOCKS) {
      return 1;
    }
    double[] counts = new double[all.length];
    add(group, counts);
    double[] totals = all.clone();
    double largest = 1;
    for (int n = all.length; n >= FEWEST_BLOCKS; n = halve(counts, totals, n)) {
      largest = Math.max(largest, statistic(counts, totals, n));
    }
    return largest;
  }

  private static int halve(double[] counts, double[] totals, int length) {
    for (int i = 0; i < length / 2; i++) {
      counts[i] = counts[2 * i] + counts[2 * i + 1];
      totals[i] = totals[2 * i] + totals[2 * i + 1];
    }
    return length / 2;
  }

  private static double statistic(double[] counts, double[] totals, int length) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < length; i++) {
      sum += counts[i];
      total += totals[i];
    }
    double chi = 0;
    int used = 0;
    for (int i = 0; i < length && sum > 0; i++) {
      if (totals[i] > 0) {
        double expected = totals[i] * sum / total;
        chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        used++;
      }
    }
    return used < FEWEST_BLOCKS ? 1 : chi / (used - 1);
  }
}
