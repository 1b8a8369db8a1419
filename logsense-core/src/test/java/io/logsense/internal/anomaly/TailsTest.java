package io.logsense.internal.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TailsTest {
  @Test
  void theNegativeBinomialTailIsTheSumOfItsProbabilities() {
    // Shape 1 is the geometric distribution: P(X ≥ x) = q^x.
    assertThat(Tails.logUpper(40, 1, 0.75)).isCloseTo(40 * Math.log(0.75), within(1e-4));
    assertThat(Tails.logLower(3, 1, 0.75)).isCloseTo(Math.log(1 - Math.pow(0.75, 4)), within(1e-4));
  }

  @Test
  void theNegativeBinomialTailOfAnyShape() {
    // (1 − q)² Σ (i + 1) qⁱ from 5 on, for shape 2 and q = 0.5.
    double expected = 0;
    for (int i = 5; i < 200; i++) {
      expected += 0.25 * (i + 1) * Math.pow(0.5, i);
    }
    assertThat(Tails.logUpper(5, 2, 0.5)).isCloseTo(Math.log(expected), within(1e-4));
  }

  @Test
  void aSlowTailIsCutAndItsRestAdded() {
    assertThat(Tails.logUpper(1000, 1, 0.999)).isCloseTo(1000 * Math.log(0.999), within(1e-6));
  }

  @Test
  void factorialsAreGammas() {
    assertThat(Tails.logGamma(5)).isCloseTo(Math.log(24), within(1e-9));
    assertThat(Tails.logGamma(0.5)).isCloseTo(Math.log(Math.sqrt(Math.PI)), within(1e-8));
  }

  @Test
  void deviationsAndTailsOfTheNormalAreInverse() {
    for (double z = 0.5; z < 30; z += 0.5) {
      assertThat(Tails.deviations(Math.log(Tails.normal(z)))).isCloseTo(z, within(0.02));
    }
    assertThat(Tails.deviations(0)).isZero();
    assertThat(Tails.normal(1.959964)).isCloseTo(0.025, within(1e-4));
  }

  @Test
  void anOrdinaryDeviationIsTakenAsItIs() {
    assertThat(Tails.count(12, 10, 10, 1000, 0.63)).isEqualTo(0.63);
  }

  @Test
  void fewPointsMakeTheTailWider() {
    assertThat(Tails.count(12, 1, 1, 10, 11)).isLessThan(Tails.count(12, 1, 1, 10_000, 11));
  }
}
