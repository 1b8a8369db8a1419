package io.logsense.internal.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.logsense.api.LogSenseException;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BankTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  private final Judgement judgement = new Judgement();

  static Stream<Settings> settings() {
    return Stream.of(
        Settings.standard(),
        Settings.ewma(),
        Settings.rolling(20),
        Settings.hourOfWeek(),
        Settings.stretches());
  }

  private void feed(AnomalyDetector detector, int series, int from, int to, double mean) {
    Random random = new Random(from);
    for (int i = from; i < to; i++) {
      detector.observe(series, START + i * MINUTE, mean + random.nextGaussian(), judgement);
    }
  }

  private static byte[] bytes(AnomalyDetector detector) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    detector.snapshot(out);
    return out.toByteArray();
  }

  private static void merge(AnomalyDetector detector, byte[] bytes) throws IOException {
    detector.merge(new ByteArrayInputStream(bytes), handle -> handle);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aNewDetectorGoesOnWhereTheOneOfTheSnapshotStopped(Settings settings) throws IOException {
    AnomalyDetector detector = new BaselineDetector(settings);
    feed(detector, 0, 0, 500, 10);
    feed(detector, 200, 0, 700, 1e6);
    detector.observe(7, START, 1, judgement);
    detector.forget(7);
    AnomalyDetector restored = new BaselineDetector(settings);
    merge(restored, bytes(detector));
    assertThat(bytes(restored)).isEqualTo(bytes(detector));

    Judgement other = new Judgement();
    Random random = new Random(9);
    for (int i = 700; i < 1200; i++) {
      for (int series : new int[] {0, 7, 200}) {
        double value = 10 + 3 * random.nextGaussian();
        detector.observe(series, START + i * MINUTE, value, judgement);
        restored.observe(series, START + i * MINUTE, value, other);
        assertThat(other).usingRecursiveComparison().isEqualTo(judgement);
      }
    }
    assertThat(bytes(restored)).isEqualTo(bytes(detector));
  }

  @Test
  void aDamagedSnapshotIsRefusedAndChangesNothing() throws IOException {
    AnomalyDetector detector = new BaselineDetector(Settings.standard());
    feed(detector, 0, 0, 100, 10);
    feed(detector, 1, 0, 100, 20);
    byte[] good = bytes(detector);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 0x10;
      int at = i;
      assertThatThrownBy(() -> merge(detector, flipped))
          .as("byte %d", at)
          .isInstanceOf(LogSenseException.class);
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> merge(detector, cut)).isInstanceOf(LogSenseException.class);
    }
    assertThat(bytes(detector)).isEqualTo(good);
  }

  /**
   * The checksum is right and the numbers are not: each number of a series in turn becomes what no
   * detector leaves behind, or what it might.
   */
  @ParameterizedTest
  @MethodSource("settings")
  void aForgedSnapshotIsRefusedOrHarmless(Settings settings) throws IOException {
    AnomalyDetector detector = new BaselineDetector(settings);
    feed(detector, 0, 0, 100, 10);
    byte[] good = bytes(detector);
    int floats = new BaselineDetector(settings).size();
    int end = good.length - 8;
    float[] odd = {
      -2, -1, -0.5f, 0, 1.5f, 1000, 1e6f, 2e9f, 1e18f, -1e18f, 1e30f, Float.MAX_VALUE, Float.NaN
    };
    int refused = 0;
    for (int at = end - 4 * floats; at < end; at += 4) {
      for (float value : odd) {
        byte[] forged = good.clone();
        ByteBuffer.wrap(forged).putFloat(at, value);
        refused += refusedOrHarmless(settings, forged) ? 1 : 0;
      }
    }
    assertThat(refused).isBetween(3 * floats, (odd.length - 1) * floats);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anyBytesAreRefusedOrHarmless(Settings settings) throws IOException {
    AnomalyDetector detector = new BaselineDetector(settings);
    feed(detector, 0, 0, 100, 10);
    feed(detector, 63, 0, 100, 10);
    byte[] good = bytes(detector);
    Random random = new Random(11);
    for (int round = 0; round < 3000; round++) {
      byte[] forged = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        forged[random.nextInt(forged.length)] = (byte) random.nextInt(256);
      }
      refusedOrHarmless(settings, forged);
    }
  }

  /** Corrects the checksum, merges, and goes on for longer than any ring, at new times of day. */
  private boolean refusedOrHarmless(Settings settings, byte[] forged) throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(forged, 0, forged.length - 4);
    ByteBuffer.wrap(forged).putInt(forged.length - 4, (int) sum.getValue());
    AnomalyDetector into = new BaselineDetector(settings);
    feed(into, 0, 0, 40, 12);
    AnomalyDetector empty = new BaselineDetector(settings);
    try {
      merge(into, forged);
      merge(empty, forged);
    } catch (LogSenseException e) {
      assertThat(e.category()).isEqualTo(LogSenseException.Category.USAGE);
      return true;
    }
    for (AnomalyDetector each : List.of(into, empty)) {
      for (int i = 0; i < 50; i++) {
        each.observe(0, START + (i + 5) * 67 * MINUTE, i % 5, judgement);
        assertThat(judgement.score()).isBetween(0.0, 1.0);
        assertThat(judgement.probability()).isBetween(0.0, 1.0);
        assertThat(judgement.low()).isNotNaN();
        assertThat(judgement.high()).isNotNaN().isGreaterThanOrEqualTo(judgement.low());
      }
      merge(new BaselineDetector(settings), bytes(each));
    }
    return false;
  }

  @Test
  void aSnapshotOfOneFarSeriesTakesRoomForItsNeighboursOnly() throws IOException {
    AnomalyDetector far = new BaselineDetector(Settings.standard());
    feed(far, SeriesBank.MOST - 1, 0, 50, 10);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] state = bytes(far);
    AnomalyDetector into = new BaselineDetector(Settings.standard());
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    merge(into, state);
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes).isLessThan(4_000_000);
    assertThat(bytes(into)).isEqualTo(state);
  }

  @Test
  void aSnapshotOfOtherSettingsIsRefused() throws IOException {
    byte[] ewma = bytes(new BaselineDetector(Settings.ewma()));
    assertThatThrownBy(() -> merge(new BaselineDetector(Settings.standard()), ewma))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("ewma")
        .hasMessageContaining("standard");
  }

  @Test
  void mergedShardsKnowWhatBothSaw() throws IOException {
    for (boolean newerFirst : List.of(true, false)) {
      AnomalyDetector older = new BaselineDetector(Settings.ewma());
      AnomalyDetector newer = new BaselineDetector(Settings.ewma());
      feed(older, 0, 0, 300, 10);
      feed(newer, 0, 300, 600, 20);
      AnomalyDetector into = newerFirst ? newer : older;
      merge(into, bytes(newerFirst ? older : newer));

      into.observe(0, START + 600 * MINUTE, 15, judgement);
      double middle = (judgement.low() + judgement.high()) / 2;
      assertThat(middle).isCloseTo(15, within(0.3));
      // Two normal clouds five away from their common mean: deviation √(1 + 25).
      assertThat((judgement.high() - middle) / 9).isCloseTo(Math.sqrt(26), within(0.3));
    }
  }

  /**
   * Stretches of 20 points, then of 40: only who saw the long ones takes 60 for nothing special.
   */
  @Test
  void mergedShardsKnowTheLongestStretchOfBoth() throws IOException {
    for (boolean newerFirst : List.of(true, false)) {
      AnomalyDetector longOnes = new BaselineDetector(Settings.stretches());
      AnomalyDetector shortOnes = new BaselineDetector(Settings.stretches());
      square(longOnes, 0, 400, 40);
      square(shortOnes, 400, 800, 20);
      AnomalyDetector into = newerFirst ? shortOnes : longOnes;
      merge(into, bytes(newerFirst ? longOnes : shortOnes));
      // The last 20 points were high ones, and 40 more make it half as long again as the longest.
      int found = 0;
      for (int i = 800; found == 0; i++) {
        into.observe(0, START + i * MINUTE, 20, judgement);
        found = judgement.isFinding() ? i : 0;
      }
      assertThat(found).isEqualTo(839);
    }
  }

  private void square(AnomalyDetector detector, int from, int to, int half) {
    for (int i = from; i < to; i++) {
      detector.observe(0, START + i * MINUTE, (i - from) / half % 2 == 0 ? 10.5 : 20, judgement);
    }
  }
}
