package io.logsense.internal.finding;

import java.util.Arrays;

/**
 * Where a timeline rises above its own surroundings.
 *
 * <p>A count is compared with the median of the {@value #AROUND} intervals on each side: a daily
 * cycle is in both, a rise only in one. The distance is in standard deviations of a Poisson
 * variate, made stable by Anscombe's root ("The transformation of Poisson, binomial and
 * negative-binomial data", Biometrika 35, 1948) and divided by the series' own median absolute
 * deviation where that is larger. Only what is {@value #HIGH} deviations above counts, and nothing
 * for more than {@value #CAP}.
 */
final class Rises {
  private static final int AROUND = 12;
  private static final double HIGH = 4;
  private static final double CAP = 10;
  private static final double MAD_OF_NORMAL = 1.4826;

  /** How many intervals later the second of two may rise. */
  private static final int LAG = 2;

  private final int length;

  /** Where it rises, ascending. */
  private final int[] at;

  private final double[] height;

  private Rises(int length, int[] at, double[] height) {
    this.length = length;
    this.at = at;
    this.height = height;
  }

  /** The rises of a timeline. */
  static Rises of(double[] counts) {
    double[] deviations = new double[counts.length];
    for (int t = 0; t < counts.length; t++) {
      double[] around =
          Arrays.copyOfRange(
              counts, Math.max(0, t - AROUND), Math.min(counts.length, t + AROUND + 1));
      deviations[t] = 2 * (Math.sqrt(counts[t] + 0.375) - Math.sqrt(median(around) + 0.375));
    }
    double scale =
        Math.max(1, MAD_OF_NORMAL * median(Arrays.stream(deviations).map(Math::abs).toArray()));
    int[] at = new int[counts.length];
    double[] height = new double[counts.length];
    int size = 0;
    for (int t = 0; t < counts.length; t++) {
      if (deviations[t] >= HIGH * scale) {
        at[size] = t;
        height[size++] = Math.min(CAP, deviations[t] / scale);
      }
    }
    return new Rises(counts.length, Arrays.copyOf(at, size), Arrays.copyOf(height, size));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  boolean isEmpty() {
    return at.length == 0;
  }

  /**
   * How two series rise together.
   *
   * @param lag intervals from the first to the second where they fit best
   * @param intervals in which both rise, that far apart
   * @param probability of fitting as well by chance
   */
  record Fit(int lag, int intervals, double probability) {}

  /**
   * How the other series rises with this one, at most {@value #LAG} intervals earlier or later. The
   * probability is the share of all shifts of one against the other, in a circle, that fit as well:
   * it takes into account how often and for how long each rises.
   */
  Fit with(Rises other) {
    double[] products = new double[length];
    int[] common = new int[length];
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < other.at.length; j++) {
        int offset = Math.floorMod(other.at[j] - at[i], length);
        products[offset] += height[i] * other.height[j];
        common[offset]++;
      }
    }
    int best = 0;
    for (int lag = -LAG; lag <= LAG; lag++) {
      if (products[Math.floorMod(lag, length)] > products[Math.floorMod(best, length)]) {
        best = lag;
      }
    }
    double observed = products[Math.floorMod(best, length)];
    if (observed == 0) {
      return new Fit(0, 0, 1);
    }
    int asGood = 0;
    for (int shift = 0; shift < length; shift++) {
      double product = 0;
      for (int lag = -LAG; lag <= LAG; lag++) {
        product = Math.max(product, products[Math.floorMod(shift + lag, length)]);
      }
      asGood += product >= observed * (1 - 1e-9) ? 1 : 0;
    }
    return new Fit(best, common[Math.floorMod(best, length)], (double) asGood / length);
  }
}
