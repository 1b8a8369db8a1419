package io.logsense.internal.finding;

/**
 * The distribution function of the beta distribution, the regularised incomplete beta function
 * I<sub>x</sub>(a, b), from which binomial tails follow, for numbers of events that need not be
 * whole.
 *
 * <p>Source: the continued fraction of DLMF 8.17.22 by the method of Lentz (1976); the logarithm of
 * the gamma function by Stirling's series. The error is below 1e-9 of the smaller tail; the cost
 * grows with the square root of the larger of a and b.
 */
final class Beta {
  private static final double SMALL = 1e-300;
  private static final double EXACT = 1e-14;
  private static final int MOST_STEPS = 100_000;
  private static final int BISECTIONS = 80;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

  private Beta() {}

  /** P(X ≤ x) of a beta distribution; a and b above 0. */
  static double atMost(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        StrictMath.exp(
            logGamma(a + b)
                - logGamma(a)
                - logGamma(b)
                + a * StrictMath.log(x)
                + b * StrictMath.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  /** The x at which {@link #atMost} is {@code probability}. */
  static double quantile(double probability, double a, double b) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (atMost(middle, a, b) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double product = d;
    for (int m = 1; m < MOST_STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      product *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      product *= d * c;
      if (Math.abs(d * c - 1) < EXACT) {
        break;
      }
    }
    return product;
  }

  private static double away(double value) {
    return Math.abs(value) < SMALL ? SMALL : value;
  }

  private static double logGamma(double value) {
    double z = value;
    double shift = 0;
    while (z < 16) {
      shift += StrictMath.log(z);
      z++;
    }
    double inverse = 1 / (z * z);
    double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse / 1260)) / z;
    return (z - 0.5) * StrictMath.log(z) - z + HALF_LOG_TWO_PI + series - shift;
  }
}
