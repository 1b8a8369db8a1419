package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import io.logsense.testkit.InMemoryLogStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that keep events in a store. */
class StoreTest {
  @TempDir Path dir;

  private static Analysis analyze(LogStore store, Path log) {
    return LogSense.builder().source(Sources.path(log)).store(store).analyze();
  }

  private static Map<String, Long> counts(Analysis analysis) {
    Map<String, Long> counts = new HashMap<>();
    for (Group group : analysis.groups()) {
      counts.put(group.id(), group.count());
    }
    return counts;
  }

  /** A store of which a call fails for as long as {@code left} is positive. */
  private static LogStore failing(LogStore store, String method, AtomicInteger left) {
    return (LogStore)
        Proxy.newProxyInstance(
            StoreTest.class.getClassLoader(),
            new Class<?>[] {LogStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method) && left.getAndDecrement() > 0) {
                throw new LogSenseException(Category.TRANSIENT, "busy");
              }
              try {
                return called.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void anAnalysisKeepsEveryEventInItsGroupOnce() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(7000));
    InMemoryLogStore store = new InMemoryLogStore();

    Analysis first = analyze(store, log);
    assertThat(store.count(EventQuery.all())).isEqualTo(7000).isEqualTo(first.events());
    assertThat(store.countByGroup(EventQuery.all())).isEqualTo(counts(first));

    analyze(store, log);
    assertThat(store.count(EventQuery.all())).isEqualTo(7000);

    Files.writeString(
        log,
        "2026-05-02 12:00:00,000 WARN  [main] com.shop.Stock - gone\n",
        StandardOpenOption.APPEND);
    analyze(store, log);
    assertThat(store.count(EventQuery.all())).isEqualTo(7001);
  }

