package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.api.group.Group;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageInTheEngineTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CARD = "cannot charge the card";

  @TempDir Path dir;
  private final List<Finding> told = new ArrayList<>();
  private Instant clock = NOON;
  private Triage triage = Triage.inMemory();
  private LogSense sense = LogSense.builder().build();

  @BeforeEach
  void begin() {
    triage = Triage.open(dir, () -> clock);
    sense = engine(triage);
  }

  @AfterEach
  void end() {
    sense.close();
    triage.close();
  }

  private LogSense engine(Triage of) {
    return LogSense.builder().clock(() -> clock).triage(of).onFinding(told::add).build();
  }

  private void restart() {
    end();
    begin();
  }

  /** An event so many seconds after noon, when it comes as well. */
  private String error(int second) {
    return error(second, CARD, "");
  }

  private String error(int second, String text, String version) {
    clock = NOON.plusSeconds(second);
    return sense.accept(event(second, text, version));
  }

  private static LogEvent event(int second, String text, String version) {
    return LogEvent.builder()
        .timestamp(nanos(second))
        .severity(Severity.ERROR)
        .message(text)
        .version(version)
        .build();
  }

  private static long nanos(int second) {
    return TimeUnit.SECONDS.toNanos(NOON.getEpochSecond() + second);
  }

  private Group group() {
    return sense.snapshot().groups().stream()
        .filter(group -> group.title().equals(CARD))
        .findFirst()
        .orElseThrow();
  }

  private GroupStatus status() {
    return triage.status(group());
  }

  @Test
  void anEventAfterTheResolutionIsARegressionWithItsFacts() {
    error(0);
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "ana", "waits for the pool now");
    assertThat(told).isEmpty();

    error(25);

    Finding back = told.get(0);
    assertThat(told).hasSize(1);
    assertThat(back.kind()).isEqualTo(FindingKind.REGRESSION);
    assertThat(back.severity()).isEqualTo(FindingSeverity.HIGH);
    assertThat(back.time()).isEqualTo(nanos(25));
    assertThat(back.checks()).hasSize(1).allMatch(Check::holds);
    assertThat(back.checks().get(0)).hasToString("seconds after it was resolved 15 > 0");
    assertThat(back.summary()).isEqualTo("Regression (resolved by ana): " + CARD);
    assertThat(back.group().count()).isEqualTo(2);
    assertThat(status()).isEqualTo(GroupStatus.REGRESSED);
    StatusChange change = triage.history(group().id()).get(1);
    assertThat(change.who()).isEqualTo("logsense");
    assertThat(change.why()).startsWith("seconds after it was resolved 15 > 0");
    assertThat(sense.snapshot().findings())
        .extracting(Finding::kind)
        .contains(FindingKind.REGRESSION);
  }

  @Test
  void tenThousandRepeatsAreOneRegressionAndANewResolutionMakesAnother() {
    String id = error(0);
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "ana", "");
    for (int i = 0; i < 10_000; i++) {
      error(11 + i);
    }
    sense.repeat(id, Severity.ERROR, nanos(20_000), 10_000);
    assertThat(told).extracting(Finding::kind).containsOnlyOnce(FindingKind.REGRESSION);
    assertThat(triage.history(id)).hasSize(2);

    clock = NOON.plusSeconds(30_000);
    told.clear();
    triage.resolve(group(), "ana", "again");
    sense.repeat(id, Severity.ERROR, nanos(30_001), 10_000);
    assertThat(told).extracting(Finding::kind).containsOnlyOnce(FindingKind.REGRESSION);
  }

  @Test
  void lateEventsFromBeforeTheResolutionAreNoRegression() {
    error(0);
    clock = NOON.plusSeconds(100);
    triage.resolve(group(), "ana", "");
    clock = NOON.plusSeconds(200);
    sense.accept(event(99, CARD, ""));
    sense.accept(event(100, CARD, ""));

    assertThat(told).isEmpty();
    assertThat(status()).isEqualTo(GroupStatus.RESOLVED);

    sense.accept(event(101, CARD, ""));
    assertThat(told).hasSize(1);
  }

  @Test
  void anEventWithoutATimeCountsAsOfNowAndOneFromTheFutureNot() {
    error(0);
    clock = NOON.plusSeconds(100);
    triage.resolve(group(), "ana", "");
    sense.accept(event((int) Duration.ofDays(40).toSeconds(), CARD, ""));
    assertThat(told).isEmpty();

    clock = NOON.plusSeconds(101);
    sense.accept(LogEvent.builder().severity(Severity.ERROR).message(CARD).build());
    assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.REGRESSION);
  }

  @Test
  void whatIsFixedInAVersionComesBackOnlyInThatOrALaterOne() {
    error(0, CARD, "1.9");
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "1.10.0", "ana", "");
    for (String earlier : List.of("1.9", "1.2", "", "v1.9.9", "1.10.0-rc1")) {
      error(20, CARD, earlier);
    }
    assertThat(told).isEmpty();

    error(30, CARD, "1.10");

    assertThat(told).hasSize(1);
    assertThat(told.get(0).version()).isEqualTo("1.10");
    assertThat(told.get(0).checks())
        .extracting(Check::toString)
        .containsExactly(
            "seconds after it was resolved 20 > 0", "order of version 1.10 after 1.10.0 0 >= 0");
  }

  @Test
  void whereNamesOfVersionsHaveNoOrderAnyThatWasNotSeenBeforeIsALaterOne() {
    error(0, CARD, "9c1f3ab");
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "77e0d21", "ana", "");
    error(20, CARD, "9c1f3ab");
    assertThat(told).isEmpty();
    error(21, CARD, "e4d5c01");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).checks()).hasSize(2).allMatch(Check::holds);
  }

  @Test
  void aRestartInTheMiddleKnowsWhatIsResolvedAndWhatCameBack() {
    error(0);
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "ana", "");
    restart();
    error(5);
    assertThat(told).isEmpty();
    error(11);
    assertThat(told).hasSize(1);

    restart();
    error(12);
    assertThat(told).as("it is known to be back").hasSize(1);
    assertThat(status()).isEqualTo(GroupStatus.REGRESSED);
  }

  @Test
  void ofTwoEnginesOnOneDirectoryOneSaysThatAGroupIsBack() {
    error(0);
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "ana", "");
    try (Triage other = Triage.open(dir, () -> clock);
        LogSense second = engine(other)) {
      error(20);
      second.accept(event(20, CARD, ""));
      second.accept(event(21, CARD, ""));
      error(22);

      assertThat(told).hasSize(1);
      assertThat(other.history()).hasSize(2).isEqualTo(triage.history());
    }
  }

  @Test
  void eventsThatComeBeforeADecisionOfAnotherProcessIsSeenCount() {
    error(0);
    try (Triage other = Triage.open(dir, () -> clock)) {
      clock = NOON.plusSeconds(10);
      other.resolve(group(), "ana", "");
    }
    error(20);
    assertThat(told).isEmpty();
    triage.refresh();
    error(21, "something else", "");
    assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.REGRESSION);
    assertThat(told.get(0).time()).isEqualTo(nanos(20));
  }

  @Test
  void anIgnoredGroupMakesNoFindingsAtAll() {
    for (int second = 0; second < 36_000; second += 20) {
      error(second);
    }
    triage.ignore(group(), Until.forever(), "ana", "not ours");
    spike(36_000);
    assertThat(told).isEmpty();
    assertThat(sense.snapshot().findings()).isEmpty();
    assertThat(status()).isEqualTo(GroupStatus.IGNORED);

    triage.reopen(group(), "ana", "");
    assertThat(sense.snapshot().findings()).extracting(Finding::kind).contains(FindingKind.SPIKE);
  }

  private void spike(int from) {
    for (int second = from; second < from + 240; second++) {
      sense.accept(event(second, CARD, ""));
      sense.accept(event(second, CARD, ""));
      clock = NOON.plusSeconds(second);
    }
  }

  @Test
  void ignoredUntilATimeMeansUntilAnEventOfThatTime() {
    error(0);
    triage.investigate(group(), "ana", "");
    triage.ignore(group(), Until.time(NOON.plusSeconds(100)), "ana", "");
    error(99);
    assertThat(told).isEmpty();
    error(100);
    back("seconds after the time until which it was ignored 0 >= 0");
    assertThat(status()).as("what it was before").isEqualTo(GroupStatus.INVESTIGATING);
  }

  @Test
  void ignoredUntilSoManyMoreEventsCountsOverARestart() {
    error(0);
    triage.ignore(group(), Until.events(5), "ana", "");
    error(1);
    error(2);
    error(3);
    restart();
    error(3, "something else", "");
    error(2);
    assertThat(told).as("an event that is read again counts once").isEmpty();
    error(4);
    assertThat(told).isEmpty();
    error(5);
    back("events since it was ignored 5 >= 5");
    assertThat(status()).isEqualTo(GroupStatus.NEW);
  }

  @Test
  void ignoredUntilMoreThanSoManyEventsComeWithinADuration() {
    error(0);
    triage.ignore(group(), Until.moreThan(3, Duration.ofSeconds(10)), "ana", "");
    for (int second = 10; second < 100; second += 4) {
      error(second);
    }
    assertThat(told).isEmpty();
    error(200);
    error(201);
    error(205);
    assertThat(told).isEmpty();
    error(210);
    back("events within PT10S 4 > 3");
  }

  @Test
  void ignoredUntilAnotherVersionMeansOneItWasNotSeenIn() {
    error(0, CARD, "1.0");
    triage.ignore(group(), Until.anotherVersion(), "ana", "");
    error(1, CARD, "1.0");
    error(2, CARD, "");
    assertThat(told).isEmpty();
    error(3, CARD, "1.1");
    back("versions named '1.1' when it was ignored 0 <= 0");
  }

  private void back(String check) {
    assertThat(told).hasSize(1);
    Finding back = told.get(0);
    assertThat(back.kind()).isEqualTo(FindingKind.REGRESSION);
    assertThat(back.what()).startsWith("ignored by ana until ");
    assertThat(back.checks()).extracting(Check::toString).containsExactly(check);
    List<StatusChange> history = triage.history(group().id());
    assertThat(history.get(history.size() - 1).who()).isEqualTo("logsense");
    assertThat(history.get(history.size() - 1).why()).startsWith(check);
  }

  @Test
  void aGroupWhoseTemplateBecameMoreGeneralKeepsWhatWasDecided() {
    error(0, "cache alpha is stale", "");
    String first = error(0, "cache beta is stale", "");
    clock = NOON.plusSeconds(10);
    triage.resolve(sense.snapshot().find(first).orElseThrow(), "ana", "");
    for (String late : List.of("gamma", "delta")) {
      sense.accept(event(5, "cache " + late + " is stale", ""));
    }
    assertThat(told).isEmpty();
    String last = error(20, "cache omega is stale", "");
    assertThat(last).as("the template has another id by now").isNotEqualTo(first);

    for (int i = 0; i < 100; i++) {
      error(30 + i, "something else", "");
    }
    assertThat(told).extracting(Finding::kind).containsExactly(FindingKind.REGRESSION);
    assertThat(told.get(0).time()).isEqualTo(nanos(20));
    assertThat(triage.status(last)).isEqualTo(GroupStatus.REGRESSED);
    assertThat(triage.status(first)).isEqualTo(GroupStatus.REGRESSED);
  }

  @Test
  void anAnalysisFindsWhatCameBackAsOftenAsItReadsItButChangesTheStatusOnce() {
    String log =
        "2026-03-01T12:00:01Z ERROR cannot charge the card\n"
            + "2026-03-01T12:05:00Z ERROR cannot charge the card\n"
            + "2026-03-01T12:00:07Z ERROR no stock\n";
    Analysis before = analyze(log);
    Group card = before.groups().stream().filter(g -> g.title().equals(CARD)).findFirst().get();
    Group stock = before.groups().stream().filter(g -> g != card).findFirst().get();
    clock = NOON.plusSeconds(60);
    triage.resolve(card, "ana", "");
    triage.resolve(stock, "ana", "");

    for (int i = 0; i < 2; i++) {
      assertThat(analyze(log).findings())
          .filteredOn(finding -> finding.kind() == FindingKind.REGRESSION)
          .singleElement()
          .satisfies(
              back -> {
                assertThat(back.group().id()).isEqualTo(card.id());
                assertThat(back.time()).isEqualTo(nanos(300));
                assertThat(back.group().count()).isEqualTo(2);
              });
      assertThat(triage.history(card.id())).hasSize(2);
      assertThat(triage.status(card)).isEqualTo(GroupStatus.REGRESSED);
      assertThat(triage.status(stock)).isEqualTo(GroupStatus.RESOLVED);
    }
  }

  @Test
  void anAnalysisLeavesIgnoredGroupsOutOfItsFindingsAndCountsEventsOnce() {
    String log =
        """
        2026-03-01T12:00:00Z INFO started
        2026-03-01T12:59:00Z ERROR cannot charge the card
        2026-03-01T12:59:10Z ERROR cannot charge the card
        2026-03-01T13:00:00Z INFO stopped
        """;
    Analysis before = analyze(log);
    assertThat(before.findings()).extracting(Finding::kind).contains(FindingKind.NEW);
    triage.ignore(before.top(1).get(0), Until.events(3), "ana", "");
    for (int i = 0; i < 3; i++) {
      assertThat(analyze(log).findings()).isEmpty();
    }
    String more = log + "2026-03-01T13:10:00Z ERROR cannot charge the card\n";
    assertThat(analyze(more).findings())
        .extracting(Finding::kind)
        .containsExactly(FindingKind.REGRESSION);
    assertThat(triage.status(before.top(1).get(0))).isEqualTo(GroupStatus.NEW);
  }

  private Analysis analyze(String log) {
    return LogSense.builder()
        .source(LinesSource.of(log, 3))
        .clock(() -> clock)
        .triage(triage)
        .analyze();
  }

  @Test
  void aDirectoryThatCannotBeWrittenAnyMoreCostsNoFinding() {
    error(0);
    clock = NOON.plusSeconds(10);
    triage.resolve(group(), "ana", "");
    triage.close();
    error(20);
    error(21);
    assertThat(told).hasSize(1);
  }
}
