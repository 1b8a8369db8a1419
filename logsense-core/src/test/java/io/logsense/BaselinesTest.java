package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long START = TimeUnit.HOURS.toNanos(490_000);

  @TempDir Path folder;

  private final List<Finding> told = new ArrayList<>();
  private Instant clock = Instant.ofEpochSecond(0, START);

  @Test
  void aRestartGoesOnWhereItStopped() {
    run(folder.resolve("b"), 0, 300, 3, "card refused");
    told.clear();
    Path file = folder.resolve("b");
    try (LogSense sense = live(file)) {
      errors(sense, 305, 90, "card refused");
      errors(sense, 307, 1, "card refused");
      errors(sense, 308, 1, "disk full");
    }
    assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.SPIKE, FindingKind.NEW);
    assertThat(told.get(1).group().title()).isEqualTo("disk full");
  }

  @Test
  void historyThatWasAnalysedIsWhatALiveEngineBeginsWith() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      log.append(Instant.ofEpochSecond(0, START + i * MINUTE / 3))
          .append(" ERROR [main] com.shop.Pay - card refused\n");
    }
    Path file = folder.resolve("b");
    LogSense.builder().source(LinesSource.of(log.toString(), 50)).baselines(file).analyze();
    try (LogSense sense = live(file)) {
      errors(sense, 305, 90, "card refused");
      errors(sense, 307, 1, "card refused");
    }
    assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.SPIKE);
  }

  @Test
  void shardsThatWereMergedKnowWhatEachKnew() {
    run(folder.resolve("one"), 0, 300, 3, "card refused");
    run(folder.resolve("two"), 0, 300, 2, "disk full");
    Path all = folder.resolve("all");
    Baselines.merge(all, List.of(folder.resolve("one"), folder.resolve("two")));
    told.clear();
    try (LogSense sense = live(all)) {
      errors(sense, 305, 90, "disk full");
      errors(sense, 305, 90, "card refused");
      errors(sense, 307, 1, "disk full");
      errors(sense, 307, 1, "card refused");
    }
    assertThat(told)
        .extracting(Finding::kind)
        .containsExactly(FindingKind.SPIKE, FindingKind.SPIKE);
  }

  @Test
  void aBeatIsStillMissedAfterARestart() {
    try (LogSense sense = live(folder.resolve("b"))) {
      for (int minute = 0; minute < 100; minute++) {
        accept(sense, minute, Severity.INFO, "alive");
      }
    }
    try (LogSense sense = live(folder.resolve("b"))) {
      accept(sense, 160, Severity.INFO, "alive");
      for (int minute = 161; minute < 180; minute++) {
        accept(sense, minute, Severity.INFO, "order placed");
      }
    }
    assertThat(told).extracting(Finding::time).containsExactly(START + 161 * MINUTE);
  }

  @Test
  void aFileThatCannotBeUsedIsReplacedByAnEngineAndRefusedByAMerge() throws IOException {
    Path good = folder.resolve("good");
    run(good, 0, 100, 2, "disk full");
    byte[] bytes = Files.readAllBytes(good);
    Random random = new Random(1);
    Path bad = folder.resolve("bad");
    for (int i = 0; i < 60; i++) {
      byte[] damaged = bytes.clone();
      if (i % 2 == 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      } else {
        damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Files.write(bad, damaged);
      assertThatThrownBy(() -> Baselines.merge(folder.resolve("out"), List.of(good, bad)))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("bad");
      assertThat(folder.resolve("out")).doesNotExist();
    }
    run(bad, 0, 100, 2, "disk full");
    assertThat(bad).hasSameBinaryContentAs(good);
  }

  @Test
  void whatIsNormalDoesNotDependOnWhenItWasSaved() throws IOException {
    run(folder.resolve("a"), 0, 200, 3, "disk full");
    run(folder.resolve("b"), 0, 100, 3, "disk full");
    run(folder.resolve("b"), 100, 200, 3, "disk full");
    told.clear();
    for (String name : List.of("a", "b")) {
      try (LogSense sense = live(folder.resolve(name))) {
        errors(sense, 201, 60, "disk full");
        errors(sense, 203, 1, "disk full");
      }
    }
    assertThat(told).hasSize(2);
    assertThat(told.get(0).high()).isEqualTo(told.get(1).high());
  }

  @Test
  void aCloseWithAnInterruptStillSaves() throws IOException {
    Path file = folder.resolve("b");
    LogSense sense = live(file);
    errors(sense, 1, 3, "disk full");
    Thread.currentThread().interrupt();
    sense.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).exists();
    Files.delete(file);
    sense.close();
    assertThat(file).as("closed once").doesNotExist();
  }

  @Test
  void theLastMinutesOfALogAreJudgedAsWell() {
    StringBuilder log = new StringBuilder();
    for (int minute = 0; minute < 200; minute++) {
      for (int i = 0; i < (minute == 199 ? 90 : 2); i++) {
        log.append(Instant.ofEpochSecond(0, START + minute * MINUTE))
            .append(" ERROR [main] com.shop.Pay - card refused\n");
      }
    }
    Analysis analysis =
        LogSense.builder()
            .source(LinesSource.of(log.toString(), 50))
            .baselines(folder.resolve("no").resolve("b"))
            .analyze();
    assertThat(analysis.findings()).extracting(Finding::kind).containsExactly(FindingKind.SPIKE);
  }

  private void run(Path file, int from, int to, int each, String text) {
    try (LogSense sense = live(file)) {
      for (int minute = from; minute < to; minute++) {
        errors(sense, minute, each, text);
      }
    }
  }

  private LogSense live(Path file) {
    return LogSense.builder().clock(() -> clock).baselines(file).onFinding(told::add).build();
  }

  private void errors(LogSense sense, int minute, int count, String text) {
    for (int i = 0; i < count; i++) {
      accept(sense, minute, Severity.ERROR, text);
    }
  }

  private void accept(LogSense sense, int minute, Severity severity, String text) {
    long time = START + minute * MINUTE;
    clock = Instant.ofEpochSecond(0, time);
    sense.accept(LogEvent.builder().timestamp(time).severity(severity).message(text).build());
  }
}
