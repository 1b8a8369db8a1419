package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Change;
import io.logsense.api.finding.ChangeKind;
import io.logsense.api.finding.Check;
import io.logsense.api.group.Group;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long START = TimeUnit.HOURS.toNanos(490_000);

  /** As different as it takes for each to be a template of its own. */
  private static final String[] MESSAGES = {
    "queue is slow",
    "disk almost full on volume",
    "retrying the payment gateway soon",
    "session has expired",
    "mail server answered late",
    "cannot parse invoice footer",
    "stock level below minimum today",
    "price list is older than expected",
    "token refresh postponed",
    "too many open files in worker",
    "search index behind by some documents",
    "coupon was not applied",
    "address could not be verified by carrier",
    "thumbnail missing",
    "replica lags behind primary",
    "customs form incomplete for parcel",
    "clock drift against time server",
    "login throttled",
    "export aborted by user request",
    "garbage collection took long again"
  };

  @Test
  void findsWhatIsNewGoneGrownAndShrunkAndNothingElse() {
    Sample before = new Sample(1);
    Sample after = new Sample(2);
    for (Sample sample : List.of(before, after)) {
      for (int i = 0; i < 15; i++) {
        sample.steady(Severity.WARN, 1 + i, MESSAGES[i]);
      }
    }
    before.steady(Severity.ERROR, 2, "cannot reach the printer");
    after.steady(Severity.ERROR, 3, "the certificate has expired");
    before.steady(Severity.ERROR, 1, "card was declined");
    after.steady(Severity.ERROR, 4, "card was declined");
    before.steady(Severity.INFO, 9, "cache refreshed by timer");
    after.steady(Severity.INFO, 2, "cache refreshed by timer");

    Changes changes = Changes.between(before.groups(), after.groups());

    assertThat(changes.certain())
        .extracting(Change::kind, change -> change.group().title())
        .containsExactly(
            tuple(ChangeKind.NEW, "the certificate has expired"),
            tuple(ChangeKind.GROWN, "card was declined"),
            tuple(ChangeKind.GONE, "cannot reach the printer"),
            tuple(ChangeKind.SHRUNK, "cache refreshed by timer"));
    assertThat(changes.certain())
        .allSatisfy(change -> assertThat(change.checks()).allMatch(Check::holds));
    assertThat(changes.all()).hasSize(19);
    assertThat(changes.scale()).isCloseTo(1, within(0.1));
    Change grown = changes.certain().get(1);
    assertThat(grown.ratio().low()).isLessThan(4);
    assertThat(grown.ratio().high()).isGreaterThan(4);
    assertThat(grown.summary())
        .startsWith("Grown (" + grown.after() + " after, " + grown.before() + " before, ")
        .endsWith("): card was declined");
    assertThat(changes.certain().get(0).ratio().high()).isInfinite();
    assertThat(changes.certain().get(2).ratio().low()).isZero();
  }

  @Test
  void nothingChangesWhenThreeTimesAsMuchIsLogged() {
    Sample before = new Sample(3);
    Sample after = new Sample(4);
    for (int i = 0; i < 12; i++) {
      before.steady(Severity.WARN, 2 + i, MESSAGES[i]);
      after.steady(Severity.WARN, 3 * (2 + i), MESSAGES[i]);
    }

    Changes changes = Changes.between(before.groups(), after.groups());

    assertThat(changes.certain()).isEmpty();
    assertThat(changes.scale()).isCloseTo(3, within(0.3));
  }

  @Test
  void aFloodOfOneGroupMakesNoOtherRare() {
    Sample before = new Sample(5);
    Sample after = new Sample(6);
    for (int i = 0; i < 12; i++) {
      before.steady(Severity.WARN, 2 + i, MESSAGES[i]);
      after.steady(Severity.WARN, 2 + i, MESSAGES[i]);
    }
    before.steady(Severity.ERROR, 1, "disk is full");
    after.steady(Severity.ERROR, 900, "disk is full");

    Changes changes = Changes.between(before.groups(), after.groups());

    assertThat(changes.certain())
        .extracting(Change::kind, change -> change.group().title())
        .containsExactly(tuple(ChangeKind.GROWN, "disk is full"));
  }

  @Test
  void twoSamplesOfTheSameStreamDifferByChanceOnly() {
    assertThat(seedsWithChanges(false)).isLessThanOrEqualTo(2);
  }

  @Test
  void whatComesInBurstsDiffersByChanceToo() {
    assertThat(seedsWithChanges(true)).isLessThanOrEqualTo(6);
  }

  /** In how many of 200 pairs of samples of one stream a change is found. */
  private static int seedsWithChanges(boolean bursts) {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      Sample before = new Sample(10_000 + seed);
      Sample after = new Sample(20_000 + seed);
      for (int i = 0; i < MESSAGES.length; i++) {
        // From one in three hours to thirty a minute: most groups of a log are rare.
        double perMinute = 30 * StrictMath.pow(0.62, i);
        for (Sample sample : List.of(before, after)) {
          if (bursts) {
            sample.bursts(perMinute / 5, 5, MESSAGES[i]);
          } else {
            sample.steady(Severity.WARN, perMinute, MESSAGES[i]);
          }
        }
      }
      found += Changes.between(before.groups(), after.groups()).certain().isEmpty() ? 0 : 1;
    }
    return found;
  }

  @Test
  void whatIsTooRareToTellIsListedButNotCertain() {
    Sample before = new Sample(7).add(Severity.WARN, 400, "queue is slow");
    Sample after =
        new Sample(8)
            .add(Severity.WARN, 400, "queue is slow")
            .add(Severity.ERROR, 3, "disk is full");

    Changes changes = Changes.between(before.groups(), after.groups());

    assertThat(changes.certain()).isEmpty();
    assertThat(changes.all().get(0).summary())
        .isEqualTo("New (3 after, none before): disk is full");
    assertThat(changes.all().get(0).probability()).isGreaterThan(0.1);
  }

  @Test
  void aTemplateThatTheSecondRunWidenedIsStillTheSame() {
    TemplateMiner miner = TemplateMiners.bySignature(1000);
    Sample before = new Sample(9);
    Sample after = new Sample(10);
    for (String name : List.of("lucia", "marek", "noor", "olaf", "petra", "quinn", "rosa")) {
      before.add(Severity.WARN, 50, "queue of lucia is slow today");
      after.add(Severity.WARN, 50, "queue of " + name + " is slow today");
    }
    List<Group> first = before.groups(miner);
    List<Group> second = after.groups(miner);

    assertThat(second.get(0).template()).isNotEqualTo(first.get(0).template());
    assertThat(Changes.between(first, second, miner).all()).hasSize(1);
    assertThat(Changes.between(first, second, miner).certain()).isEmpty();
  }

  @Test
  void aTemplateThatOneRunCouldNotWidenIsStillTheSame() {
    Sample before = new Sample(9).add(Severity.WARN, 300, "queue of lucia is slow today");
    Sample after = new Sample(10);
    for (String name : List.of("marek", "noor", "olaf", "petra", "quinn", "rosa")) {
      after.add(Severity.WARN, 50, "queue of " + name + " is slow today");
    }
    before.add(Severity.WARN, 100, "queue of lucia is gone");

    assertThat(Changes.between(before.groups(), after.groups()).certain())
        .extracting(Change::kind, change -> change.group().title())
        .containsExactly(tuple(ChangeKind.GONE, "queue of lucia is gone"));
    assertThat(Changes.between(after.groups(), before.groups()).certain())
        .extracting(Change::kind, change -> change.group().title())
        .containsExactly(tuple(ChangeKind.NEW, "queue of lucia is gone"));
  }

  @ParameterizedTest
  @CsvSource({
    "true,  queue of <*> is slow, queue of lucia is slow",
    "true,  queue of <*> is slow, queue of lucia and petra is slow",
    "true,  <*> took <*>, rosa took 7",
    "true,  got <*> from <*>, got 7 from rosa",
    "false, got <*> from <*>, got 7 of rosa",
    "false, queue is slow, queue is slow",
    "false, queue of <*> is slow, queue is slow",
    "false, queue <*> queue, queue",
    "false, <*> <*>, anything else",
    "false, abcd<*>cd<*>cde, abcdcdcd"
  })
  void aTemplateCoversWhatItSaysButForItsVariables(
      boolean covers, String template, String message) {
    assertThat(GroupPair.covers(template, message)).isEqualTo(covers);
  }

  @Test
  void aMessageIsKnownByItsTemplateWhenItsIdIsAnother() {
    Group group = new Sample(11).add(Severity.WARN, 100, "queue is slow").groups().get(0);
    Group renamed = group.toBuilder().identity("tm9:1", group.kind()).build();

    Changes changes = Changes.between(List.of(group), List.of(renamed));

    assertThat(changes.all()).hasSize(1);
    assertThat(changes.all().get(0).before()).isEqualTo(100);
    assertThat(changes.all().get(0).after()).isEqualTo(100);
  }

  @Test
  void aTraceIsKnownByItsFormerId() {
    Group group = new Sample(12).add(Severity.WARN, 100, "queue is slow").groups().get(0);
    Group renamed =
        group.toBuilder()
            .identity("jf9:1", group.kind())
            .words("other", "other", "")
            .formerIds(java.util.Set.of(group.id()))
            .build();

    assertThat(Changes.between(List.of(group), List.of(renamed)).all()).hasSize(1);
    assertThat(Changes.between(List.of(renamed), List.of(group)).all()).hasSize(1);
  }

  @Test
  void comparesVersionsThatRanSideBySide() {
    Sample sample = new Sample(13);
    for (int i = 0; i < 10; i++) {
      sample.version("1.4").steady(Severity.WARN, 4 + i, MESSAGES[i]);
      sample.version("1.5").steady(Severity.WARN, (4 + i) / 4.0, MESSAGES[i]);
    }
    sample.version("1.5").steady(Severity.ERROR, 1, "no such tax class");
    sample.version("1.4").steady(Severity.ERROR, 4, "invalid session");

    Changes changes = Changes.betweenVersions(sample.groups(), "1.4", "1.5");

    assertThat(changes.scale()).isCloseTo(0.25, within(0.03));
    assertThat(changes.certain())
        .extracting(Change::kind, change -> change.group().title())
        .containsExactly(
            tuple(ChangeKind.NEW, "no such tax class"), tuple(ChangeKind.GONE, "invalid session"));
    assertThat(Changes.betweenVersions(sample.groups(), "1.4", "9").certain()).isEmpty();
  }

  @Test
  void withoutEventsThereIsNothingToCompare() {
    List<Group> groups = new Sample(14).add(Severity.ERROR, 50, "disk is full").groups();

    assertThat(Changes.between(List.of(), groups).all()).isEmpty();
    assertThat(Changes.between(groups, List.of()).all()).isEmpty();
    assertThat(Changes.between(List.of(), List.of()).before()).isZero();
  }

  @Test
  void theOrderOfGroupsDoesNotShow() {
    Sample before = new Sample(15);
    Sample after = new Sample(16);
    for (int i = 0; i < 12; i++) {
      before.steady(Severity.WARN, 1 + i, MESSAGES[i]);
      after.steady(Severity.WARN, 12 - i, MESSAGES[i]);
    }
    List<Group> shuffledBefore = new ArrayList<>(before.groups());
    List<Group> shuffledAfter = new ArrayList<>(after.groups());
    java.util.Collections.shuffle(shuffledBefore, new Random(1));
    java.util.Collections.shuffle(shuffledAfter, new Random(2));

    assertThat(Changes.between(shuffledBefore, shuffledAfter).all())
        .extracting(Change::toString)
        .isEqualTo(
            Changes.between(before.groups(), after.groups()).all().stream()
                .map(Change::toString)
                .toList());
    assertThat(Changes.between(before.groups(), after.groups()).certain()).isNotEmpty();
  }

  /** Events of four hours. */
  private static final class Sample {
    private static final int MINUTES = 240;

    private final List<LogEvent> events = new ArrayList<>();
    private final Random random;
    private String version = "";

    Sample(long seed) {
      random = new Random(seed);
    }

    Sample version(String value) {
      version = value;
      return this;
    }

    Sample add(Severity severity, int times, String message) {
      for (int i = 0; i < times; i++) {
        add(severity, random.nextDouble() * MINUTES, message);
      }
      return this;
    }

    private void add(Severity severity, double minute, String message) {
      events.add(
          LogEvent.builder()
              .timestamp(START + (long) (minute * MINUTE))
              .severity(severity)
              .message(message)
              .version(version)
              .build());
    }

    /** A Poisson process. */
    void steady(Severity severity, double perMinute, String message) {
      for (double at = gap(perMinute); at < MINUTES; at += gap(perMinute)) {
        add(severity, at, message);
      }
    }

    /** Bursts of a geometric number of events, as a Poisson process. */
    void bursts(double perMinute, int events, String message) {
      for (double at = gap(perMinute); at < MINUTES; at += gap(perMinute)) {
        do {
          add(Severity.WARN, at, message);
        } while (random.nextInt(events) > 0);
      }
    }

    private double gap(double perMinute) {
      return -StrictMath.log(1 - random.nextDouble()) / perMinute;
    }

    List<Group> groups() {
      return groups(TemplateMiners.bySignature(1000));
    }

    List<Group> groups(TemplateMiner miner) {
      try (LogSense sense = LogSense.builder().templateMiner(miner).build()) {
        events.forEach(sense::accept);
        return sense.snapshot().groups();
      }
    }
  }
}
