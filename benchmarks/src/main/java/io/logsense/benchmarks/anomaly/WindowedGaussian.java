package io.logsense.benchmarks.anomaly;

/**
 * The baseline of that name in the Numenta Anomaly Benchmark, to check the scorer with a published
 * figure: how little of a normal distribution, fitted to the last 6,400 points and moved every 100,
 * lies beyond the value.
 */
final class WindowedGaussian {
  private static final int WINDOW = 6400;
  private static final int STEP = 100;

  private WindowedGaussian() {}

  static double[] scores(double[] values) {
    double[] scores = new double[values.length];
    double sum = 0;
    double squares = 0;
    double mean = 0;
    double deviation = 0;
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        scores[i] = 1 - beyond(Math.abs(values[i] - mean) / deviation);
      }
      if (i < WINDOW) {
        sum += values[i];
        squares += values[i] * values[i];
        mean = sum / (i + 1);
        deviation = deviation(squares / (i + 1) - mean * mean);
      } else if ((i + 1 - WINDOW) % STEP == 0) {
        double windowSum = 0;
        for (int k = i + 1 - WINDOW; k <= i; k++) {
          windowSum += values[k];
        }
        mean = windowSum / WINDOW;
        double windowSquares = 0;
        for (int k = i + 1 - WINDOW; k <= i; k++) {
          windowSquares += (values[k] - mean) * (values[k] - mean);
        }
        deviation = deviation(windowSquares / WINDOW);
      }
    }
    return scores;
  }

  private static double deviation(double variance) {
    return variance <= 0 ? 1e-6 : Math.sqrt(variance);
  }

  private static double beyond(double z) {
    return org.apache.commons.math3.special.Erf.erfc(z / Math.sqrt(2)) / 2;
  }
}
