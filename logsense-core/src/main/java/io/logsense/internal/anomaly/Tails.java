package io.logsense.internal.anomaly;

/**
 * Tail probabilities, as the number of standard deviations at which a normal distribution has the
 * same: comparable across models, and finite where a probability would be 0.
 *
 * <p>Sources: negative binomial by the ratio of neighbouring probabilities from Stirling's series;
 * gamma by Wilson and Hilferty (1931); the normal quantile by Hastings (1955, Abramowitz and Stegun
 * 26.2.23); the normal tail by Börjesson and Sundberg (1979). Good to a few hundredths of a
 * standard deviation, which is far finer than any count is negative binomial.
 */
final class Tails {
  /** Deviations below this are ordinary: no tail is summed for them. */
  private static final double ORDINARY = 2.5;

  /** From this mean on a count is as good as continuous. */
  private static final double LARGE = 100;

  private static final int TERMS = 64;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  /** Steps of one standard deviation in the table. */
  private static final int STEPS = 32;

  private static final double[] NORMAL = table();

  private Tails() {}

  /**
   * How far out a count is.
   *
   * @param x the count
   * @param mean its expectation
   * @param variance at least {@code mean}
   * @param memory how many such counts the expectation was learned from: the fewer, the wider
   * @param z its distance from the mean in standard deviations; its sign chooses the tail
   */
  static double count(double x, double mean, double variance, double memory, double z) {
    double distance = Math.abs(z);
    if (distance < ORDINARY) {
      return distance;
    }
    double m = Math.max(mean, 0.5 / memory);
    double v = Math.max(Math.max(variance, m) + m / memory, m * 1.0001);
    if (m > LARGE) {
      return Math.min(distance, Math.abs(gamma(x, m, v)));
    }
    double shape = Math.min(m * m / (v - m), m * memory + 0.5);
    double q = m / (m + shape);
    double log = z > 0 ? logUpper(x, shape, q) : logLower(x, shape, q);
    return Math.min(distance, deviations(log));
  }

  private static double gamma(double x, double mean, double variance) {
    double shape = mean * mean / variance;
    return 3 * Math.sqrt(shape) * (Math.cbrt(x / mean) - 1 + 1 / (9 * shape));
  }

  /** log P(X ≥ x) of a negative binomial. */
  static double logUpper(double x, double shape, double q) {
    double term = 1;
    double sum = 1;
    for (int i = 0; i < TERMS; i++) {
      double ratio = (x + i + shape) / (x + i + 1) * q;
      if (i == TERMS - 1 && ratio < 1) {
        sum += term * ratio / (1 - ratio);
      } else {
        term *= ratio;
        sum += term;
        if (term < 1e-6 * sum) {
          break;
        }
      }
    }
    return logProbability(x, shape, q) + Math.log(sum);
  }

  /** log P(X ≤ x). */
  static double logLower(double x, double shape, double q) {
    double term = 1;
    double sum = 1;
    for (double i = x; i > 0 && term > 1e-6 * sum; i--) {
      term *= i / (i - 1 + shape) / q;
      sum += term;
    }
    return logProbability(x, shape, q) + Math.log(sum);
  }

  private static double logProbability(double x, double shape, double q) {
    return logGamma(x + shape)
        - logGamma(x + 1)
        - logGamma(shape)
        + shape * Math.log1p(-q)
        + x * Math.log(q);
  }

  /** Stirling's series, after shifting small arguments up. */
  static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 8) {
      shift -= Math.log(y);
      y++;
    }
    double square = 1 / (y * y);
    return shift
        + (y - 0.5) * Math.log(y)
        - y
        + HALF_LOG_TWO_PI
        + (1.0 / 12 - square * (1.0 / 360 - square / 1260)) / y;
  }

  /** The deviation whose upper tail has this logarithm; 0 from one half on. */
  static double deviations(double logProbability) {
    if (logProbability >= Math.log(0.5)) {
      return 0;
    }
    double t = Math.sqrt(-2 * logProbability);
    return t
        - (2.515517 + 0.802853 * t + 0.010328 * t * t)
            / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  }

  /** P(Z ≥ z) of a standard normal, z ≥ 0; the common ones from a table, to a few thousandths. */
  static double normal(double z) {
    double place = z * STEPS;
    int step = (int) place;
    if (step < NORMAL.length - 1) {
      return NORMAL[step] + (place - step) * (NORMAL[step + 1] - NORMAL[step]);
    }
    return farNormal(z);
  }

  private static double[] table() {
    double[] table = new double[4 * STEPS + 1];
    for (int i = 0; i < table.length; i++) {
      table[i] = farNormal((double) i / STEPS);
    }
    return table;
  }

  private static double farNormal(double z) {
    return Math.exp(-z * z / 2)
        / ((0.661 * z + 0.339 * Math.sqrt(z * z + 5.51)) * Math.sqrt(2 * Math.PI));
  }
}
