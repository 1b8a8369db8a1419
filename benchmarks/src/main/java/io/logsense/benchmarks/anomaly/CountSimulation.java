package io.logsense.benchmarks.anomaly;

import io.logsense.Detectors;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Counts per minute from known distributions, and what the default detector makes of them. */
final class CountSimulation {
  static final int WEEK = 7 * 1440;
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final double PIECE = 30;

  /** A distribution of counts per minute that may depend on the minute. */
  interface Counts {
    int next(Random random, int minute);
  }

  private CountSimulation() {}

  static Counts poisson(double mean) {
    return (random, minute) -> poisson(random, mean);
  }

  /** A negative binomial of variance {@code ratio} × mean, as a mixture of Poisson over gamma. */
  static Counts clustered(double mean, double ratio) {
    double shape = mean / (ratio - 1);
    return (random, minute) -> poisson(random, gamma(random, shape) * (ratio - 1));
  }

  /** A Poisson with a mean that swings by ± 80 % over the day. */
  static Counts daily(double mean) {
    return (random, minute) ->
        poisson(random, mean * (1 + 0.8 * Math.sin(2 * Math.PI * minute / 1440)));
  }

  /** Findings per week of counts without any anomaly, cold start included. */
  static double falseAlarms(Counts counts, int weeks) {
    int found = 0;
    for (int seed = 0; seed < weeks; seed++) {
      Random random = new Random(seed);
      found += findings(WEEK, i -> counts.next(random, i), 0, WEEK).count();
    }
    return (double) found / weeks;
  }

  /** The share of ten-minute bursts, after three days, that are found. */
  static double burstsFound(double usual, double burst, int runs) {
    int found = 0;
    for (int seed = 0; seed < runs; seed++) {
      Random random = new Random(seed);
      int from = 3 * 1440;
      IntUnaryOperator counts = i -> poisson(random, i < from ? usual : burst);
      found += findings(from + 10, counts, from, from + 10).count() > 0 ? 1 : 0;
    }
    return (double) found / runs;
  }

  /** The share of runs that find 5 × the usual, six hours after an hour of 20 ×. */
  static double secondIncidentFound(double usual, int runs) {
    int found = 0;
    int from = 2 * 1440;
    int second = from + 60 + 360;
    for (int seed = 0; seed < runs; seed++) {
      Random random = new Random(seed);
      IntUnaryOperator counts =
          i ->
              poisson(
                  random,
                  i >= second ? 5 * usual : i >= from && i < from + 60 ? 20 * usual : usual);
      found += findings(second + 60, counts, second, second + 60).count() > 0 ? 1 : 0;
    }
    return (double) found / runs;
  }

  /** Minutes after a lasting shift to 8 × the usual until the last finding, at worst. */
  static int minutesUntilAccepted(double usual, int runs) {
    int last = 0;
    int from = 2 * 1440;
    for (int seed = 0; seed < runs; seed++) {
      Random random = new Random(seed);
      IntUnaryOperator counts = i -> poisson(random, i < from ? usual : 8 * usual);
      last = Math.max(last, findings(2 * from, counts, from, 2 * from).last() - from);
    }
    return last;
  }

  /** How many findings there were, and the minute of the last one. */
  private record Found(int count, int last) {}

  private static Found findings(int minutes, IntUnaryOperator counts, int from, int to) {
    AnomalyDetector detector = Detectors.standard();
    Judgement judgement = new Judgement();
    int found = 0;
    int last = 0;
    for (int i = 0; i < minutes; i++) {
      detector.observe(0, START + i * MINUTE, counts.applyAsInt(i), judgement);
      if (judgement.isFinding() && i >= from && i < to) {
        found++;
        last = i;
      }
    }
    return new Found(found, last);
  }

  /** D. Knuth's method, for a large mean in pieces. */
  private static int poisson(Random random, double mean) {
    int count = 0;
    for (double rest = mean; rest > 0; rest -= PIECE) {
      double least = Math.exp(-Math.min(rest, PIECE));
      for (double product = random.nextDouble(); product > least; product *= random.nextDouble()) {
        count++;
      }
    }
    return count;
  }

  /** G. Marsaglia and W. W. Tsang, A simple method for generating gamma variables, 2000. */
  private static double gamma(Random random, double shape) {
    if (shape < 1) {
      return gamma(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
