package io.logsense.benchmarks.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The standard profile of the Numenta Anomaly Benchmark (A. Lavin and S. Ahmad, ICMLA 2015): the
 * first detection in a window earns up to 1, the earlier the more; a window without one costs 1; a
 * detection outside costs up to 0.11, less when it follows a window closely. 0 is a detector that
 * never says anything, 100 a perfect one.
 */
final class NabScorer {
  private static final double FALSE_POSITIVE = 0.11;
  private static final double FALSE_NEGATIVE = 1;

  /** What the score of all points at least this unusual changes when they become detections. */
  private record Step(double score, double gain) {}

  /** The best threshold, and the score it gives. */
  record Best(double threshold, double score) {}

  private final double least;
  private final List<Step> steps = new ArrayList<>();
  private int windows;

  /** A scorer for all thresholds. */
  NabScorer() {
    this(Double.NEGATIVE_INFINITY);
  }

  /** A scorer for thresholds from {@code least} on, which is quicker. */
  NabScorer(double least) {
    this.least = least;
  }

  /** Adds a series with a detector's score of each of its points. */
  void add(NabSeries series, double[] scores) {
    windows += series.windows.length;
    double[] best = new double[series.windows.length];
    boolean[] found = new boolean[series.windows.length];
    IntStream.range(series.probation(), scores.length)
        .filter(i -> scores[i] >= least)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .forEach(
            i -> {
              int window = window(series, i);
              if (window < 0) {
                steps.add(new Step(scores[i], FALSE_POSITIVE * outside(series, i)));
                return;
              }
              double gain = inside(series.windows[window], i);
              if (!found[window]) {
                steps.add(new Step(scores[i], FALSE_NEGATIVE + gain));
              } else if (gain > best[window]) {
                steps.add(new Step(scores[i], gain - best[window]));
              }
              best[window] = found[window] ? Math.max(best[window], gain) : gain;
              found[window] = true;
            });
  }

  /** The score when every point of at least {@code threshold} is a detection. */
  double at(double threshold) {
    return normal(gain(threshold), windows);
  }

  /** The same before it is related to the number of windows. */
  double gain(double threshold) {
    double sum = 0;
    for (Step step : steps) {
      sum += step.score() >= threshold ? step.gain() : 0;
    }
    return sum;
  }

  /** The threshold that suits these series best, as published scores have it. */
  Best best() {
    List<Step> sorted =
        steps.stream().sorted(Comparator.comparingDouble(step -> -step.score())).toList();
    Best best = new Best(Double.POSITIVE_INFINITY, 0);
    double sum = 0;
    for (int i = 0; i < sorted.size(); i++) {
      double score = sorted.get(i).score();
      sum += sorted.get(i).gain();
      boolean last = i + 1 == sorted.size() || sorted.get(i + 1).score() < score;
      if (last && normal(sum, windows) > best.score()) {
        best = new Best(score, normal(sum, windows));
      }
    }
    return best;
  }

  /** From gains to the scale on which 0 is silence and 100 is perfect. */
  static double normal(double gain, int windows) {
    return windows == 0 ? 0 : 100 * gain / (windows * (1 + FALSE_NEGATIVE));
  }

  private static int window(NabSeries series, int point) {
    for (int k = 0; k < series.windows.length; k++) {
      if (point >= series.windows[k][0] && point <= series.windows[k][1]) {
        return k;
      }
    }
    return -1;
  }

  private static double inside(int[] window, int point) {
    double length = window[1] - window[0] + 1;
    return sigmoid(-(window[1] - point + 1) / length) / sigmoid(-1);
  }

  private static double outside(NabSeries series, int point) {
    double cost = -1;
    for (int[] window : series.windows) {
      if (window[1] < point) {
        cost = sigmoid((double) (point - window[1]) / (window[1] - window[0]));
      }
    }
    return cost;
  }

  private static double sigmoid(double position) {
    return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
