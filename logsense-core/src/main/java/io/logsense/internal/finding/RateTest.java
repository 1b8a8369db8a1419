package io.logsense.internal.finding;

import io.logsense.api.finding.Change.Ratio;

/**
 * Compares two rates by the counts of two samples.
 *
 * <p>Given their sum n, the second of two Poisson counts is binomial with p = s/(1 + s) when the
 * rates are equal and the second sample is s times as large: the conditional test of Przyborowski
 * and Wilenski ("Homogeneity of results in testing samples from Poisson series", Biometrika 31,
 * 1940), here two-sided by doubling the smaller tail. The interval of the ratio is that of Clopper
 * and Pearson (1934) for p. Both take s at the end of its own interval that speaks against a
 * change.
 *
 * <p>Counts that vary more than Poisson counts, φ times their mean, are divided by φ
 * (quasi-Poisson, Wedderburn 1974), and so need not be whole.
 *
 * @param before events in the first sample, 0 or more
 * @param after events in the second sample, 0 or more
 * @param scale how many times as large the second sample is
 */
public record RateTest(double before, double after, Scale scale) {
  private static final double OUTSIDE = 0.05;

  /** How likely counts this far apart are when the rates are equal. */
  public double probability() {
    double tail = Math.min(atLeast(scale.high()), atMost(scale.low()));
    return Math.min(1, 2 * tail);
  }

  /** The least that {@link #probability()} can be for any two counts of the same sum. */
  public double leastProbability() {
    double sum = before + after;
    return Math.min(
        new RateTest(0, sum, scale).probability(), new RateTest(sum, 0, scale).probability());
  }

  /** How many times as high the second rate is. */
  public Ratio ratio() {
    double low = after == 0 ? 0 : Beta.quantile(OUTSIDE / 2, after, before + 1);
    double high = before == 0 ? 1 : Beta.quantile(1 - OUTSIDE / 2, after + 1, before);
    return new Ratio(
        after / before / scale.estimate(),
        low / (1 - low) / scale.high(),
        before == 0 ? Double.POSITIVE_INFINITY : high / (1 - high) / scale.low());
  }

  /** P(X ≥ successes) of a binomial distribution. */
  public static double atLeast(int successes, int trials, double probability) {
    return successes == 0 ? 1 : Beta.atMost(probability, successes, trials - successes + 1.0);
  }

  private double atLeast(double times) {
    return after == 0 ? 1 : Beta.atMost(times / (1 + times), after, before + 1);
  }

  private double atMost(double times) {
    return before == 0 ? 1 : Beta.atMost(1 / (1 + times), before, after + 1);
  }
}
