package io.logsense.benchmarks.anomaly;

import io.logsense.Detectors;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Detectors on the Numenta Anomaly Benchmark and on simulated counts.
 *
 * <p>Held out: the detector (of all that core has) and its threshold are chosen on one half of the
 * series and scored on the other; the mean over 20 random halvings, both ways.
 */
public final class NabAccuracy {
  private static final String NAME = "accuracy-nab";
  private static final int FOLDS = 20;
  private static final double WEEK_MILLIS = 7 * 86_400_000.0;

  private final List<Figure> figures = new ArrayList<>();
  private final boolean quick;
  private final String data;

  private NabAccuracy(boolean quick, String data) {
    this.quick = quick;
    this.data = data;
  }

  /** All figures. */
  public static List<Figure> run(Run.Options options) throws IOException {
    List<NabSeries> series = NabSeries.read(options.data());
    int windows = series.stream().mapToInt(s -> s.windows.length).sum();
    NabAccuracy run =
        new NabAccuracy(
            options.quick(), "%d NAB series, %d windows".formatted(series.size(), windows));
    run.nab(series);
    run.counts();
    return run.figures;
  }

  private void nab(List<NabSeries> series) {
    Map<String, List<double[]>> scores = new HashMap<>();
    for (String name : Detectors.names()) {
      scores.put(name, series.stream().map(s -> scores(Detectors.named(name), s)).toList());
    }
    List<double[]> standard = scores.getOrDefault("standard", List.of());
    List<double[]> gaussian = series.stream().map(s -> WindowedGaussian.scores(s.values)).toList();
    double peer = scorer(series, gaussian, all(series)).best().score();
    double threshold = Judgement.THRESHOLD;
    add("standardHeldOut", "score", heldOut(series, scores), peer);
    add(
        "standardDefaultThreshold",
        "score",
        scorer(series, standard, all(series)).at(threshold),
        peer);
    add("standardOracle", "score", scorer(series, standard, all(series)).best().score(), peer);
    figures.add(
        Figure.of(
            NAME, "nab.falseAlarmsPerSeriesWeek", "1/week", falseAlarms(series, standard), data));
    for (String name : Detectors.names()) {
      List<double[]> each = scores.getOrDefault(name, List.of());
      figures.add(
          Figure.of(
              NAME,
              "nab.oracle." + name,
              "score",
              scorer(series, each, all(series)).best().score(),
              data));
    }
  }

  private void add(String metric, String unit, double value, double peer) {
    figures.add(
        new Figure(
            NAME,
            "nab." + metric,
            unit,
            value,
            peer,
            "windowed Gaussian, oracle",
            null,
            null,
            data));
  }

  private static double[] scores(AnomalyDetector detector, NabSeries series) {
    Judgement judgement = new Judgement();
    double[] scores = new double[series.values.length];
    for (int i = 0; i < scores.length; i++) {
      detector.observe(0, series.times[i], series.values[i], judgement);
      scores[i] = judgement.score();
    }
    return scores;
  }

  private static List<Integer> all(List<NabSeries> series) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      all.add(i);
    }
    return all;
  }

  private static NabScorer scorer(
      List<NabSeries> series, List<double[]> scores, List<Integer> which) {
    NabScorer scorer = new NabScorer();
    which.forEach(i -> scorer.add(series.get(i), scores.get(i)));
    return scorer;
  }

  private static double heldOut(List<NabSeries> series, Map<String, List<double[]>> scores) {
    Random random = new Random(1);
    List<Integer> order = all(series);
    double sum = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      Collections.shuffle(order, random);
      List<Integer> one = List.copyOf(order.subList(0, order.size() / 2));
      List<Integer> other = List.copyOf(order.subList(order.size() / 2, order.size()));
      sum += chosen(series, scores, one, other) + chosen(series, scores, other, one);
    }
    return sum / (2 * FOLDS);
  }

  private static double chosen(
      List<NabSeries> series,
      Map<String, List<double[]>> scores,
      List<Integer> tuned,
      List<Integer> heldOut) {
    double best = Double.NEGATIVE_INFINITY;
    double result = 0;
    for (String name : Detectors.names()) {
      List<double[]> each = scores.getOrDefault(name, List.of());
      NabScorer.Best here = scorer(series, each, tuned).best();
      if (here.score() > best) {
        best = here.score();
        result = scorer(series, each, heldOut).at(here.threshold());
      }
    }
    return result;
  }

  /** Findings outside windows and after probation, per week of data. */
  private static double falseAlarms(List<NabSeries> series, List<double[]> scores) {
    double weeks = 0;
    int alarms = 0;
    for (int s = 0; s < series.size(); s++) {
      NabSeries each = series.get(s);
      for (int i = each.probation(); i < each.values.length; i++) {
        boolean inside = false;
        for (int[] window : each.windows) {
          inside |= i >= window[0] && i <= window[1];
        }
        alarms += !inside && scores.get(s)[i] >= Judgement.THRESHOLD ? 1 : 0;
      }
      long first = each.times[each.probation()];
      weeks += (each.times[each.times.length - 1] - first) / WEEK_MILLIS;
    }
    return alarms / weeks;
  }

  private void counts() {
    int runs = quick ? 20 : 200;
    alarms("poisson 0.02/min", CountSimulation.poisson(0.02), runs);
    alarms("poisson 0.2/min", CountSimulation.poisson(0.2), runs);
    alarms("poisson 5/min", CountSimulation.poisson(5), runs);
    alarms("negative binomial 1/min, variance 4 ×", CountSimulation.clustered(1, 4), runs);
    alarms("negative binomial 50/min, variance 4 ×", CountSimulation.clustered(50, 4), runs);
    alarms("poisson 20/min, ± 80 % over the day", CountSimulation.daily(20), runs);
    share("burstsFound", "0.02 → 2/min", CountSimulation.burstsFound(0.02, 2.02, runs));
    share("burstsFound", "1 → 6/min", CountSimulation.burstsFound(1, 6, runs));
    share("burstsFound", "5 → 15/min", CountSimulation.burstsFound(5, 15, runs));
    for (double usual : new double[] {1, 5, 50}) {
      String what = usual + "/min";
      share("secondIncidentFound", what, CountSimulation.secondIncidentFound(usual, runs / 2));
      figures.add(
          Figure.of(
              NAME,
              "counts.minutesUntilAccepted",
              "min",
              CountSimulation.minutesUntilAccepted(usual, runs / 2),
              what + " × 8 for good"));
    }
  }

  private void alarms(String what, CountSimulation.Counts counts, int weeks) {
    double rate = CountSimulation.falseAlarms(counts, weeks);
    figures.add(Figure.of(NAME, "counts.falseAlarmsPerWeek", "1/week", rate, what));
  }

  private void share(String metric, String what, double share) {
    figures.add(Figure.of(NAME, "counts." + metric, "share", share, what));
  }
}
