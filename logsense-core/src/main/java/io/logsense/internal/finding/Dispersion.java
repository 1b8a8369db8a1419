package io.logsense.internal.finding;

import io.logsense.api.group.Group;
import java.util.Collection;

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

  private final TimelineBlocks blocks;
  private final double[] all;

  /** Over the time that these groups cover: all groups of a sample. */
  public Dispersion(Collection<Group> groups) {
    blocks = TimelineBlocks.of(groups);
    all = new double[blocks.length()];
    groups.forEach(group -> blocks.add(group, all));
  }

  /** The dispersion of one of the groups, 1 or more. */
  public double of(Group group) {
    if (all.length < FEWEST_BLOCKS) {
      return 1;
    }
    double[] counts = blocks.of(group);
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
