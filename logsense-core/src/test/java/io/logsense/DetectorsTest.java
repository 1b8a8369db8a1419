package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.logsense.api.LogSenseException;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.AnomalyKind;
import io.logsense.api.anomaly.Judgement;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long DAY = 1440 * MINUTE;
  private static final long MIDNIGHT = START - START % DAY;

  /** What has no say in a single value. */
  private static final Set<String> SLOW = Set.of("burst", "stretch", "range");

  private static final double[] NO_NUMBERS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Judgement judgement = new Judgement();

  static Stream<String> names() {
    return Detectors.names().stream();
  }

  /** The minutes with a finding. */
  private List<Integer> findings(AnomalyDetector detector, double... values) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      detector.observe(0, START + i * MINUTE, values[i], judgement);
      if (judgement.isFinding()) {
        found.add(i);
      }
    }
    return found;
  }

  private static double[] noise(int points, double mean, double deviation) {
    Random random = new Random(1);
    return random.doubles(points).map(u -> mean + deviation * (u - 0.5)).toArray();
  }

  private static double[] poisson(int points, double mean, long seed) {
    Random random = new Random(seed);
    double[] counts = new double[points];
    for (int i = 0; i < points; i++) {
      double product = random.nextDouble();
      while (product > Math.exp(-mean)) {
        counts[i]++;
        product *= random.nextDouble();
      }
    }
    return counts;
  }

  @Test
  void aSpikeIsFoundOnceAndADropToo() {
    double[] values = noise(3000, 100.25, 4);
    values[1000] = 180;
    values[1001] = 181;
    values[2000] = 20;
    assertThat(findings(Detectors.standard(), values)).contains(1000, 2000).hasSizeLessThan(4);

    findings(Detectors.standard(), java.util.Arrays.copyOf(values, 1001));
    assertThat(judgement.finding()).contains(AnomalyKind.SPIKE);
    assertThat(judgement.score()).isBetween(Judgement.THRESHOLD, 1.0);
    assertThat(judgement.high()).isBetween(101.0, 180.0);
    assertThat(judgement.low()).isBetween(20.0, 99.0);
    assertThat(judgement.probability()).isLessThan(1e-6);
    findings(Detectors.standard(), java.util.Arrays.copyOf(values, 2001));
    assertThat(judgement.finding()).contains(AnomalyKind.DROP);
  }

  @Test
  void rareEventsAreNoFindings() {
    for (double mean : new double[] {0.02, 0.2, 5}) {
      for (int seed = 0; seed < 5; seed++) {
        assertThat(findings(Detectors.standard(), poisson(10_080, mean, seed)))
            .as("%s per minute, seed %d", mean, seed)
            .isEmpty();
      }
    }
  }

  @Test
  void tenMinutesOfSixInsteadOfOneAreFound() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      double[] counts = poisson(4330, 1, seed);
      System.arraycopy(poisson(10, 6, seed + 100), 0, counts, 4320, 10);
      found += findings(Detectors.standard(), counts).stream().anyMatch(i -> i >= 4320) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(18);
  }

  @Test
  void anIncidentDoesNotHideTheNextOneAndANewLevelIsAccepted() {
    double[] counts = poisson(3360, 5, 3);
    System.arraycopy(poisson(60, 100, 4), 0, counts, 2880, 60);
    System.arraycopy(poisson(60, 25, 5), 0, counts, 3300, 60);
    assertThat(findings(Detectors.standard(), counts))
        .anyMatch(i -> i >= 2880 && i < 2940)
        .anyMatch(i -> i >= 3300);

    double[] shifted = poisson(5000, 5, 3);
    System.arraycopy(poisson(2120, 40, 4), 0, shifted, 2880, 2120);
    assertThat(findings(Detectors.standard(), shifted))
        .anyMatch(i -> i >= 2880)
        .allMatch(i -> i >= 2880 && i < 2880 + 150);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "stretch"})
  void spikesThatNoLongerComeAreFound(String name) {
    double[] values = noise(3000, 2.25, 1);
    for (int i = 40; i <= 2000; i += 40) {
      values[i] = 50;
    }
    // 39 points between two spikes, and half as many again.
    int late = 2000 + 39 + 39 / 2 + 1;
    AnomalyDetector detector = Detectors.named(name);
    assertThat(findings(detector, java.util.Arrays.copyOf(values, late + 1))).endsWith(late);
    assertThat(judgement.finding()).contains(AnomalyKind.DROP);
    assertThat(findings(Detectors.named(name), values)).endsWith(late);
  }

  @Test
  void aDailyRhythmIsExpected() {
    double[] counts = new double[7 * 1440];
    Random random = new Random(2);
    for (int i = 0; i < counts.length; i++) {
      double mean = 20 * (1 + 0.8 * Math.sin(2 * Math.PI * i / 1440));
      counts[i] = poisson(1, mean, random.nextLong())[0];
    }
    assertThat(findings(Detectors.standard(), counts)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aColdStartSaysNothing(String name) {
    AnomalyDetector detector = Detectors.named(name);
    for (int i = 0; i < 30; i++) {
      detector.observe(0, START + i * MINUTE, i * 1000.5, judgement);
      assertThat(judgement.score()).isZero();
      assertThat(judgement.high()).isInfinite();
      assertThat(judgement.finding()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aConstantSeriesIsOrdinary(String name) {
    for (double constant : new double[] {0, 7, 0.066, -3.5, 1e12 + 0.5}) {
      double[] values = new double[2000];
      java.util.Arrays.fill(values, constant);
      assertThat(findings(Detectors.named(name), values)).isEmpty();
      assertThat(judgement.score()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anotherValueAfterAConstantHasAFiniteScore(String name) {
    for (double constant : new double[] {0, 7, 0.066, -3.5, 1e12 + 0.5}) {
      for (double other : new double[] {2 * constant + 1000, -1e18, Double.MAX_VALUE}) {
        double[] values = new double[2000];
        java.util.Arrays.fill(values, constant);
        AnomalyDetector detector = Detectors.named(name);
        findings(detector, values);
        for (int i = 0; i < 60; i++) {
          detector.observe(0, START + (2000 + i) * MINUTE, other, judgement);
          assertThat(judgement.score()).isBetween(0.0, Math.nextDown(1.0));
          assertThat(judgement.low()).isFinite();
          assertThat(judgement.high()).isFinite();
          if (i == 0 && !SLOW.contains(name)) {
            assertThat(judgement.isFinding()).as("%s after %s", other, constant).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyInputHasADefinedAnswer(String name) {
    AnomalyDetector detector = Detectors.named(name);
    Random random = new Random(7);
    double[] odd = {
      0,
      -0.0,
      1,
      -1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_VALUE,
      1e9,
      1e18,
      123.456
    };
    long[] times = {0, START, Long.MAX_VALUE, Long.MIN_VALUE, -1, START - MINUTE};
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextInt(10) == 0 ? odd[random.nextInt(odd.length)] : random.nextInt(5);
      long time = random.nextInt(20) == 0 ? times[random.nextInt(times.length)] : START + i;
      detector.observe(random.nextInt(3), time, value, judgement);
      assertThat(judgement.score()).isBetween(0.0, 1.0);
      assertThat(judgement.probability()).isBetween(0.0, 1.0);
      assertThat(judgement.low()).isNotNaN();
      assertThat(judgement.high()).isNotNaN().isGreaterThanOrEqualTo(judgement.low());
      if (judgement.isFinding()) {
        assertThat(judgement.score()).isGreaterThanOrEqualTo(Judgement.THRESHOLD);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsNoNumberIsNotLearned(String name) {
    AnomalyDetector with = Detectors.named(name);
    AnomalyDetector without = Detectors.named(name);
    Judgement other = new Judgement();
    double[] values = noise(500, 10, 1);
    for (int i = 0; i < values.length; i++) {
      with.observe(0, START + i * MINUTE, values[i], judgement);
      without.observe(0, START + i * MINUTE, values[i], other);
      assertThat(judgement).usingRecursiveComparison().isEqualTo(other);
      for (double none : NO_NUMBERS) {
        with.observe(0, START + i * MINUTE, none, judgement);
        assertThat(judgement.score()).isZero();
        assertThat(judgement.high()).isInfinite();
        assertThat(judgement.finding()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aGapIsNoAnomalyAndNothingIsForgottenInIt(String name) {
    for (long days : new long[] {1, 7, 400, 100_000_000}) {
      AnomalyDetector detector = Detectors.named(name);
      double[] values = noise(2000, 50, 10);
      assertThat(findings(detector, values)).isEmpty();
      for (int i = 0; i < 100; i++) {
        detector.observe(0, START + days * DAY + i * MINUTE, values[i], judgement);
        assertThat(judgement.isFinding()).as("%d days, point %d", days, i).isFalse();
        assertThat(judgement.high()).isBetween(51.0, 200.0);
      }
      detector.observe(0, START + days * DAY + 100 * MINUTE, 500, judgement);
      assertThat(judgement.isFinding()).isEqualTo(!name.equals("burst") && !name.equals("stretch"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aJumpOfTheClockToEitherEndOfTimeIsNoAnomaly(String name) {
    long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, 0};
    AnomalyDetector detector = Detectors.named(name);
    double[] values = noise(2000, 50, 10);
    findings(detector, values);
    for (int i = 0; i < 500; i++) {
      long time = i % 5 == 0 ? ends[i / 5 % ends.length] : START + (2000 + i) * MINUTE;
      detector.observe(0, time, values[i], judgement);
      assertThat(judgement.isFinding()).as("at %d", time).isFalse();
      assertThat(judgement.high()).isBetween(51.0, 200.0);
    }
    detector.observe(0, Long.MAX_VALUE, 500, judgement);
    assertThat(judgement.isFinding()).isEqualTo(!name.equals("burst") && !name.equals("stretch"));
  }

  /** Nights of 10 and days of 100, whose points come in any order within six hours. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "hour-of-day"})
  void aLatePointIsJudgedAtItsOwnTimeOfDay(String name) {
    AnomalyDetector detector = Detectors.named(name);
    Random random = new Random(4);
    int late = 6 * 60;
    for (int from = 0; from < 6 * 1440; from += late) {
      List<Integer> minutes = new ArrayList<>(IntStream.range(from, from + late).boxed().toList());
      Collections.shuffle(minutes, random);
      for (int minute : minutes) {
        double usual = minute % 1440 < 720 ? 10 : 100;
        double value = usual + random.nextDouble();
        detector.observe(0, MIDNIGHT + minute * MINUTE, value, judgement);
        assertThat(judgement.isFinding() && minute >= 2 * 1440).as("minute %d", minute).isFalse();
      }
    }
    long end = MIDNIGHT + 6 * DAY;
    detector.observe(0, end + 5 * MINUTE, 10.5, judgement);
    assertThat(judgement.isFinding()).isFalse();
    detector.observe(0, end - 30 * MINUTE, 10.5, judgement);
    assertThat(judgement.finding()).contains(AnomalyKind.DROP);
  }

  @Test
  void latePointsAndAJumpOfTheClockAreNoAnomalies() {
    AnomalyDetector detector = Detectors.standard();
    double[] values = noise(4000, 50, 10);
    int findings = 0;
    for (int i = 0; i < values.length; i++) {
      long time = START + i * MINUTE;
      if (i % 7 == 0) {
        time -= 20 * MINUTE;
      } else if (i == 2000) {
        time = Long.MAX_VALUE;
      } else if (i > 3000) {
        time += 400L * 24 * 60 * MINUTE;
      }
      detector.observe(0, time, values[i], judgement);
      findings += judgement.isFinding() ? 1 : 0;
    }
    assertThat(findings).isZero();
    detector.observe(0, START, 500, judgement);
    assertThat(judgement.isFinding()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void seriesKnowNothingOfEachOther(String name) {
    long[] times = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, START, START + 40 * MINUTE};
    AnomalyDetector many = Detectors.named(name);
    AnomalyDetector one = Detectors.named(name);
    double[] values = noise(2000, 10, 3);
    Judgement alone = new Judgement();
    Random random = new Random(5);
    for (int i = 0; i < values.length; i++) {
      long time = times[random.nextInt(times.length)] + random.nextInt(1000);
      many.observe(random.nextInt(500), time, random.nextInt(), judgement);
      many.observe(777, START + i * MINUTE, values[i], judgement);
      one.observe(0, START + i * MINUTE, values[i], alone);
      assertThat(judgement).usingRecursiveComparison().isEqualTo(alone);
    }
  }

  @Test
  void aForgottenSeriesBeginsAnew() {
    AnomalyDetector detector = Detectors.standard();
    findings(detector, noise(500, 10, 1));
    detector.forget(0);
    detector.forget(5_000_000);
    detector.observe(0, START, 1e6, judgement);
    assertThat(judgement.score()).isZero();
    assertThat(judgement.high()).isInfinite();
  }

  @Test
  void handlesAndNamesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Detectors.standard().observe(-1, 0, 0, judgement))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Detectors.standard().observe(Integer.MAX_VALUE, 0, 0, judgement))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("second one");
    assertThatThrownBy(() -> Detectors.named("oracle"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("standard");
    assertThatThrownBy(() -> Detectors.rolling(1)).isInstanceOf(LogSenseException.class);
  }

  @Test
  void judgingAllocatesNothing() {
    AnomalyDetector detector = Detectors.standard();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] values = poisson(20_000, 3, 1);
    for (int i = 0; i < values.length; i++) {
      detector.observe(i % 100, START + i * MINUTE, values[i], judgement);
    }
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < values.length; i++) {
      detector.observe(i % 100, START + i * MINUTE, values[i], judgement);
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes).isLessThan(values.length);
  }
}
