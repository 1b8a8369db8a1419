package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CARD = "cannot charge the card";
  private static final AlertPolicy AT_ONCE = AlertPolicy.defaults().newWhen(1, Duration.ofDays(1));

  @TempDir Path dir;
  private final Pager pager = new Pager("pager");
  private Instant clock = NOON;
  private AlertPolicy policy = AT_ONCE;
  private Alerts alerts = new Alerts(null, policy, () -> clock, List.of());
  private LogSense sense = LogSense.builder().build();

  /** Notes what it is told, and fails as long as it is asked to. */
  private static final class Pager implements Notifier {
    private final String name;
    final List<Alert> got = new ArrayList<>();
    int failures;

    Pager(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void notify(Alert alert) throws IOException {
      if (failures > 0) {
        failures--;
        throw new IOException("no dial tone");
      }
      got.add(alert);
    }
  }

  @BeforeEach
  void begin() {
    alerts = open(pager);
    sense = engine(alerts);
  }

  @AfterEach
  void end() {
    sense.close();
    alerts.close();
  }

  private Alerts open(Notifier... notifiers) {
    return new Alerts(dir, policy, () -> clock, List.of(notifiers));
  }

  /** Nothing was known before, so every problem is new. */
  private LogSense engine(Alerts to) {
    return LogSense.builder().clock(() -> clock).previous(List.of()).alerts(to).build();
  }

  private void with(AlertPolicy other) {
    policy = other;
    restart();
  }

  private void restart() {
    end();
    begin();
  }

  private String error(long second) {
    return error(second, CARD);
  }

  private String error(long second, String text) {
    clock = NOON.plusSeconds(second);
    return sense.accept(event(second, text));
  }

  private static LogEvent event(long second, String text) {
    return LogEvent.builder()
        .timestamp(TimeUnit.SECONDS.toNanos(NOON.getEpochSecond() + second))
        .severity(Severity.ERROR)
        .message(text)
        .build();
  }

  private List<Alert> delivered() throws InterruptedException {
    alerts.deliver();
    return pager.got;
  }

  @Test
  void anEngineGoesOnTellingWhenAnotherProcessPurgesTheJournal() throws InterruptedException {
    Subject subject = Subject.of("Xanthippe Roe");
    with(policy.newWhen(1, Duration.ofMinutes(10)));
    error(0, "order of Xanthippe Roe failed");
    assertThat(delivered()).hasSize(1);
    try (Alerts other = open(pager)) {
      assertThat(other.purge(subject)).isPositive();
    }

    error(3600, "the disk is full");
    assertThat(delivered()).hasSize(2);
    assertThat(alerts.mentions(subject)).isZero();
  }

  @Test
  void aNewGroupIsToldOfOnceWhenEnoughEventsCameWithinTheDuration() throws InterruptedException {
    with(AlertPolicy.defaults().newWhen(5, Duration.ofMinutes(10)));
    for (int minute = 0; minute < 60; minute += 3) {
      error(minute * 60L);
    }
    assertThat(delivered()).isEmpty();
    error(4100);
    error(4101);
    error(4102);
    assertThat(delivered()).isEmpty();
    error(4103);
    error(4104);

    assertThat(delivered()).hasSize(1);
    Alert alert = pager.got.get(0);
    assertThat(alert.summary()).isEqualTo("New: " + CARD);
    assertThat(alert.isStorm()).isFalse();
    assertThat(alert.items().get(0).kind()).isEqualTo(FindingKind.NEW);
    assertThat(alert.items().get(0).severity()).isEqualTo(FindingSeverity.MEDIUM);
    assertThat(alert.time()).isEqualTo(NOON.plusSeconds(4104));
    for (int i = 0; i < 10_000; i++) {
      error(4105 + i);
    }
    assertThat(delivered()).extracting(Alert::summary).containsOnlyOnce("New: " + CARD);
  }

  @Test
  void aGroupThatWasNewBeforeARestartIsToldOfWhenItIsWorthItAfterwards()
      throws InterruptedException {
    with(AlertPolicy.defaults().newWhen(3, Duration.ofHours(1)));
    error(0);
    error(1);
    List<Group> known = sense.snapshot().groups();
    restart();
    sense.close();
    sense = LogSense.builder().clock(() -> clock).previous(known).alerts(alerts).build();
    error(2);
    error(3);
    assertThat(delivered()).isEmpty();
    error(4);
    assertThat(delivered()).hasSize(1);
  }

  @Test
  void aRestartTellsNothingAgain() throws InterruptedException {
    error(0);
    assertThat(delivered()).hasSize(1);
    for (int i = 1; i < 4; i++) {
      restart();
      error(i);
      assertThat(delivered()).hasSize(1);
    }
  }

  @Test
  void whatWasDecidedBeforeACrashIsDeliveredAfterItUnderTheSameId() throws InterruptedException {
    error(0);
    List<Alert> decided = alerts.history();
    restart();
    assertThat(pager.got).isEmpty();

    assertThat(delivered()).isEqualTo(decided).hasSize(1);
    restart();
    assertThat(delivered()).hasSize(1);
  }

  /** The crash comes when the notifier got through, before that could be noted. */
  @Test
  void aCrashWhileNotifyingDeliversTwiceUnderOneId() throws InterruptedException {
    Notifier crashing =
        new Notifier() {
          @Override
          public String name() {
            return "pager";
          }

          @Override
          public void notify(Alert alert) throws IOException {
            pager.notify(alert);
            alerts.close();
          }
        };
    end();
    alerts = open(crashing);
    sense = engine(alerts);
    error(0);
    alerts.deliver();
    restart();

    assertThat(delivered()).hasSize(2);
    assertThat(pager.got.get(0)).isEqualTo(pager.got.get(1));
  }

  @Test
  void ofTwoProcessesThatFindTheSameOneTellsIt() throws InterruptedException {
    try (Alerts second = open(pager);
        LogSense other = engine(second)) {
      error(0);
      other.accept(event(0, CARD));
      assertThat(second.history()).isEqualTo(alerts.history()).hasSize(1);
      alerts.deliver();
      second.deliver();
      assertThat(pager.got).hasSize(1);
    }
  }

  @Test
  void threeHundredNewGroupsInAMinuteAreOneStormThatListsThem() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      error(i / 5, words(i));
    }
    assertThat(delivered()).hasSize(10).noneMatch(Alert::isStorm);
    clock = NOON.plusSeconds(90);
    assertThat(delivered()).as("it may go on").hasSize(10);
    clock = NOON.plusSeconds(120);

    assertThat(delivered()).hasSize(11);
    Alert storm = pager.got.get(10);
    assertThat(storm.isStorm()).isTrue();
    assertThat(storm.items()).hasSize(290);
    assertThat(storm.summary())
        .startsWith("Storm of 290 groups (290 new): New: ")
        .endsWith(" | and 287 more");
    assertThat(pager.got.stream().flatMap(alert -> alert.items().stream()))
        .extracting(Alert.Item::group)
        .doesNotHaveDuplicates()
        .hasSize(300);
    restart();
    error(200, words(17));
    error(200, words(170));
    clock = NOON.plusSeconds(4000);
    assertThat(delivered()).as("each is remembered").hasSize(11);
  }

  @Test
  void aStormThatGoesOnIsToldAfterFiveMinutesAndOneThatARestartInterruptsAsWell()
      throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      error(i * 10L, words(i));
      delivered();
    }
    assertThat(pager.got).filteredOn(Alert::isStorm).hasSize(2);
    for (int i = 100; i < 120; i++) {
      error(1200, words(i));
    }
    restart();
    clock = NOON.plusSeconds(2000);
    delivered();
    assertThat(pager.got.stream().flatMap(alert -> alert.items().stream()))
        .extracting(Alert.Item::group)
        .doesNotHaveDuplicates()
        .hasSize(120);
  }

  /** Words that no miner takes for a variable part of one template. */
  private static String words(int i) {
    Random random = new Random(i);
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < 6; word++) {
      for (int letter = 0; letter < 7; letter++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(' ');
    }
    return text.append("failed").toString();
  }

  @Test
  void whatIsNotUrgentEnoughIsNotTold() throws InterruptedException {
    with(AT_ONCE.atLeast(FindingSeverity.HIGH));
    error(0);
    assertThat(delivered()).isEmpty();
  }

  @Test
  void aNotifierThatThrowsIsTriedAgainLaterAndHoldsUpNeitherAlertsNorOtherNotifiers()
      throws InterruptedException {
    Pager other = new Pager("other");
    end();
    alerts = open(pager, other);
    sense = engine(alerts);
    pager.failures = 3;
    error(0);
    assertThat(delivered()).isEmpty();
    assertThat(other.got).hasSize(1);
    assertThat(delivered()).as("not at once").isEmpty();
    clock = NOON.plusSeconds(1);
    assertThat(delivered()).isEmpty();
    clock = NOON.plusSeconds(2);
    assertThat(delivered()).as("the pause doubles").isEmpty();
    assertThat(pager.failures).isEqualTo(1);
    clock = NOON.plusSeconds(3);
    delivered();
    error(4, "no stock");
    assertThat(delivered()).extracting(Alert::summary).containsExactly("New: no stock");
    clock = NOON.plusSeconds(60);
    assertThat(delivered()).hasSize(2);
    assertThat(other.got).hasSize(2);
  }

  @Test
  void aNotifierThatHangsHurtsNeitherTheEngineNorOthers() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    BlockingQueue<Alert> got = new LinkedBlockingQueue<>();
    Notifier stuck = notifier("stuck", alert -> hanging.await());
    Notifier works = notifier("works", got::put);
    try (Alerts real = Alerts.inMemory(AT_ONCE, stuck, works);
        LogSense engine = engine(real)) {
      engine.accept(event(0, CARD));
      assertThat(got.poll(30, TimeUnit.SECONDS)).isNotNull();
      for (int i = 0; i < 1000; i++) {
        engine.accept(event(i, CARD));
      }
      engine.accept(event(1001, "no stock"));
      assertThat(got.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(engine.snapshot().events()).isEqualTo(1002);
    }
    await().until(() -> hanging.getCount() == 1);
  }

  private interface Delivery {
    void take(Alert alert) throws InterruptedException;
  }

  private static Notifier notifier(String name, Delivery delivery) {
    return new Notifier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void notify(Alert alert) throws InterruptedException {
        delivery.take(alert);
      }
    };
  }

  @Test
  void whatIsPushedOutBeforeItWasDeliveredIsCounted() {
    with(AT_ONCE.stormFrom(10_000, Duration.ofMinutes(5)));
    for (int i = 0; i < 1_005; i++) {
      error(0, words(i));
    }
    assertThat(alerts.history()).hasSize(1_000);
    assertThat(alerts.givenUp()).isEqualTo(5);
  }

  @Test
  void aRegressionIsToldAgainAndAnIgnoredGroupNever() throws InterruptedException {
    try (Triage triage = Triage.inMemory(() -> clock)) {
      sense.close();
      sense =
          LogSense.builder()
              .clock(() -> clock)
              .previous(List.of())
              .triage(triage)
              .alerts(alerts)
              .build();
      error(0);
      assertThat(delivered()).hasSize(1);
      clock = NOON.plusSeconds(10);
      triage.resolve(sense.snapshot().top(1).get(0), "ana", "");
      error(20);
      error(21);
      assertThat(delivered()).hasSize(2);
      assertThat(pager.got.get(1).summary()).startsWith("Regression (resolved by ana)");
    }
  }

  @Test
  void anAnalysisTellsOfItsFindingsOnceHoweverOftenItRuns() throws InterruptedException {
    with(AlertPolicy.defaults().newWhen(2, Duration.ofMinutes(1)));
    String log =
        "2026-03-01T12:00:01Z ERROR cannot charge the card\n"
            + "2026-03-01T12:00:05Z ERROR cannot charge the card\n"
            + "2026-03-01T12:00:07Z ERROR no stock\n";
    for (int i = 0; i < 2; i++) {
      LogSense.builder()
          .source(LinesSource.of(log, 2))
          .previous(List.of())
          .alerts(alerts)
          .analyze();
    }
    assertThat(delivered()).extracting(Alert::summary).containsExactly("New: " + CARD);
  }

  @Test
  void twoNotifiersOfOneNameAreRefused() {
    assertThatThrownBy(() -> open(pager, new Pager("pager"))).hasMessageContaining("'pager'");
  }
}
