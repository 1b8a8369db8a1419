package io.logsense.benchmarks.anomaly;

import io.logsense.Detectors;
import io.logsense.api.anomaly.Judgement;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.internal.anomaly.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Detectors on the Numenta Anomaly Benchmark and on simulated counts. A folder with other series of
 * the benchmark than those the default was chosen on says what it is worth on unseen ones.
 */
public final class NabAccuracy {
  private static final String NAME = "accuracy-nab";
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
      scores.put(
          name, series.stream().map(s -> NabChoice.scores(Detectors.named(name), s, 0)).toList());
    }
    List<double[]> standard = scores.getOrDefault("standard", List.of());
    List<double[]> gaussian = series.stream().map(s -> WindowedGaussian.scores(s.values)).toList();
    double peer = scorer(series, gaussian, all(series)).best().score();
    double threshold = Judgement.THRESHOLD;
    add(
        "standardDefaultThreshold",
        "score",
        scorer(series, standard, all(series)).at(threshold),
        peer);
    add("standardOracle", "score", scorer(series, standard, all(series)).best().score(), peer);
    choice(series, peer);
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

  private void choice(List<NabSeries> series, double peer) {
    NabChoice choice = new NabChoice(series, NabChoice.grid());
    for (boolean thresholds : new boolean[] {false, true}) {
      DoubleSummaryStatistics heldOut = choice.heldOut(thresholds);
      String what = thresholds ? "standardHeldOutWithThreshold" : "standardHeldOut";
      add(what, "score", heldOut.getAverage(), peer);
      add(what + ".least", "score", heldOut.getMin(), peer);
      add(what + ".most", "score", heldOut.getMax(), peer);
    }
    boolean same = choice.chosen().equals(Settings.standard());
    figures.add(
        Figure.of(
            NAME,
            "nab.choiceUnderAllClocks",
            "score",
            choice.chosenUnderAllClocks(),
            (same ? "the default: " : "not the default: ") + choice.chosen()));
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
