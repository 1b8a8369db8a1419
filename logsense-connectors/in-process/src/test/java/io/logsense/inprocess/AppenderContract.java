package io.logsense.inprocess;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our appender of every logging library does: the guarantees, and the names of its settings.
 */
@Timeout(120)
public abstract class AppenderContract {
  private static final int EVENTS = 100;
  private static final String CAPACITY = "4";

  private final Gate gate = new Gate();
  private AppenderHost host;

  /** The library with an appender of ours that is configured by text, as in a file. */
  protected abstract AppenderHost start(Map<String, String> settings, Consumer<WrittenEvent> sink);

  @AfterEach
  void stop() {
    gate.open();
    if (host != null) {
      host.stop();
    }
  }

  private void start(Consumer<WrittenEvent> sink, String... namesAndValues) {
    host = start(settings(namesAndValues), sink);
  }

  private static Map<String, String> settings(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    settings.put("stopDeadline", "60 seconds");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private void startOpen(String... namesAndValues) {
    gate.open();
    start(gate, namesAndValues);
  }

  /** A thread that logs all events. */
  private Thread logging() {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < EVENTS; i++) {
                host.info("sold item #", i);
              }
            });
    thread.start();
    return thread;
  }

  private static Map<String, Long> counts(List<Group> groups) {
    return groups.stream().collect(Collectors.toMap(Group::id, Group::count));
  }

  private long counted() {
    return host.engine().snapshot().groups().stream().mapToLong(Group::count).sum();
  }

  // What is added.

  @Test
  void anErrorIsPassedOnWithWhatIsKnownOfIt() {
    startOpen();
    Throwable thrown = new IllegalStateException("no price");
    host.log("com.shop.Cart", Severity.ERROR, "cannot sell item #", "4711", thrown);
    host.error("cannot sell item #", 4712);
    host.error("cannot sell item #", 4713);
    WrittenEvent first = gate.events().get(0);
    assertThat(first.facts())
        .containsEntry("logsense.group.count", "1")
        .containsEntry("logsense.new", "true")
        .hasEntrySatisfying(
            "logsense.template", template -> assertThat(template).startsWith("cannot sell item {"))
        .hasEntrySatisfying("logsense.fingerprint", id -> assertThat(id).startsWith("jf1:"));
    assertThat(first.logger()).isEqualTo("com.shop.Cart");
    assertThat(first.severity()).isEqualTo(Severity.ERROR);
    assertThat(first.message()).isEqualTo("cannot sell item 4711");
    assertThat(first.thrown()).isSameAs(thrown);
    assertThat(first.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(gate.events().get(2).facts())
        .containsEntry("logsense.group.count", "2")
        .containsEntry("logsense.new", "false")
        .hasEntrySatisfying("logsense.fingerprint", id -> assertThat(id).startsWith("tm1:"));
  }

  @Test
  void anInfoEventIsPassedOnAsItIs() {
    startOpen();
    host.info("sold item #", 4711);
    assertThat(gate.events()).singleElement().satisfies(e -> assertThat(e.facts()).isEmpty());
  }

  @Test
  void whoWantsNothingAddedGetsTheEventsAsTheyAre() {
    startOpen("enrich", "NONE", "enrichFrom", "INFO");
    host.error("cannot sell item #", 4711);
    assertThat(gate.events()).singleElement().satisfies(e -> assertThat(e.facts()).isEmpty());
  }

  // Identity and counts.

  @Test
  void theIdsAreThoseThatAnAnalysisOfTheWrittenLogFinds(@TempDir Path directory) throws Exception {
    startOpen("inApp", "com.shop, io.logsense.inprocess");
    for (int i = 0; i < 50; i++) {
      host.info("sold item # to customer c-" + 77 * i, i);
      host.log("com.shop.Stock", Severity.WARN, "stock of # is low", "item-" + i, null);
      host.log("com.shop.Cart", Severity.ERROR, "cannot sell item #", i, Failures.deep(i % 2));
      host.error("retrying, attempt #", i);
    }
    Path log = Files.writeString(directory.resolve("app.log"), text(gate.events()));
    host.stop();
    assertThat(counts(host.engine().snapshot().groups()))
        .isEqualTo(
            counts(
                LogSense.builder()
                    .inApp("com.shop", "io.logsense.inprocess")
                    .source(Sources.path(log))
                    .analyze()
                    .groups()))
        .hasSize(5);
  }

  private static String text(List<WrittenEvent> events) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (WrittenEvent event : events) {
      out.printf(
          "2026-11-21 10:00:00.000 %-5s [%s] %s - %s%n",
          event.severity(), event.thread(), event.logger(), event.message());
      if (event.thrown() != null) {
        event.thrown().printStackTrace(out);
      }
    }
    return text.toString();
  }

  @Test
  void countsAreExactAndSummariesStandForWhatIsLeftOutUnderEightThreads() throws Exception {
    startOpen("reduce", "true", "reduceFirst", "5", "reducePeriod", "1 second");
    int threads = 8;
    int events = 20_000;
    Throwable thrown = Failures.deep(0);
    inThreads(
        threads,
        Executors.newFixedThreadPool(threads),
        () -> {
          for (int i = 0; i < events; i += 2) {
            host.info("sold item #", i);
            host.log("com.shop.Cart", Severity.ERROR, "cannot sell item #", i, thrown);
          }
        });
    host.stop();
    assertThat(counts(host.engine().snapshot().groups()).values())
        .containsExactly(threads * events / 2L, threads * events / 2L);
    List<WrittenEvent> written = gate.events();
    assertThat(written.stream().mapToLong(WrittenEvent::count).sum())
        .isEqualTo((long) threads * events);
    assertThat(written).hasSizeLessThan(threads * events / 10);
    assertThat(written.stream().filter(event -> event.facts().containsKey("logsense.reduced")))
        .anyMatch(event -> event.severity() == Severity.ERROR)
        .allSatisfy(event -> assertThat(event.logger()).isEqualTo("com.shop.Cart"))
        .allSatisfy(event -> assertThat(event.facts()).containsKey("logsense.lastSeen"));
  }

  private static void inThreads(int threads, ExecutorService executor, Runnable task)
      throws InterruptedException {
    for (int i = 0; i < threads; i++) {
      executor.execute(task);
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(100, SECONDS)).isTrue();
  }

  @Test
  void whatWasCountedOutlivesANewConfiguration() {
    startOpen();
    for (int i = 0; i < EVENTS; i++) {
      host.error("cannot sell item #", i);
    }
    LogSense engine = host.engine();
    host.reload(settings("reduce", "true"));
    assertThat(host.engine()).isSameAs(engine);
    host.error("cannot sell item #", EVENTS);
    assertThat(gate.events().get(EVENTS).facts())
        .containsEntry("logsense.new", "false")
        .containsEntry("logsense.group.count", String.valueOf(EVENTS + 1));
    host.stop();
    assertThat(counts(engine.snapshot().groups()).values()).containsExactly(EVENTS + 1L);
  }

  @Test
  void aConfigurationThatChangesNothingOfTheCountingLosesNoEventOfOtherThreads() throws Exception {
    startOpen();
    Thread thread = logging();
    host.reload(settings("enrichFrom", "INFO"));
    thread.join();
    host.stop();
    assertThat(counted()).isEqualTo(gate.events().size());
  }

  @Test
  void otherPackagesOfTheApplicationStartAnew() {
    startOpen("inApp", "com.shop");
    host.error("cannot sell item #", 1);
    LogSense engine = host.engine();
    host.reload(settings("inApp", "com.shop.cart"));
    assertThat(host.engine()).isNotSameAs(engine);
  }

  // A full queue.

  @Test
  void aFullQueueNeverStopsTheThreadThatLogsAndDropsAreCountedAndSaidOnce() throws Exception {
    start(gate, "queueSize", CAPACITY);
    logging().join();
    gate.awaitFirst();
    gate.open();
    host.stop();
    assertThat(gate.events().size() + host.dropped()).isEqualTo(EVENTS);
    assertThat(host.dropped()).isPositive();
    assertThat(counted()).isEqualTo(EVENTS);
    assertThat(host.warnings()).singleElement().asString().contains("dropping");
  }

  @Test
  void whoWantsEveryEventCanHaveTheThreadWait() throws Exception {
    start(gate, "queueSize", CAPACITY, "whenFull", "BLOCK");
    Thread thread = logging();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt(); // no reason to lose an event
    gate.open();
    thread.join();
    host.stop();
    assertThat(gate.events()).hasSize(EVENTS);
    assertThat(host.dropped()).isZero();
  }

  @Test
  void whoWantsMostEventsCanHaveTheThreadWaitForATime() throws Exception {
    start(gate, "queueSize", CAPACITY, "whenFull", "BLOCK_WITH_TIMEOUT", "blockTimeout", "1");
    logging().join();
    gate.open();
    host.stop();
    assertThat(gate.events().size() + host.dropped()).isEqualTo(EVENTS);
    assertThat(host.dropped()).isPositive();
  }

  // Threads.

  /** A wrapped appender that is done when so many threads are in it at once. */
  private static Consumer<WrittenEvent> meeting(int threads) {
    CountDownLatch missing = new CountDownLatch(threads);
    return event -> {
      missing.countDown();
      try {
        missing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void threadsAreInTheWrappedAppenderAtTheSameTime() throws Exception {
    start(meeting(400));
    inThreads(400, Executors.newCachedThreadPool(), () -> host.error("cannot sell #", 1));
    host.stop();
    assertThat(counted()).isEqualTo(400);
  }

  @Test
  void aHundredThousandVirtualThreadsNeitherPinNorDeadlock() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
    int threads = 100_000;
    start(meeting(threads));
    inThreads(
        threads,
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null),
        () -> host.error("cannot sell #", 1));
    host.stop();
    assertThat(counted()).isEqualTo(threads);
  }

  // Recursion.

  @Test
  void whatAWrappedAppenderLogsDoesNotComeBack() {
    AtomicInteger written = new AtomicInteger();
    start(
        event -> {
          written.getAndIncrement();
          host.info("sending #", event.message());
        });
    host.info("sold item #", 1);
    host.info("sold item #", 2);
    assertThat(written).hasValue(2);
    assertThat(host.warnings()).isNotEmpty();
  }

  @Test
  void whatAWrappedAppenderLogsFromItsOwnThreadDoesNotComeBack() throws Exception {
    AtomicInteger written = new AtomicInteger();
    start(
        event -> {
          written.getAndIncrement();
          host.info("sending #", event.message());
        },
        "queueSize",
        CAPACITY,
        "whenFull",
        "BLOCK");
    logging().join();
    host.stop();
    assertThat(written).hasValue(EVENTS);
  }

  /** It does not log itself: where the library formats first, that ends in no appender's hands. */
  @Test
  void whatAnArgumentLogsWhileItsEventIsWrittenIsDroppedAndTheEventIsWritten() {
    startOpen();
    Object chattyArgument =
        new Object() {
          @Override
          public String toString() {
            host.info("describing #", "an item");
            return "item";
          }
        };
    host.info("sold #", chattyArgument);
    assertThat(gate.events())
        .extracting(WrittenEvent::message)
        .isEqualTo(
            host.formatsFirst()
                ? List.of("describing an item", "sold item")
                : List.of("sold item"));
  }

  @Test
  void anArgumentThatFailsHurtsNobody() {
    startOpen();
    host.error("cannot sell #", new Hostile());
    host.error("cannot sell item #", 1);
    assertThat(gate.events()).extracting(WrittenEvent::message).contains("cannot sell item 1");
  }

  private static final class Hostile {
    @Override
    public String toString() {
      throw new IllegalStateException("hostile");
    }
  }

  @Test
  void ownEventsAreWrittenButNotCounted() {
    startOpen();
    host.log("io.logsense.LiveRun", Severity.WARN, "checkpoint # not saved", 1, null);
    host.stop();
    assertThat(gate.events()).hasSize(1);
    assertThat(host.engine().snapshot().groups()).isEmpty();
  }

  @Test
  void aFailureOfAWrappedAppenderNeverReachesTheApplicationAndIsSaidOnce() {
    start(
        event -> {
          throw new IllegalStateException("disk full");
        });
    host.info("sold item #", 1);
    host.info("sold item #", 2);
    assertThat(host.warnings()).hasSize(1);
  }

  // The end.

  @Test
  void stoppingWritesWhatIsQueued() throws Exception {
    start(gate, "queueSize", "1000");
    logging().join();
    gate.open();
    host.stop();
    assertThat(gate.events()).hasSize(EVENTS);
    assertThat(host.dropped()).isZero();
  }

  @Test
  void stoppingWaitsNoLongerThanItsDeadlineAndSaysWhatIsLost() throws Exception {
    start(gate, "queueSize", "1000", "stopDeadline", "50 milliseconds");
    logging().join();
    gate.awaitFirst();
    host.stop();
    assertThat(host.dropped()).isEqualTo(EVENTS);
    assertThat(host.warnings()).singleElement().asString().contains("lost " + EVENTS + " events");
  }

  // The thread that logs goes on.

  @Test
  void argumentsAreThoseOfTheThreadThatLogged() {
    start(gate, "queueSize", "1000");
    StringBuilder argument = new StringBuilder("4711");
    host.error("cannot sell item #", argument);
    argument.append(" and more");
    gate.open();
    host.stop();
    assertThat(gate.events())
        .extracting(WrittenEvent::message)
        .containsExactly("cannot sell item 4711");
    assertThat(gate.events().get(0).thread()).isEqualTo(Thread.currentThread().getName());
  }
}
