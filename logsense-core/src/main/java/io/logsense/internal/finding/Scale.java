package io.logsense.internal.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many times as large one sample of events is as another, if most of its groups did not change.
 *
 * <p>The totals will not do: one group that floods the second sample would make every other one
 * look rarer. So it is the median of the groups' ratios, as Anders and Huber ("Differential
 * expression analysis for sequence count data", Genome Biology 11, 2010) scale their samples, each
 * weighted by the inverse variance of its logarithm, xy/(x + y)/φ: a group that one of the samples
 * hardly has says little.
 *
 * @param estimate 1 when they are equal
 * @param low three standard errors below
 * @param high three standard errors above
 */
public record Scale(double estimate, double low, double high) {
  private static final double ERRORS = 3;

  /** Variance of a median over that of a mean, both of normal variates. */
  private static final double MEDIAN_VARIANCE = Math.PI / 2;

  /** The ratios of the groups of two samples. */
  public static final class Builder {
    private final List<Weighted> ratios = new ArrayList<>();
    private double weights;

    /**
     * Adds a group that both samples have.
     *
     * @param dispersion its variance over its mean
     */
    public void add(long before, long after, double dispersion) {
      double weight = (double) before * after / ((double) before + after) / dispersion;
      ratios.add(new Weighted(StrictMath.log((double) after / before), weight));
      weights += weight;
    }

    /**
     * The scale.
     *
     * @param otherwise what it is when the samples have no group in common
     */
    public Scale build(double otherwise) {
      if (ratios.isEmpty()) {
        return new Scale(otherwise, otherwise, otherwise);
      }
      ratios.sort(
          Comparator.comparingDouble(Weighted::value).thenComparingDouble(Weighted::weight));
      double rest = weights / 2;
      int i = 0;
      while (i < ratios.size() - 1 && rest > ratios.get(i).weight()) {
        rest -= ratios.get(i++).weight();
      }
      double median = ratios.get(i).value();
      double error = ERRORS * Math.sqrt(MEDIAN_VARIANCE / weights);
      return new Scale(
          StrictMath.exp(median), StrictMath.exp(median - error), StrictMath.exp(median + error));
    }
  }

  private record Weighted(double value, double weight) {}
}
