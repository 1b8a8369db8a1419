package io.logsense.internal.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BeatTest {
  @Test
  void theProbabilityOfAPauseIsThatOfExponentialGaps() {
    Random random = new Random(11);
    int hits = 0;
    int runs = 200_000;
    for (int run = 0; run < runs; run++) {
      double longest = 0;
      for (int i = 0; i < 10; i++) {
        longest = Math.max(longest, -Math.log(random.nextDouble()));
      }
      if (-Math.log(random.nextDouble()) > 1.5 * longest) {
        hits++;
      }
    }
    assertThat(hits / (double) runs).isCloseTo(Beat.probability(10, 1.5), within(0.002));
    assertThat(Beat.probability(9, 1)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void randomArrivalsAreNoBeatAndAreNotMissed() {
    Random random = new Random(5);
    int missed = 0;
    for (double rate : new double[] {0.02, 0.2, 1, 3}) {
      Beat beat = new Beat();
      beat.reach(1);
      for (long minute = 0; minute < 60 * 24 * 7 * 4; minute++) {
        if (random.nextDouble() < -Math.expm1(-rate)) {
          missed += beat.pause(0, minute).isPresent() ? 1 : 0;
          beat.hit(0, minute);
        }
      }
    }
    assertThat(missed).isZero();
  }

  @Test
  void aBeatWithJitterIsMissedSoonAfterItStops() {
    Random random = new Random(5);
    Beat beat = new Beat();
    beat.reach(1);
    long last = 0;
    for (int i = 0; i < 200; i++) {
      last += 4 + random.nextInt(3);
      assertThat(beat.pause(0, last)).isEmpty();
      beat.hit(0, last);
    }
    long noticed = last;
    while (beat.pause(0, noticed).isEmpty()) {
      noticed++;
    }
    assertThat(noticed - last).isBetween(10L, 25L);
  }
}
