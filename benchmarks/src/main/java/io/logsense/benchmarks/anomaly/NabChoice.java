package io.logsense.benchmarks.anomaly;

import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import io.logsense.internal.anomaly.BaselineDetector;
import io.logsense.internal.anomaly.Settings;
import io.logsense.internal.anomaly.Settings.Horizon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How the default detector's limits are chosen, and what the choice is worth on series it has not
 * seen.
 *
 * <p>Every candidate of a grid judges every series under the clocks of several time zones: where
 * the parts of the day begin is an accident of the data, and limits that suit one such accident do
 * not carry over. The best mean over the clocks is the choice. Held out: chosen on one half of the
 * series, scored on the other as they are; 20 random halvings, both ways.
 */
final class NabChoice {
  private static final int DAY = 24 * 60;
  private static final int FOLDS = 20;
  private static final int CLOCKS = 4;
  private static final long CLOCK_STEP = 330 * 60_000L;

  /** The first is the library's own. */
  private static final double[] THRESHOLDS = {Judgement.THRESHOLD, 0.45, 0.475, 0.525, 0.55};

  private static final double LEAST = 0.45;

  /** A candidate, with what each threshold gains on each series: under all clocks, and as it is. */
  private record Candidate(Settings settings, double[][] allClocks, double[][] asIs) {}

  /** A candidate's number and a threshold's. */
  private record Choice(int candidate, int threshold) {}

  private final List<NabSeries> series;
  private final List<Integer> all;
  private final List<Candidate> candidates;

  NabChoice(List<NabSeries> series, List<Settings> grid) {
    this.series = series;
    all = IntStream.range(0, series.size()).boxed().toList();
    candidates = grid.stream().map(this::candidate).toList();
  }

  /** What is in question. */
  static List<Settings> grid() {
    List<Settings> grid = new ArrayList<>();
    for (int buckets : new int[] {8, 12}) {
      for (int memory : new int[] {120, 240}) {
        for (double fastest : new double[] {0.03, 0.05, 0.08}) {
          for (double level : new double[] {7, 9, 11}) {
            for (double counts : new double[] {5, 5.5, 6}) {
              Horizon horizon = Horizon.seasonal(buckets, DAY, memory, fastest);
              grid.add(Settings.standard(horizon, level, counts));
            }
          }
        }
      }
    }
    return grid;
  }

  /** The score of each point. */
  static double[] scores(AnomalyDetector detector, NabSeries series, long clock) {
    Judgement judgement = new Judgement();
    double[] scores = new double[series.values.length];
    for (int i = 0; i < scores.length; i++) {
      detector.observe(0, series.times[i] + clock, series.values[i], judgement);
      scores[i] = judgement.score();
    }
    return scores;
  }

  /**
   * The scores on the halves that the choice did not see.
   *
   * @param thresholds whether the threshold is chosen too, or stays the library's own
   */
  DoubleSummaryStatistics heldOut(boolean thresholds) {
    int choices = thresholds ? THRESHOLDS.length : 1;
    Random random = new Random(1);
    List<Integer> order = new ArrayList<>(all);
    DoubleSummaryStatistics scores = new DoubleSummaryStatistics();
    for (int fold = 0; fold < FOLDS; fold++) {
      Collections.shuffle(order, random);
      List<Integer> one = order.subList(0, order.size() / 2);
      List<Integer> other = order.subList(order.size() / 2, order.size());
      scores.accept(score(best(one, choices), other));
      scores.accept(score(best(other, choices), one));
    }
    return scores;
  }

  /** What all series together choose at the library's own threshold. */
  Settings chosen() {
    return candidates.get(best(all, 1).candidate()).settings();
  }

  /** The mean over the clocks of what {@link #chosen} scores at the library's own threshold. */
  double chosenUnderAllClocks() {
    return total(candidates.get(best(all, 1).candidate()).allClocks(), 0, all);
  }

  private double score(Choice choice, List<Integer> which) {
    return total(candidates.get(choice.candidate()).asIs(), choice.threshold(), which);
  }

  private Choice best(List<Integer> which, int thresholds) {
    Choice best = new Choice(0, 0);
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < candidates.size(); c++) {
      for (int t = 0; t < thresholds; t++) {
        double score = total(candidates.get(c).allClocks(), t, which);
        if (score > most) {
          most = score;
          best = new Choice(c, t);
        }
      }
    }
    return best;
  }

  private double total(double[][] gains, int threshold, List<Integer> which) {
    double gain = 0;
    int windows = 0;
    for (int s : which) {
      gain += gains[s][threshold];
      windows += series.get(s).windows.length;
    }
    return NabScorer.normal(gain, windows);
  }

  private Candidate candidate(Settings settings) {
    double[][] allClocks = new double[series.size()][THRESHOLDS.length];
    double[][] asIs = new double[series.size()][];
    for (int s = 0; s < asIs.length; s++) {
      for (int clock = 0; clock < CLOCKS; clock++) {
        double[] gains = gains(settings, series.get(s), clock * CLOCK_STEP);
        asIs[s] = clock == 0 ? gains : asIs[s];
        for (int t = 0; t < gains.length; t++) {
          allClocks[s][t] += gains[t] / CLOCKS;
        }
      }
    }
    return new Candidate(settings, allClocks, asIs);
  }

  private static double[] gains(Settings settings, NabSeries series, long clock) {
    NabScorer scorer = new NabScorer(LEAST);
    scorer.add(series, scores(new BaselineDetector(settings), series, clock));
    double[] gains = new double[THRESHOLDS.length];
    for (int t = 0; t < gains.length; t++) {
      gains[t] = scorer.gain(THRESHOLDS[t]);
    }
    return gains;
  }
}
