package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import io.logsense.testkit.Faults.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LogStore} must do. Extend it, and say how to open the store: each test has an
 * instance of the class, and so an empty store, of its own.
 *
 * <pre>{@code
 * class SqlLogStoreTest extends LogStoreContract {
 *   @TempDir Path directory;
 *
 *   @Override
 *   protected LogStore open() {
 *     return SqlLogStore.open("jdbc:sqlite:" + directory.resolve("events"));
 *   }
 * }
 * }</pre>
 *
 * <p>That nothing is kept by halves is tested with collections that throw while they are read, and,
 * where {@link #faults} can break the connection, by breaking it.
 */
public abstract class LogStoreContract {
  private static final long SEED = 20260122L;
  private static final long NOW = 1_769_860_800_000_000_000L;
  private static final int MANY = 300;
  private static final int THREADS = 8;
  private static final int MIB = 1 << 20;

  private LogStore store;

  /** For the class that extends this. */
  protected LogStoreContract() {}

  /** Opens the store of this test: empty the first time, then with what it was closed with. */
  protected abstract LogStore open() throws Exception;

  /** Whether what is kept survives closing; true unless overridden. Else it has to be gone. */
  protected boolean isDurable() {
    return true;
  }

  /** How long any single call may take on the slowest of machines: 60 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(60);
  }

  /** What can break the connection to the store; nothing unless overridden. */
  protected Optional<Faults> faults() {
    return Optional.empty();
  }

  /**
   * The files in which the store keeps events, if it promises that what was removed is not in them
   * after it was closed; none unless overridden.
   */
  protected List<Path> files() throws Exception {
    return List.of();
  }

  @BeforeEach
  void openTheStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeTheStore() throws Exception {
    new Watch(deadline()).run("close", store::close);
  }

  /** Closes and opens a store that keeps what it has. */
  private void reopen() throws Exception {
    if (isDurable()) {
      store.close();
      store = open();
    }
  }

  @Test
  void aNewStoreIsEmpty() {
    assertThat(store.find(EventQuery.all())).isEmpty();
    assertThat(store.count(EventQuery.all())).isZero();
    assertThat(store.countByGroup(EventQuery.all())).isEmpty();
    assertThat(store.checkpoints()).isEmpty();
    assertThat(store.remove(EventQuery.all())).isZero();
    assertThat(store.append(List.of(), Map.of())).isZero();
    store.regroup(Map.of());
  }

  @Test
  void everyFieldOfAnEventComesBack() {
    StoredEvent complete = SampleEvents.complete("complete");
    StoredEvent empty = new StoredEvent("empty", "", LogEvent.builder().build(), "");

    assertThat(store.append(List.of(complete, empty), Map.of())).isEqualTo(2);

    assertThat(store.find(EventQuery.all())).containsExactly(complete, empty);
  }

  @Test
  void aSubjectIsPurgedFromEveryFieldAndNoOtherEventGoes() throws Exception {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    store.append(SampleSubjects.others(), Map.of("topic/1", new Checkpoint("1")));
    long others = store.count(EventQuery.all());
    for (Subject subject : SampleSubjects.SUBJECTS) {
      List<StoredEvent> named = SampleSubjects.naming(subject);
      store.append(named, Map.of());

      assertThat(purgeable.mentions(subject)).as("%s", subject).isEqualTo(named.size());
      assertThat(purgeable.purge(subject)).isEqualTo(named.size());
      assertThat(purgeable.mentions(subject)).isZero();
      assertThat(purgeable.purge(subject)).isZero();
      assertThat(store.count(EventQuery.all())).isEqualTo(others);
      assertThat(store.countByGroup(EventQuery.all())).isEqualTo(Map.of("g", others));
    }
    reopen();
    assertThat(store.find(EventQuery.all()))
        .containsExactlyInAnyOrderElementsOf(SampleSubjects.others());
    assertThat(store.checkpoints()).isEqualTo(Map.of("topic/1", new Checkpoint("1")));
  }

  @Test
  void aSourceThatNamesASubjectIsPurgedFromTheCheckpoints() {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    Subject subject = SampleSubjects.SUBJECTS.get(0);
    store.append(
        List.of(),
        Map.of(
            "/home/" + subject.identifier() + "/app.log",
            new Checkpoint("1"),
            "b",
            new Checkpoint("2")));

    assertThat(purgeable.mentions(subject)).isEqualTo(1);
    assertThat(purgeable.purge(subject)).isEqualTo(1);
    assertThat(store.checkpoints()).containsOnlyKeys("b");
  }

  @Test
  void noByteOfAPurgedSubjectStaysInTheFiles() throws Exception {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    Subject subject = SampleSubjects.SUBJECTS.get(0);
    List<StoredEvent> named = SampleSubjects.naming(subject);
    store.append(new SampleEvents(SEED).next(MANY), Map.of());
    store.append(named, Map.of());
    purgeable.purge(subject);
    store.close();

    for (Path file : files()) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(subject.isIn(bytes)).as("%s", file).isFalse();
    }
    store = open();
    assertThat(store.count(EventQuery.all())).isEqualTo(isDurable() ? MANY : 0);
  }

  @Test
  void whatIsClosedForgetsNothing() {
    Purgeable purgeable = SampleSubjects.purgeable(store);
    Subject subject = SampleSubjects.SUBJECTS.get(0);
    store.close();

    assertThatThrownBy(() -> purgeable.mentions(subject)).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> purgeable.purge(subject)).isInstanceOf(LogSenseException.class);
  }

  @Test
  void everySeverityComesBack() {
    List<StoredEvent> events = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      LogEvent event = LogEvent.builder().severity(severity).message("m").build();
      events.add(new StoredEvent("severity-" + severity, "g", event, ""));
    }
    store.append(events, Map.of());

    assertThat(store.find(EventQuery.all())).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void textsOfAnyKindComeBack() {
    List<StoredEvent> events = new ArrayList<>();
    for (String text : difficult()) {
      LogEvent event =
          LogEvent.builder()
              .timestamp(NOW)
              .service(text)
              .message(text)
              .traceId(text)
              .attribute("name" + text, text)
              .build();
      events.add(new StoredEvent("text-" + events.size(), text, event, text));
    }
    store.append(events, Map.of());

    assertThat(store.find(EventQuery.all())).containsExactlyInAnyOrderElementsOf(events);
    for (StoredEvent stored : events) {
      String text = stored.group();
      assertThat(store.find(EventQuery.all().service(text))).as("service").contains(stored);
      assertThat(store.find(EventQuery.all().group(text))).as("group").contains(stored);
      assertThat(store.find(EventQuery.all().traceId(text))).as("trace").contains(stored);
      assertThat(store.find(EventQuery.all().text(text))).as("text").contains(stored);
      assertThat(store.count(EventQuery.all().service(text))).as("service " + text).isEqualTo(1);
    }
  }

  /** Texts that have a meaning for someone, each of them unlike the others. */
  private static List<String> difficult() {
    return List.of(
        "a\0b",
        "'; DROP TABLE events; --",
        "' OR '1'='1",
        "\" OR \"\"=\"",
        "$1 ? :name {} %s \\' \\",
        "line\nfeed\r\nand\ttab",
        "\uD83D\uDD25 \u8FDE\u63A5 \u202Eright to left",
        " spaces ",
        "null",
        "{\"a\": [1]}",
        "\uFFFF\u0001\u007F");
  }

  @Test
  void aHugeMessageComesBack() {
    StoredEvent huge = SampleEvents.of("huge", "g", NOW, "huge ".repeat(MIB / 5) + "end");
    StoredEvent trace = new StoredEvent("trace", "g", huge.event(), "at a.b\n".repeat(MIB / 7));
    store.append(List.of(huge, trace), Map.of());

    List<StoredEvent> found = store.find(EventQuery.all().text("HUGE END"));

    assertThat(found.size()).isEqualTo(2);
    assertThat(found.containsAll(List.of(huge, trace))).as("both as they were").isTrue();
  }

  @Test
  void newestComeFirstAtTheEdgesOfTimeToo() {
    List<Long> times = List.of(Long.MAX_VALUE, NOW + 1, NOW, 1L, 0L, -1L, -NOW, Long.MIN_VALUE + 1);
    List<StoredEvent> events = new ArrayList<>();
    for (long time : times) {
      events.add(SampleEvents.of("at" + time, "g", time, "m"));
    }
    events.add(SampleEvents.of("never", "g", LogEvent.NO_TIMESTAMP, "m"));
    List<StoredEvent> shuffled = new ArrayList<>(events);
    Collections.reverse(shuffled);
    store.append(shuffled.subList(3, 6), Map.of());
    store.append(shuffled, Map.of());

    assertThat(store.find(EventQuery.all())).containsExactlyElementsOf(events);
    assertThat(store.find(EventQuery.all().limit(2)))
        .containsExactlyElementsOf(events.subList(0, 2));
    assertThat(store.find(EventQuery.all().between(0, NOW)))
        .containsExactlyElementsOf(events.subList(3, 5));
    assertThat(store.find(EventQuery.all().between(Long.MIN_VALUE, 0)))
        .containsExactlyElementsOf(events.subList(5, 8));
    assertThat(store.find(EventQuery.all().between(NOW, Long.MAX_VALUE)))
        .as("the end of a time is not in it")
        .containsExactlyElementsOf(events.subList(1, 3));
    assertThat(store.find(EventQuery.all().between(NOW, NOW))).isEmpty();
  }

  @Test
  void noMoreThanTheLimitComeBackTheNewest() {
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < EventQuery.DEFAULT_LIMIT + 100; i++) {
      events.add(SampleEvents.of("e" + i, "g" + i % 2, NOW + i, "m"));
    }
    store.append(events, Map.of());
    Collections.reverse(events);

    assertThat(store.find(EventQuery.all()))
        .containsExactlyElementsOf(events.subList(0, EventQuery.DEFAULT_LIMIT));
    assertThat(store.find(EventQuery.all().limit(1))).containsExactly(events.get(0));
    assertThat(store.find(EventQuery.all().limit(Integer.MAX_VALUE))).hasSize(events.size());
    assertThat(store.count(EventQuery.all().limit(1))).isEqualTo(events.size());
    assertThat(store.countByGroup(EventQuery.all().limit(1)))
        .isEqualTo(Map.of("g0", events.size() / 2L, "g1", events.size() / 2L));
  }

  @Test
  void anEventIsKeptOnce() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(20);
    List<StoredEvent> twice = new ArrayList<>(events);
    twice.addAll(events);

    assertThat(store.append(twice, Map.of())).as("twice in one batch").isEqualTo(20);
    assertThat(store.append(events.subList(5, 15), Map.of())).as("in another batch").isZero();
    reopen();
    assertThat(store.append(events, Map.of())).as("after the store was reopened").isZero();
    assertThat(store.append(List.of(events.get(0), SampleEvents.of("x", "g", NOW, "m")), Map.of()))
        .as("one of two is new")
        .isEqualTo(1);
    assertThat(store.count(EventQuery.all())).isEqualTo(21);
  }

  @Test
  void anEventThatCannotBeReadLeavesNothingOfItsBatch() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events.subList(0, 10), Map.of("a", new Checkpoint("10")));

    assertThatThrownBy(
            () -> store.append(new Failing<>(events, 200), Map.of("a", new Checkpoint("200"))))
        .isInstanceOf(RuntimeException.class);

    assertUnchanged(events.subList(0, 10));
    assertThat(store.append(events, Map.of())).isEqualTo(MANY - 10);
  }

  @Test
  void aCheckpointThatCannotBeReadLeavesNothingOfItsBatch() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events.subList(0, 10), Map.of("a", new Checkpoint("10")));
    Map<String, Checkpoint> failing =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Checkpoint>> entrySet() {
            throw new IllegalStateException("a map that cannot be read");
          }
        };

    assertThatThrownBy(() -> store.append(events, failing)).isInstanceOf(RuntimeException.class);

    assertUnchanged(events.subList(0, 10));
  }

  private void assertUnchanged(List<StoredEvent> events) throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(store.find(EventQuery.all())).containsExactlyInAnyOrderElementsOf(events);
      assertThat(store.checkpoints()).isEqualTo(Map.of("a", new Checkpoint("10")));
      reopen();
    }
  }

  @Test
  void aLostConnectionLeavesAllOrNothing() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.RESET);
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events.subList(0, 10), Map.of("a", new Checkpoint("10")));
    for (Fault fault : List.of(Fault.RESET, Fault.REFUSED)) {
      faults.inject(fault);
      try {
        new Watch(deadline())
            .call("append", () -> store.append(events, Map.of("a", new Checkpoint("all"))));
      } catch (LogSenseException e) {
        assertThat(e.category()).isIn(Category.TRANSIENT, Category.EXTERNAL);
      }
      faults.heal();
      reopen();
      boolean kept = store.count(EventQuery.all()) > 10;
      assertThat(store.count(EventQuery.all())).isEqualTo(kept ? MANY : 10);
      assertThat(store.checkpoints()).isEqualTo(Map.of("a", new Checkpoint(kept ? "all" : "10")));
    }
    store.append(events, Map.of());
    assertThat(store.count(EventQuery.all())).isEqualTo(MANY);
  }

  @Test
  void checkpointsAreKeptByName() throws Exception {
    Map<String, Checkpoint> expected = new HashMap<>();
    for (String name : difficult()) {
      if (name.indexOf('\0') < 0) {
        expected.put(name, new Checkpoint("at " + name));
      }
    }
    expected.put("long", new Checkpoint("x".repeat(Checkpoint.MAX_LENGTH)));
    expected.put("start", Checkpoint.START);
    store.append(List.of(), expected);
    assertThat(store.checkpoints()).isEqualTo(expected);

    store.append(List.of(SampleEvents.complete("e")), Map.of("start", new Checkpoint("7")));
    expected.put("start", new Checkpoint("7"));

    assertThat(store.checkpoints()).isEqualTo(expected);
    reopen();
    assertThat(store.checkpoints()).isEqualTo(expected);
  }

  @Test
  void everyCriterionAndAllTogetherAreFulfilled() {
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events, Map.of());
    for (EventQuery query : queries()) {
      List<StoredEvent> expected = events.stream().filter(query::isFulfilledBy).toList();
      List<StoredEvent> found = store.find(query);
      assertThat(found)
          .as(shown(query))
          .containsExactlyInAnyOrderElementsOf(expected)
          .isSortedAccordingTo(
              Comparator.comparingLong((StoredEvent stored) -> stored.event().timestamp())
                  .reversed());
      assertThat(store.count(query)).as(shown(query)).isEqualTo(expected.size());
      assertThat(store.countByGroup(query))
          .as(shown(query))
          .isEqualTo(
              expected.stream()
                  .collect(Collectors.groupingBy(StoredEvent::group, Collectors.counting())));
    }
  }

  private static List<EventQuery> queries() {
    List<EventQuery> queries = new ArrayList<>(List.of(EventQuery.all()));
    for (int i = 0; i < 6; i++) {
      for (EventQuery query : List.copyOf(queries)) {
        queries.add(
            switch (i) {
              case 0 -> query.between(NOW + 20_000_000_000L, NOW + 60_000_000_000L);
              case 1 -> query.atLeast(Severity.WARN);
              case 2 -> query.service("shop");
              case 3 -> query.group("group-1");
              case 4 -> query.traceId("trace-2");
              default -> query.text("refused");
            });
      }
    }
    queries.add(EventQuery.all().service("SHOP"));
    queries.add(EventQuery.all().service(""));
    queries.add(EventQuery.all().atLeast(Severity.FATAL));
    queries.add(EventQuery.all().atLeast(Severity.TRACE));
    queries.add(EventQuery.all().text(""));
    return queries;
  }

  private static String shown(EventQuery query) {
    return "between %d and %d, at least %s, service %s, group %s, trace %s, text %s"
        .formatted(
            query.from(),
            query.to(),
            query.severity(),
            query.service(),
            query.group(),
            query.traceId(),
            query.text());
  }

  @Test
  void aTextIsSoughtLiterally() {
    List<String> messages =
        List.of(
            "100% sure",
            "100 percent",
            "user_name",
            "username",
            "it's",
            "back\\slash",
            "[abc]",
            "a.c",
            "abc",
            "two\nlines",
            "\uD83D\uDD25 fire",
            "*",
            "Stra\u00DFe",
            "STRASSE");
    List<StoredEvent> events = new ArrayList<>();
    for (String message : messages) {
      events.add(SampleEvents.of("m" + events.size(), "g", NOW + events.size(), message));
    }
    store.append(events, Map.of());

    assertFound("100%", "100% sure");
    assertFound("%", "100% sure");
    assertFound("_", "user_name");
    assertFound("USER_NAME", "user_name");
    assertFound("'", "it's");
    assertFound("\\", "back\\slash");
    assertFound("[abc]", "[abc]");
    assertFound("a.c", "a.c");
    assertFound("two\nlines", "two\nlines");
    assertFound("\uD83D\uDD25", "\uD83D\uDD25 fire");
    assertFound("*", "*");
    assertFound("stra\u00DFe", "Stra\u00DFe");
    assertFound("x' OR 1=1 --");
    assertFound("100%%");
  }

  /** Letters of other alphabets are themselves, so that every store gives the same answer. */
  @Test
  void lettersOfEitherCaseAreAlikeInAsciiAlone() {
    store.append(
        List.of(
            SampleEvents.of("1", "g", NOW, "TIME-OUT of Kelvin"),
            SampleEvents.of("2", "g", NOW, "\u00C4RGER"),
            SampleEvents.of("3", "g", NOW, "\u0130stanbul")),
        Map.of());

    assertFound("time-out", "TIME-OUT of Kelvin");
    assertFound("KELVIN", "TIME-OUT of Kelvin");
    assertFound("\u212Aelvin");
    assertFound("\u00E4rger");
    assertFound("\u00C4rger", "\u00C4RGER");
    assertFound("istanbul");
  }

  @Test
  void aTextIsSoughtInStackTracesToo() {
    StoredEvent complete = SampleEvents.complete("c");
    store.append(List.of(complete, SampleEvents.of("o", "g", NOW, "total")), Map.of());

    assertThat(store.find(EventQuery.all().text("cart.TOTAL(Cart.java:10)")))
        .containsExactly(complete);
  }

  private void assertFound(String text, String... messages) {
    assertThat(store.find(EventQuery.all().text(text)))
        .as("messages with " + text)
        .extracting(stored -> stored.event().message())
        .containsExactlyInAnyOrder(messages);
    assertThat(store.count(EventQuery.all().text(text))).isEqualTo(messages.length);
  }

  @Test
  void groupsAreGivenToOthersAllAtOnce() throws Exception {
    store.append(
        List.of(
            SampleEvents.of("1", "a", NOW, "m"),
            SampleEvents.of("2", "b", NOW, "m"),
            SampleEvents.of("3", "c", NOW, "m"),
            SampleEvents.of("4", "d'; --", NOW, "m"),
            SampleEvents.of("5", "e", NOW, "m")),
        Map.of());

    store.regroup(Map.of("a", "b", "b", "a", "c", "a", "d'; --", "d", "nobody", "e"));

    Map<String, Long> expected = Map.of("a", 2L, "b", 1L, "d", 1L, "e", 1L);
    assertThat(store.countByGroup(EventQuery.all())).isEqualTo(expected);
    assertThat(store.find(EventQuery.all().group("a")))
        .extracting(StoredEvent::id)
        .containsExactlyInAnyOrder("2", "3");
    reopen();
    assertThat(store.countByGroup(EventQuery.all())).isEqualTo(expected);
  }

  @Test
  void whatIsRemovedIsGone() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events, Map.of("a", new Checkpoint("1")));
    EventQuery query = EventQuery.all().group("group-1").limit(1);
    List<StoredEvent> gone = events.stream().filter(query::isFulfilledBy).toList();

    assertThat(store.remove(query)).isEqualTo(gone.size());
    assertThat(store.remove(query)).as("once more").isZero();

    reopen();
    assertThat(store.count(EventQuery.all())).isEqualTo(MANY - gone.size());
    assertThat(store.find(EventQuery.all())).doesNotContainAnyElementsOf(gone);
    assertThat(store.countByGroup(EventQuery.all())).doesNotContainKey("group-1");
    assertThat(store.checkpoints()).isEqualTo(Map.of("a", new Checkpoint("1")));
    assertThat(store.append(gone, Map.of()))
        .as("without trace: they are new")
        .isEqualTo(gone.size());
  }

  @Test
  void whatIsRemovedIsNotInTheFilesEither() throws Exception {
    String secret = "anna.forgotten@example.org";
    store.append(
        List.of(
            SampleEvents.of("1", "g", NOW, "mail to " + secret),
            SampleEvents.of("2", "g", NOW, "mail to nobody")),
        Map.of());
    assertThat(store.remove(EventQuery.all().text(secret))).isEqualTo(1);
    store.close();
    List<Path> files = files();
    assumeThat(files).as("files that the fixture names").isNotEmpty();

    for (Path file : files) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(content.contains(secret)).as(file + " has what was removed").isFalse();
    }
  }

  @Test
  void manyThreadsAppendAndNothingIsLostOrDouble() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(THREADS * 50);
    List<Watch.Call<Long>> calls = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      calls.add(
          new Watch(deadline().multipliedBy(4))
              .start("appends of thread " + t, () -> appendFrom(events, thread)));
    }
    long fresh = 0;
    for (Watch.Call<Long> call : calls) {
      fresh += call.get();
    }
    assertThat(fresh).as("events that were said to be new").isEqualTo(events.size());
    assertThat(store.find(EventQuery.all())).containsExactlyInAnyOrderElementsOf(events);
    assertThat(store.checkpoints()).hasSize(THREADS).containsValue(new Checkpoint("100"));
    assertThat(new HashSet<>(store.checkpoints().values())).hasSize(1);
  }

  /** Appends a hundred events, of which the second half is the next thread's first half. */
  private long appendFrom(List<StoredEvent> events, int thread) {
    long fresh = 0;
    for (int i = 0; i < 100; i += 10) {
      int from = (thread * 50 + i) % events.size();
      fresh +=
          store.append(
              events.subList(from, from + 10),
              Map.of("thread-" + thread, new Checkpoint(String.valueOf(i + 10))));
      assertThat(store.count(EventQuery.all())).isPositive();
    }
    return fresh;
  }

  @Test
  void whatWasKeptIsThereAfterReopening() throws Exception {
    List<StoredEvent> events = new SampleEvents(SEED).next(MANY);
    store.append(events, Map.of("a", new Checkpoint("1")));
    store.close();
    store = open();
    assertThat(store.find(EventQuery.all()))
        .containsExactlyInAnyOrderElementsOf(isDurable() ? events : List.of());
    assertThat(store.checkpoints())
        .isEqualTo(isDurable() ? Map.of("a", new Checkpoint("1")) : Map.of());
  }

  @Test
  void closingTwiceIsOnceAndWhatIsClosedRefuses() {
    store.append(new SampleEvents(SEED).next(3), Map.of());
    store.close();
    store.close();

    assertThatThrownBy(() -> store.append(List.of(SampleEvents.complete("e")), Map.of()))
        .isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.find(EventQuery.all())).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.count(EventQuery.all())).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.checkpoints()).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> store.remove(EventQuery.all())).isInstanceOf(LogSenseException.class);
  }
}
