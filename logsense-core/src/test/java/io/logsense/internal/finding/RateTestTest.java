package io.logsense.internal.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.junit.jupiter.api.Test;

class RateTestTest {
  private static final Scale EQUAL = new Scale(1, 1, 1);

  @Test
  void theBetaDistributionIsThatOfAnotherImplementation() {
    double[] shapes = {0.3, 1, 2, 7.5, 40, 300, 20_000};
    for (double a : shapes) {
      for (double b : shapes) {
        for (double x : new double[] {0.001, 0.1, 0.4, 0.5, 0.75, 0.999}) {
          double expected = new BetaDistribution(a, b).cumulativeProbability(x);
          assertThat(Beta.atMost(x, a, b)).isCloseTo(expected, within(1e-9 + 1e-8 * expected));
        }
      }
    }
  }

  @Test
  void theProbabilityIsTwiceTheSmallerBinomialTail() {
    for (double scale : new double[] {0.25, 1, 3}) {
      Scale exact = new Scale(scale, scale, scale);
      for (int before = 0; before < 40; before += 3) {
        for (int after = before == 0 ? 1 : 0; after < 40; after += 7) {
          BinomialDistribution binomial =
              new BinomialDistribution(before + after, scale / (1 + scale));
          double tail =
              Math.min(
                  1 - binomial.cumulativeProbability(after - 1),
                  binomial.cumulativeProbability(after));
          assertThat(new RateTest(before, after, exact).probability())
              .isCloseTo(Math.min(1, 2 * tail), within(1e-9));
        }
      }
    }
  }

  @Test
  void theIntervalIsThatOfClopperAndPearson() {
    ConfidenceInterval share = new ClopperPearsonInterval().createInterval(50, 30, 0.95);

    assertThat(new RateTest(20, 30, EQUAL).ratio().estimate()).isEqualTo(1.5);
    assertThat(new RateTest(20, 30, EQUAL).ratio().low())
        .isCloseTo(share.getLowerBound() / (1 - share.getLowerBound()), within(1e-6));
    assertThat(new RateTest(20, 30, EQUAL).ratio().high())
        .isCloseTo(share.getUpperBound() / (1 - share.getUpperBound()), within(1e-6));
  }

  @Test
  void anUncertainScaleMakesEverythingLessCertain() {
    RateTest sure = new RateTest(100, 150, EQUAL);
    RateTest unsure = new RateTest(100, 150, new Scale(1, 0.8, 1.25));

    assertThat(unsure.probability()).isGreaterThan(10 * sure.probability());
    assertThat(unsure.ratio().low()).isLessThan(sure.ratio().low());
    assertThat(unsure.ratio().high()).isGreaterThan(sure.ratio().high());
  }

  @Test
  void hugeCountsAreCompared() {
    assertThat(new RateTest(1e9, 1e9, EQUAL).probability()).isGreaterThan(0.9);
    assertThat(new RateTest(1e9, 1.1e9, EQUAL).probability()).isZero();
    assertThat(new RateTest(0, 1e9, EQUAL).probability()).isZero();
  }

  @Test
  void theMedianOfTheRatiosIsWeighedByWhatTheyTell() {
    Scale.Builder scale = new Scale.Builder();
    scale.add(100, 200, 1);
    scale.add(90, 180, 1);
    scale.add(50, 5_000_000, 1);
    scale.add(1, 1, 1);

    Scale found = scale.build(7);

    assertThat(found.estimate()).isCloseTo(2, within(1e-12));
    assertThat(found.low()).isBetween(1.0, 2.0);
    assertThat(found.high()).isBetween(2.0, 4.0);
    assertThat(new Scale.Builder().build(7)).isEqualTo(new Scale(7, 7, 7));
  }
}