  @Test
  void anotherFileOfTheSameNameHasOtherEvents() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(20));
    InMemoryLogStore store = new InMemoryLogStore();
    analyze(store, log);
    Files.writeString(log, LogSenseTest.shop(20).replace("2026-05-01", "2026-05-02"));
    analyze(store, log);

    assertThat(store.count(EventQuery.all())).isEqualTo(40);
  }

  @Test
  void eventsAreMaskedAndTheirTracesAreTexts() {
    InMemoryLogStore store = new InMemoryLogStore();
    String trace =
        "java.lang.IllegalStateException: no user jane@example.org\n"
            + "\tat com.shop.Cart.total(Cart.java:7)\n"
            + "\tat com.shop.Main.main(Main.java:3)\n"
            + "Caused by: java.io.IOException: closed\n"
            + "\tat com.shop.Io.read(Io.java:1)\n"
            + "\t... 1 more";
    LogSense.builder()
        .source(MessagesSource.of("for jane@example.org\n" + trace, "second"))
        .store(store)
        .analyze();

    StoredEvent event =
        store.find(EventQuery.all()).stream()
            .filter(stored -> !stored.stackTrace().isEmpty())
            .findAny()
            .orElseThrow();
    assertThat(event.id()).matches("ev1:[0-9a-f]{32}");
    assertThat(event.event().message()).startsWith("for ").doesNotContain("jane");
    assertThat(event.stackTrace())
        .doesNotContain("jane")
        .endsWith(trace.substring(trace.indexOf("\tat")));
  }

  @Test
  void groupsThatTurnOutToBeOneAreOneInTheStore() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      log.append("user ").append((char) ('a' + i % 26)).append(i % 7 == 0 ? i : "").append("bc");
      log.append(" has logged in from host ").append(i).append('\n');
    }
    InMemoryLogStore store = new InMemoryLogStore();
    Analysis analysis =
        LogSense.builder().source(LinesSource.of(log.toString(), 10)).store(store).analyze();

    assertThat(store.countByGroup(EventQuery.all())).isEqualTo(counts(analysis));
  }

  @Test
  void anAnalysisSaysThatTheStoreFails() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(20));
    LogStore store = failing(new InMemoryLogStore(), "append", new AtomicInteger(1));

    assertThatThrownBy(() -> analyze(store, log))
        .isInstanceOf(LogSenseException.class)
        .hasMessage("busy");
    assertThatThrownBy(() -> LogSense.builder().store(store).checkpoints(dir.resolve("c")).build())
        .hasMessageContaining("exclude each other");
  }

  @Test
  void aLiveEngineGoesOnWhereTheStoreSays() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(500));
    InMemoryLogStore store = new InMemoryLogStore();
    try (LogSense first = LogSense.builder().source(Sources.tail(log)).store(store).build()) {
      first.start();
      await().until(() -> first.snapshot().records() == 500);
    }
    assertThat(store.count(EventQuery.all())).isEqualTo(500);
    assertThat(store.checkpoints()).hasSize(1);

    Files.writeString(
        log, "2026-05-01 12:00:00,000 WARN  [main] x - sold out\n", StandardOpenOption.APPEND);
    try (LogSense second = LogSense.builder().source(Sources.tail(log)).store(store).build()) {
      second.start();
      await().until(() -> second.snapshot().records() == 1);
      await().until(() -> store.count(EventQuery.all()) == 501);
      assertThat(measure(second, "logsense.store.events")).isEqualTo(1);
      assertThat(measure(second, "logsense.store.duplicates")).isZero();
    }
  }

  @Test
  void aStoreThatFailsForAWhileMissesNothing() throws IOException {
    Path log = Files.writeString(dir.resolve("app.log"), LogSenseTest.shop(12_000));
    InMemoryLogStore memory = new InMemoryLogStore();
    AtomicInteger appends = new AtomicInteger(3);
    LogStore store =
        failing(failing(memory, "append", appends), "checkpoints", new AtomicInteger(1));
    try (LogSense sense = LogSense.builder().source(Sources.tail(log)).store(store).build()) {
      sense.start();
      await().until(() -> memory.count(EventQuery.all()) == 12_000);
      assertThat(measure(sense, "logsense.store.failures")).isEqualTo(4);
      assertThat(sense.snapshot().records()).isEqualTo(12_000);
    }
    assertThat(memory.countByGroup(EventQuery.all()).values().stream().mapToLong(n -> n).sum())
        .isEqualTo(12_000);
  }

  /** A store that throws when an event of three is appended. */
  private static LogStore refusing(LogStore store) {
    return (LogStore)
        Proxy.newProxyInstance(
            StoreTest.class.getClassLoader(),
            new Class<?>[] {LogStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("append")) {
                for (Object event : (List<?>) arguments[0]) {
                  if (((StoredEvent) event).event().message().startsWith("evil")) {
                    throw new LogSenseException(Category.LIMIT, "too evil");
                  }
                }
              }
              try {
                return called.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void anEventThatTheStoreRefusesStopsNoOther() throws IOException {
    Path log = dir.resolve("app.log");
    Files.writeString(
        log, "2026-05-01 12:00:00,000 WARN  [main] x - evil deed\n" + LogSenseTest.shop(300));
    Path dead = dir.resolve("dead.jsonl");
    InMemoryLogStore memory = new InMemoryLogStore();
    try (DeadLetterSink sink = DeadLetters.file(dead);
        LogSense sense =
            LogSense.builder()
                .source(Sources.tail(log))
                .store(refusing(memory))
                .deadLetters(sink)
                .build()) {
      sense.start();
      await().until(() -> memory.count(EventQuery.all()) == 300);
      await().until(() -> !memory.checkpoints().isEmpty());
      assertThat(measure(sense, "logsense.store.refused")).isEqualTo(1);
      assertThat(measure(sense, "logsense.store.failures")).isZero();
    }
    assertThat(Files.readString(dead)).containsOnlyOnce("refused by the store: too evil");
  }

  @Test
  void theStoreIsTriedAgainAfterAnError() {
    InMemoryLogStore memory = new InMemoryLogStore();
    AtomicInteger left = new AtomicInteger(1);
    LogStore store =
        (LogStore)
            Proxy.newProxyInstance(
                StoreTest.class.getClassLoader(),
                new Class<?>[] {LogStore.class},
                (proxy, called, arguments) -> {
                  if (called.getName().equals("append") && left.getAndDecrement() > 0) {
                    throw new NoClassDefFoundError("x/Y");
                  }
                  return called.invoke(memory, arguments);
                });
    try (LogSense sense = LogSense.builder().store(store).build()) {
      sense.accept(LogEvent.builder().message("disk is full").build());
    }
    assertThat(memory.count(EventQuery.all())).isEqualTo(1);
  }

  @Test
  void eventsOfTheHostAreKeptToo() {
    InMemoryLogStore store = new InMemoryLogStore();
    String group;
    try (LogSense sense = LogSense.builder().store(store).build()) {
      LogEvent event = LogEvent.builder().message("disk is full").build();
      group = sense.accept(event);
      sense.accept(event);
      sense.accept(event);
    }
    assertThat(store.countByGroup(EventQuery.all())).containsExactly(Map.entry(group, 3L));
    assertThat(store.checkpoints()).isEqualTo(Map.<String, Checkpoint>of());
    assertThat(List.copyOf(store.find(EventQuery.all())))
        .extracting(StoredEvent::id)
        .doesNotHaveDuplicates();
  }

  private static double measure(LogSense sense, String name) {
    return sense.measures().stream()
        .filter(measure -> measure.name().equals(name))
        .findAny()
        .map(measure -> measure.value().getAsDouble())
        .orElseThrow();
  }
}
