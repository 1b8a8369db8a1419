package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.Judgement;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long START = TimeUnit.HOURS.toNanos(490_000);

  private final List<Finding> told = new CopyOnWriteArrayList<>();
  private final Random random = new Random(7);
  private Instant clock = instant(START);

  @Test
  void aSpikeIsToldWhenItsMinuteIsOverWithTheBandItLeft() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 600; minute++) {
        errors(sense, minute, 2 + random.nextInt(3));
      }
      assertThat(told).isEmpty();

      errors(sense, 600, 80);
      errors(sense, 601, 80);
      errors(sense, 602, 1);

      Finding spike = told.get(0);
      assertThat(told).hasSizeLessThanOrEqualTo(2).allMatch(f -> f.kind() == FindingKind.SPIKE);
      assertThat(spike.time()).isEqualTo(START + 600 * MINUTE);
      assertThat(spike.observed()).isEqualTo(80);
      assertThat(spike.low()).isBetween(0.0, 3.0);
      assertThat(spike.high()).isBetween(6.0, 40.0);
      assertThat(spike.probability()).isLessThan(1e-6);
      assertThat(spike.severity()).isEqualTo(FindingSeverity.MEDIUM);
      assertThat(spike.checks()).isNotEmpty().allMatch(Check::holds);
      assertThat(spike.summary()).startsWith("Spike (80 in a minute, expected at most ");
      assertThat(spike.group().title()).isEqualTo("cannot charge the card");
    }
  }

  @Test
  void anAnalysisFindsInTheTimelineWhatALiveEngineIsTold() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 400; minute++) {
        errors(sense, minute, minute == 300 ? 70 : 1 + random.nextInt(4));
        heartbeat(sense, minute);
      }
      for (int minute = 400; minute < 460; minute++) {
        errors(sense, minute, 1 + random.nextInt(4));
      }

      assertThat(sense.snapshot().findings())
          .extracting(Finding::kind, Finding::time)
          .containsExactlyInAnyOrderElementsOf(
              told.stream().map(f -> tuple(f.kind(), f.time())).toList());
      assertThat(told).extracting(Finding::kind).contains(FindingKind.SPIKE, FindingKind.SILENCE);
    }
  }

  @Test
  void theBandOfASpikeComesOutAgainWhenItsTimelineIsJudgedAgain() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 500; minute++) {
        errors(sense, minute, minute == 450 ? 60 : random.nextInt(3));
      }
      Finding spike = told.get(0);

      AnomalyDetector again = Detectors.standard();
      Judgement judgement = new Judgement();
      var timeline = new TreeMap<>(spike.group().timeline());
      for (long at = timeline.firstKey(); at <= spike.time(); at += MINUTE) {
        again.observe(0, at / 1_000_000, timeline.getOrDefault(at, 0L), judgement);
      }
      assertThat(spike.time()).isEqualTo(START + 450 * MINUTE);
      assertThat(judgement.high()).isEqualTo(spike.high());
      assertThat(judgement.probability()).isEqualTo(spike.probability());
      assertThat(judgement.isFinding()).isTrue();
    }
  }

  @Test
  void moreOfWhatIsNoProblemIsNoFinding() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 300; minute++) {
        for (int i = 0; i < (minute == 200 ? 500 : 3); i++) {
          accept(sense, START + minute * MINUTE + i, Severity.INFO, "order placed", "");
        }
      }
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aHeartbeatThatStopsIsMissedOnceWhileOthersGoOn() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 100; minute++) {
        heartbeat(sense, minute);
        errors(sense, minute, 1);
      }
      for (int minute = 100; minute < 200; minute++) {
        errors(sense, minute, 1);
      }

      assertThat(told).hasSize(1);
      Finding silence = told.get(0);
      assertThat(silence.kind()).isEqualTo(FindingKind.SILENCE);
      assertThat(silence.time()).isEqualTo(START + 100 * MINUTE);
      assertThat(silence.probability()).isLessThan(1e-6);
      assertThat(silence.checks()).hasSize(4).allMatch(Check::holds);

      for (int minute = 200; minute < 210; minute++) {
        heartbeat(sense, minute);
      }
      assertThat(told).as("coming back is no finding").hasSize(1);
    }
  }

  @Test
  void timeGoesOnWithTheClockWhileNothingComes() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 100; minute++) {
        heartbeat(sense, minute);
      }
      clock = clock.plusSeconds(3600);
      sense.start();
      await().until(() -> !told.isEmpty());
      assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.SILENCE);
    }
  }

  @Test
  void aWrongClockInOneEventMovesNobodysTime() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 200; minute++) {
        heartbeat(sense, minute);
        errors(sense, minute, 5);
        if (minute == 120) {
          accept(sense, START + 40_000 * MINUTE, Severity.ERROR, "from the future", "");
          accept(sense, 0, Severity.ERROR, "from 1970", "");
          accept(sense, 0, Severity.ERROR, "cannot charge the card", "");
          accept(sense, LogEvent.NO_TIMESTAMP, Severity.ERROR, "from nowhere", "");
          accept(sense, Long.MAX_VALUE, Severity.INFO, "alive", "");
          accept(sense, Long.MIN_VALUE + 1, Severity.INFO, "alive", "");
        }
      }
      assertThat(told)
          .extracting(f -> f.kind().name() + f.group().title())
          .containsExactlyInAnyOrder("NEWfrom the future", "NEWfrom <*>");
      assertThat(sense.snapshot().findings())
          .noneMatch(finding -> finding.kind() == FindingKind.SILENCE);
    }
  }

  @Test
  void withoutAnEarlierRunNothingIsNewInTheFirstHour() {
    try (LogSense sense = live()) {
      errors(sense, 0, 1);
      accept(sense, START + 30 * MINUTE, Severity.ERROR, "disk full", "");
      assertThat(told).isEmpty();
      accept(sense, START + 61 * MINUTE, Severity.ERROR, "certificate has expired", "");
      accept(sense, START + 62 * MINUTE, Severity.INFO, "cache warmed", "");
      accept(sense, START + 63 * MINUTE, Severity.ERROR, "certificate has expired", "");
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0).kind()).isEqualTo(FindingKind.NEW);
    assertThat(told.get(0).checks())
        .containsExactly(Check.atLeast("minutes since the first event of all", 61, 60));
    assertThat(told.get(0).summary()).isEqualTo("New: certificate has expired");
  }

  @Test
  void besideAnEarlierRunTheFirstUnknownProblemIsNew() {
    List<Group> earlier;
    try (LogSense sense = live()) {
      errors(sense, 0, 1);
      earlier = sense.snapshot().groups();
    }
    try (LogSense sense =
        LogSense.builder().previous(earlier).clock(() -> clock).onFinding(told::add).build()) {
      errors(sense, 1, 5);
      accept(sense, START + MINUTE, Severity.ERROR, "disk full", "");
    }
    assertThat(told).extracting(f -> f.group().title()).containsExactly("disk full");
  }

  @Test
  void aVersionThatFailsMoreOftenThanThoseBeforeIsADrift() {
    try (LogSense sense = live()) {
      for (int i = 0; i < 5000; i++) {
        String version = i < 3000 ? "1.4" : "1.5";
        boolean fails = i % (i < 3000 ? 300 : 20) == 0;
        accept(
            sense,
            START + i * MINUTE / 20,
            fails ? Severity.ERROR : Severity.INFO,
            fails ? "cannot charge the card" : "order placed",
            version);
      }
      Finding drift =
          told.stream()
              .filter(f -> f.kind() == FindingKind.VERSION_DRIFT)
              .findFirst()
              .orElseThrow();
      assertThat(drift.version()).isEqualTo("1.5");
      assertThat(drift.checks()).allMatch(Check::holds);
      assertThat(told).hasSize(1);
      assertThat(sense.snapshot().findings())
          .filteredOn(f -> f.kind() == FindingKind.VERSION_DRIFT)
          .extracting(Finding::version)
          .containsExactly("1.5");
    }
  }

  @Test
  void steadyErrorsAreNoFindingHoweverRareOrFrequent() {
    for (double rate : new double[] {0.02, 0.3, 4, 60}) {
      try (LogSense sense = live()) {
        for (int minute = 0; minute < 4000; minute++) {
          errors(sense, minute, poisson(rate));
        }
      }
    }
    assertThat(told).isEmpty();
  }

  @Test
  void repeatsCountLikeEvents() {
    try (LogSense sense = live()) {
      LogEvent first = event(START, Severity.ERROR, "cannot charge the card", "1.4");
      String id = sense.accept(first);
      sense.repeat(id, Severity.ERROR, START + MINUTE, 41);

      Group group = sense.snapshot().groups().get(0);
      assertThat(group.id()).isEqualTo(id);
      assertThat(group.count()).isEqualTo(42);
      assertThat(group.versions()).containsEntry("1.4", 42L);
      assertThat(group.timeline().values()).containsExactly(1L, 41L);
      assertThat(sense.snapshot().events()).isEqualTo(42);
      assertThatThrownBy(() -> sense.repeat("tm1:no", Severity.ERROR, START, 1))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("tm1:no");
      assertThatThrownBy(() -> sense.repeat(id, Severity.ERROR, START, 0))
          .isInstanceOf(LogSenseException.class);
    }
  }

  @Test
  void whatTheHostAcceptsIsMaskedAndFiltered() {
    try (LogSense sense =
        LogSense.builder().filter(e -> e.severity().atLeast(Severity.WARN)).build()) {
      sense.accept(event(START, Severity.ERROR, "no mail to jane.roe@example.org", ""));
      assertThat(sense.accept(event(START, Severity.INFO, "fine", ""))).isEmpty();
      assertThat(sense.snapshot().groups()).hasSize(1);
      assertThat(sense.snapshot().groups().get(0).representative().message())
          .isEqualTo("no mail to <EMAIL_REDACTED>");
    }
  }

  @Test
  void aListenerMayThrowAndMayCallTheEngineItself() {
    LogSense[] own = new LogSense[1];
    try (LogSense sense =
        LogSense.builder()
            .clock(() -> clock)
            .onNewGroup(
                group -> {
                  if (own[0].snapshot().events() < 5) {
                    own[0].accept(event(START, Severity.WARN, "told of " + group.kind(), ""));
                  }
                  throw new IllegalStateException("listener");
                })
            .build()) {
      own[0] = sense;
      sense.accept(event(START, Severity.ERROR, "first", ""));
      assertThat(sense.snapshot().events()).isEqualTo(3);
    }
  }

  @Test
  void whateverTheTimesAreCountsAreExactAndFindingsHold() {
    long[] ends = {
      Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE, LogEvent.NO_TIMESTAMP
    };
    for (int run = 0; run < 60; run++) {
      told.clear();
      clock = instant(START);
      try (LogSense sense = live()) {
        long time = START;
        int events = 500 + random.nextInt(500);
        for (int i = 0; i < events; i++) {
          time +=
              switch (random.nextInt(40)) {
                case 0 -> 5000 * MINUTE;
                case 1 -> -5000 * MINUTE;
                case 2 -> -3 * MINUTE;
                case 3 -> 90 * MINUTE;
                default -> random.nextInt(2) * MINUTE / 2;
              };
          boolean wild = random.nextInt(50) == 0;
          Severity severity = random.nextBoolean() ? Severity.ERROR : Severity.INFO;
          sense.accept(
              event(
                  wild ? ends[random.nextInt(ends.length)] : time,
                  severity,
                  severity == Severity.ERROR ? "card refused" : "alive",
                  i % 100 < 50 ? "1" : "2"));
          clock = random.nextInt(30) == 0 ? instant(START) : instant(Math.max(START, time));
        }
        Analysis analysis = sense.snapshot();
        assertThat(analysis.groups().stream().mapToLong(Group::count).sum()).isEqualTo(events);
        assertThat(analysis.findings()).allMatch(f -> f.checks().stream().allMatch(Check::holds));
        assertThat(told).allMatch(f -> f.checks().stream().allMatch(Check::holds));
        analysis.groups().forEach(Findings::expectations);
      }
    }
  }

  @Test
  void anEventHoursAheadNeitherSilencesOthersNorBlindsItsGroup() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 300; minute++) {
        heartbeat(sense, minute);
        errors(sense, minute, minute >= 200 && minute < 204 ? 90 : 3);
        if (minute == 120) {
          sense.accept(event(START + 1500 * MINUTE, Severity.ERROR, "cannot charge the card", ""));
        }
      }
    }
    assertThat(told).isNotEmpty().allMatch(finding -> finding.kind() == FindingKind.SPIKE);
  }

  @Test
  void heartbeatsThatTurnOutToBeOneAreNotMissedAsTwo() {
    try (LogSense sense = live()) {
      for (int minute = 0; minute < 200; minute++) {
        String worker = minute < 100 ? "alpha" : List.of("beta", "gamma", "delta").get(minute % 3);
        accept(sense, START + minute * MINUTE, Severity.INFO, "worker " + worker + " is fine", "");
        errors(sense, minute, 2);
      }
      String id = sense.accept(event(START, Severity.INFO, "worker omega is fine", ""));
      assertThat(told)
          .filteredOn(finding -> finding.kind() == FindingKind.SILENCE)
          .noneMatch(finding -> finding.group().id().equals(id));
    }
  }

  @Test
  void aBacklogOfTwoFilesIsNoSilence(@TempDir Path folder) throws IOException {
    for (String name : List.of("busy", "rare")) {
      StringBuilder log = new StringBuilder();
      for (int minute = 0; minute < 6000; minute += name.equals("busy") ? 1 : 200) {
        for (int i = 0; i < (name.equals("busy") ? 20 : 1); i++) {
          log.append(instant(START + minute * MINUTE + i))
              .append(" INFO [main] com.shop.Beat - ")
              .append(name)
              .append(" is alive\n");
        }
      }
      Files.writeString(folder.resolve(name + ".log"), log);
    }
    clock = instant(START + 6000 * MINUTE);
    try (LogSense sense =
        LogSense.builder()
            .source(Sources.tail(folder))
            .clock(() -> clock)
            .onFinding(told::add)
            .build()) {
      sense.start();
      await().until(() -> sense.snapshot().events() >= 120_000);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whatAFilterFailsOnIsADeadLetterAndTheRestIsCounted(@TempDir Path folder) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      log.append(instant(START + i * MINUTE)).append(" ERROR [main] com.shop.A - n").append(i);
      log.append(" failed\n");
    }
    Path file = Files.writeString(folder.resolve("a.log"), log);
    try (LogSense sense =
        LogSense.builder()
            .source(Sources.tail(file))
            .filter(
                event -> {
                  if (event.message().startsWith("n50 ")) {
                    throw new IllegalStateException("filter");
                  }
                  return true;
                })
            .build()) {
      sense.start();
      await().until(() -> sense.snapshot().records() == 100);
      assertThat(sense.snapshot().events()).isEqualTo(99);
      assertThat(sense.snapshot().deadLetterSamples().get(0).reason()).contains("filter");
    }
  }

  @Test
  void anErrorOfAListenerDoesNotReachTheHost() {
    try (LogSense sense =
        LogSense.builder()
            .onNewGroup(
                group -> {
                  throw new NoClassDefFoundError("listener");
                })
            .build()) {
      assertThat(sense.accept(event(START, Severity.ERROR, "first", ""))).isNotEmpty();
    }
  }

  private LogSense live() {
    return LogSense.builder().clock(() -> clock).onFinding(told::add).build();
  }

  private void errors(LogSense sense, int minute, int count) {
    for (int i = 0; i < count; i++) {
      accept(sense, START + minute * MINUTE + i, Severity.ERROR, "cannot charge the card", "");
    }
  }

  private void heartbeat(LogSense sense, int minute) {
    accept(sense, START + minute * MINUTE, Severity.INFO, "alive", "");
  }

  private void accept(LogSense sense, long time, Severity severity, String text, String version) {
    if (Math.abs(time - START) < 10_000 * MINUTE && time > START) {
      clock = instant(time);
    }
    sense.accept(event(time, severity, text, version));
  }

  private static LogEvent event(long time, Severity severity, String text, String version) {
    return LogEvent.builder()
        .timestamp(time)
        .severity(severity)
        .message(text)
        .version(version)
        .build();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    int k = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      k++;
    }
    return k;
  }
}
