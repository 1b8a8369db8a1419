package io.logsense.internal.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.LogSenseException;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BankTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  private final Judgement judgement = new Judgement();

  static Stream<Settings> settings() {
    return Stream.of(
        Settings.standard(), Settings.ewma(), Settings.rolling(20), Settings.hourOfWeek());
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

  private static void restore(AnomalyDetector detector, byte[] bytes) throws IOException {
    detector.restore(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aRestoredDetectorGoesOnAsIfNothingHadHappened(Settings settings) throws IOException {
    AnomalyDetector detector = new BaselineDetector(settings);
    feed(detector, 0, 0, 500, 10);
    feed(detector, 200, 0, 700, 1e6);
    AnomalyDetector restored = new BaselineDetector(settings);
    feed(restored, 3, 0, 50, 3);
    restore(restored, bytes(detector));
    assertThat(bytes(restored)).isEqualTo(bytes(detector));

    Judgement other = new Judgement();
    Random random = new Random(9);
    for (int i = 700; i < 1200; i++) {
      double value = 10 + 3 * random.nextGaussian();
      detector.observe(0, START + i * MINUTE, value, judgement);
      restored.observe(0, START + i * MINUTE, value, other);
      assertThat(other).usingRecursiveComparison().isEqualTo(judgement);
    }
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
      assertThatThrownBy(() -> restore(detector, flipped))
          .as("byte %d", at)
          .isInstanceOf(LogSenseException.class);
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> restore(detector, cut)).isInstanceOf(LogSenseException.class);
    }
    assertThat(bytes(detector)).isEqualTo(good);
  }

  @Test
  void aSnapshotOfOtherSettingsIsRefused() throws IOException {
    byte[] ewma = bytes(new BaselineDetector(Settings.ewma()));
    assertThatThrownBy(() -> restore(new BaselineDetector(Settings.standard()), ewma))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("ewma")
        .hasMessageContaining("standard");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void mergedIntoAnEmptyDetectorASnapshotIsAsRestored(Settings settings) throws IOException {
    AnomalyDetector detector = new BaselineDetector(settings);
    feed(detector, 70, 0, 500, 10);
    byte[] state = bytes(detector);
    AnomalyDetector empty = new BaselineDetector(settings);
    empty.merge(new ByteArrayInputStream(state));
    assertThat(bytes(empty)).isEqualTo(state);
  }

  @Test
  void mergedShardsKnowWhatBothSaw() throws IOException {
    for (boolean newerFirst : List.of(true, false)) {
      AnomalyDetector older = new BaselineDetector(Settings.ewma());
      AnomalyDetector newer = new BaselineDetector(Settings.ewma());
      feed(older, 0, 0, 300, 10);
      feed(newer, 0, 300, 600, 20);
      AnomalyDetector into = newerFirst ? newer : older;
      into.merge(new ByteArrayInputStream(bytes(newerFirst ? older : newer)));

      into.observe(0, START + 600 * MINUTE, 15, judgement);
      double middle = (judgement.low() + judgement.high()) / 2;
      assertThat(middle).isCloseTo(15, within(0.3));
      // Two normal clouds five away from their common mean: deviation √(1 + 25).
      assertThat((judgement.high() - middle) / 9).isCloseTo(Math.sqrt(26), within(0.3));
    }
  }
}
