package io.logsense.benchmarks.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScorerTest {
  private static final int POINTS = 1000;

  /** One window of 101 points, from 500 to 600, behind a probation of 150 points. */
  private static NabSeries series() {
    long[] times = new long[POINTS];
    Arrays.setAll(times, i -> i);
    return new NabSeries("made up", times, new double[POINTS], List.of(new long[] {500, 600}));
  }

  private static double score(int... detections) {
    double[] scores = new double[POINTS];
    for (int i : detections) {
      scores[i] = 1;
    }
    NabScorer scorer = new NabScorer();
    scorer.add(series(), scores);
    return scorer.at(0.5);
  }

  @Test
  void whoNeverAlertsHasZero() {
    assertThat(score()).isZero();
    NabScorer scorer = new NabScorer();
    scorer.add(series(), new double[POINTS]);
    assertThat(scorer.best().score()).isZero();
  }

  @Test
  void theBeginningOfTheWindowIsPerfect() {
    assertThat(score(500)).isCloseTo(100, within(1e-9));
  }

  @Test
  void theEarliestDetectionCountsAndALaterOneEarnsLess() {
    // Position −1/101 from the right end: (2 / (1 + e^(−5/101)) − 1) / 0.98661…, and no miss.
    assertThat(score(600)).isCloseTo(100 * (0.0247474 / 0.9866143 + 1) / 2, within(1e-3));
    assertThat(score(550, 600)).isEqualTo(score(550)).isBetween(score(600), score(500));
  }

  @Test
  void aFalseAlarmCostsElevenHundredthsAndLessSoonAfterAWindow() {
    assertThat(score(200)).isCloseTo(-100 * 0.11 / 2, within(1e-9));
    assertThat(score(950)).isCloseTo(-100 * 0.11 / 2, within(1e-9));
    assertThat(score(601)).isBetween(-0.5, 0.0);
  }

  @Test
  void theProbationIsNotScored() {
    assertThat(score(0, 149)).isZero();
    assertThat(score(150)).isNegative();
  }

  @Test
  void theBestThresholdIsFound() {
    double[] scores = new double[POINTS];
    scores[200] = 0.3;
    scores[510] = 0.7;
    NabScorer scorer = new NabScorer();
    scorer.add(series(), scores);
    assertThat(scorer.best().threshold()).isEqualTo(0.7);
    assertThat(scorer.best().score()).isEqualTo(scorer.at(0.7)).isGreaterThan(scorer.at(0.3));
  }

  @Test
  void theWindowedGaussianKnowsItsLastPoints() {
    double[] values = new double[7000];
    Arrays.setAll(values, i -> i % 2 == 0 ? 9 : 11);
    values[6990] = 14;
    double[] scores = WindowedGaussian.scores(values);
    // Deviation 1 around 10: one and four deviations.
    assertThat(scores[6000]).isCloseTo(0.8413, within(1e-3));
    assertThat(scores[6990]).isCloseTo(0.99997, within(1e-5));
  }
}
