package io.logsense.logback;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.Duration;
import io.logsense.inprocess.WhenFull;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every appender gets wrong at first: the same events through a naive one and through ours.
 */
@Timeout(120)
class AppenderSafetyTest {
  private static final int EVENTS = 100;
  private static final int CAPACITY = 4;

  private final LoggerContext context = Contexts.empty();
  private final Logger logger = context.getLogger("com.shop.Cart");
  private final LogSenseAppender appender = new LogSenseAppender();
  private final Gate gate = new Gate();

  @AfterEach
  void stop() {
    gate.open();
    context.stop();
  }

  private LogSenseAppender wrapping(
      Appender<ILoggingEvent> wrapped, Consumer<LogSenseAppender> settings) {
    appender.addAppender(wrapped);
    settings.accept(appender);
    appender.setStopDeadline(Duration.buildBySeconds(60));
    return appender;
  }

  private void attach(Appender<ILoggingEvent> under) {
    under.setContext(context);
    under.start();
    logger.addAppender(under);
  }

  /** A thread that logs all events. */
  private Thread logging() {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < EVENTS; i++) {
                logger.info("sold item {}", i);
              }
            });
    thread.start();
    return thread;
  }

  private List<Status> warnings() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getEffectiveLevel() >= Status.WARN)
        .toList();
  }

  // A full queue.

  @Test
  void aFullQueueNeverStopsTheThreadThatLogsAndDropsAreCountedAndSaidOnce() throws Exception {
    attach(wrapping(gate, settings -> settings.setQueueSize(CAPACITY)));
    logging().join();
    gate.awaitFirst();
    gate.open();
    appender.stop();
    assertThat(gate.events().size() + appender.dropped()).isEqualTo(EVENTS);
    assertThat(appender.dropped()).isPositive();
    assertThat(appender.measures())
        .filteredOn(measure -> measure.name().equals("logsense.appender.dropped"))
        .singleElement()
        .satisfies(
            dropped -> assertThat(dropped.value().getAsDouble()).isEqualTo(appender.dropped()));
    assertThat(appender.engine().snapshot().groups().get(0).count()).isEqualTo(EVENTS);
    assertThat(warnings()).singleElement().asString().contains("dropping");
  }

  @Test
  void aFullQueueOfANaiveAppenderStopsTheThreadThatLogs() throws Exception {
    attach(new Naive.Queued(gate, CAPACITY, false));
    Thread thread = logging();
    gate.awaitFirst();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    gate.open();
    thread.join();
  }

  @Test
  void whoWantsEveryEventCanHaveTheThreadWait() throws Exception {
    attach(
        wrapping(
            gate,
            settings -> {
              settings.setQueueSize(CAPACITY);
              settings.setWhenFull(WhenFull.BLOCK);
            }));
    Thread thread = logging();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt(); // no reason to lose an event
    gate.open();
    thread.join();
    appender.stop();
    assertThat(gate.events()).hasSize(EVENTS);
    assertThat(appender.dropped()).isZero();
  }

  @Test
  void whoWantsMostEventsCanHaveTheThreadWaitForATime() throws Exception {
    attach(
        wrapping(
            gate,
            settings -> {
              settings.setQueueSize(CAPACITY);
              settings.setWhenFull(WhenFull.BLOCK_WITH_TIMEOUT);
              settings.setBlockTimeout(Duration.buildByMilliseconds(1));
            }));
    logging().join();
    gate.open();
    appender.stop();
    assertThat(gate.events().size() + appender.dropped()).isEqualTo(EVENTS);
    assertThat(appender.dropped()).isPositive();
  }

  @Test
  void aNaiveAppenderThatDropsSaysNothing() throws Exception {
    attach(new Naive.Queued(gate, CAPACITY, true));
    logging().join();
    gate.open();
    await().until(() -> gate.events().size() >= CAPACITY);
    assertThat(gate.events()).hasSizeLessThan(EVENTS);
    assertThat(warnings()).isEmpty();
  }

  // Threads.

  /** A wrapped appender that is done when so many threads are in it at once. */
  private static final class Meeting extends BareAppender {
    private final CountDownLatch missing;

    Meeting(int threads) {
      missing = new CountDownLatch(threads);
    }

    @Override
    public void doAppend(ILoggingEvent event) {
      missing.countDown();
      try {
        missing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void logInThreads(int threads, ExecutorService executor) {
    for (int i = 0; i < threads; i++) {
      executor.execute(() -> logger.warn("cannot sell"));
    }
    executor.shutdown();
  }

  @Test
  void threadsAreInTheWrappedAppenderAtTheSameTime() throws Exception {
    attach(wrapping(new Meeting(400), settings -> {}));
    ExecutorService executor = Executors.newCachedThreadPool();
    logInThreads(400, executor);
    assertThat(executor.awaitTermination(60, SECONDS)).isTrue();
    appender.stop();
    assertThat(appender.engine().snapshot().groups().get(0).count()).isEqualTo(400);
  }

  @Test
  void oneThreadAtATimeIsInWhatANaiveAppenderWraps() throws Exception {
    Meeting meeting = new Meeting(4);
    attach(new Naive.Synchronous(meeting));
    ExecutorService executor = Executors.newCachedThreadPool();
    logInThreads(4, executor);
    assertThat(executor.awaitTermination(300, MILLISECONDS)).isFalse();
    assertThat(meeting.missing.getCount()).isEqualTo(3);
    executor.shutdownNow();
  }

  @Test
  void aHundredThousandVirtualThreadsNeitherPinNorDeadlock() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
    int threads = 100_000;
    attach(wrapping(new Meeting(threads), settings -> {}));
    ExecutorService executor =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    logInThreads(threads, executor);
    assertThat(executor.awaitTermination(100, SECONDS)).isTrue();
    appender.stop();
    assertThat(appender.engine().snapshot().groups().get(0).count()).isEqualTo(threads);
  }

  @Test
  void nothingIsLeftInAThread() throws Exception {
    attach(wrapping(new Meeting(0), settings -> settings.setEnrich(Enrichment.NONE)));
    assertThat(leftInAThread(appender)).isZero();
  }

  @Test
  void aNaiveAppenderLeavesABufferInEachThread() throws Exception {
    Naive.Synchronous naive = new Naive.Synchronous(new Meeting(0));
    attach(naive);
    assertThat(leftInAThread(naive)).isEqualTo(1);
  }

  /** How many thread-locals an appender leaves in a thread. */
  private int leftInAThread(Appender<ILoggingEvent> under) throws Exception {
    LoggingEvent event =
        new LoggingEvent("", logger, ch.qos.logback.classic.Level.INFO, "sold", null, null);
    event.getMDCPropertyMap();
    event.prepareForDeferredProcessing();
    under.doAppend(event); // the engine's part is done
    AtomicInteger left = new AtomicInteger(-1);
    Thread thread =
        new Thread(
            () -> {
              int before = threadLocals();
              under.doAppend(event);
              left.set(threadLocals() - before);
            });
    thread.start();
    thread.join();
    return left.get();
  }

  private static int threadLocals() {
    try {
      Field locals = Thread.class.getDeclaredField("threadLocals");
      locals.setAccessible(true);
      Object map = locals.get(Thread.currentThread());
      if (map == null) {
        return 0;
      }
      Field table = map.getClass().getDeclaredField("table");
      table.setAccessible(true);
      Object entries = table.get(map);
      int count = 0;
      for (int i = 0; i < Array.getLength(entries); i++) {
        count += Array.get(entries, i) == null ? 0 : 1;
      }
      return count;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  // Recursion.

  /** A wrapped appender whose client logs. */
  private final class Chatty extends BareAppender {
    private final AtomicInteger written = new AtomicInteger();

    @Override
    public void doAppend(ILoggingEvent event) {
      written.getAndIncrement();
      logger.info("sending {}", event.getMessage());
    }
  }

  @Test
  void whatAWrappedAppenderLogsDoesNotComeBack() {
    Chatty chatty = new Chatty();
    attach(wrapping(chatty, settings -> {}));
    logger.info("sold");
    logger.info("sold");
    assertThat(chatty.written).hasValue(2);
    assertThat(warnings()).singleElement().asString().contains("while another is being written");
  }

  @Test
  void whatAWrappedAppenderLogsEndsANaiveOne() {
    attach(new Naive.Synchronous(new Chatty()));
    assertThatThrownBy(() -> logger.info("sold")).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void whatAWrappedAppenderLogsFromItsOwnThreadDoesNotComeBack() {
    Chatty chatty = new Chatty();
    attach(
        wrapping(
            chatty,
            settings -> {
              settings.setQueueSize(CAPACITY);
              settings.setWhenFull(WhenFull.BLOCK);
            }));
    for (int i = 0; i < EVENTS; i++) {
      logger.info("sold item {}", i);
    }
    appender.stop();
    assertThat(chatty.written).hasValue(EVENTS);
  }

  @Test
  void whatAnArgumentLogsDoesNotRecurAndTheEventIsWritten() {
    gate.open();
    attach(wrapping(gate, settings -> {}));
    Object chattyArgument =
        new Object() {
          @Override
          public String toString() {
            logger.info("describing {}", this);
            return "item";
          }
        };
    logger.info("sold {}", chattyArgument);
    assertThat(gate.events()).extracting(ILoggingEvent::getFormattedMessage).contains("sold item");
  }

  @Test
  void ownEventsAreWrittenButNotCounted() {
    gate.open();
    attach(wrapping(gate, settings -> {}));
    context.getLogger("ROOT").addAppender(appender);
    context.getLogger("io.logsense.LiveRun").warn("checkpoint not saved");
    appender.stop();
    assertThat(gate.events()).hasSize(1);
    assertThat(appender.engine().snapshot().groups()).isEmpty();
  }

  @Test
  void aFailureOfAWrappedAppenderNeverReachesTheApplication() {
    attach(
        wrapping(
            new BareAppender() {
              @Override
              public void doAppend(ILoggingEvent event) {
                throw new IllegalStateException("disk full");
              }
            },
            settings -> {}));
    logger.info("sold");
    logger.info("sold");
    assertThat(warnings()).hasSize(1);
  }

  // The end.

  @Test
  void stoppingWritesWhatIsQueued() throws Exception {
    attach(wrapping(gate, settings -> settings.setQueueSize(EVENTS)));
    logging().join();
    gate.open();
    appender.stop();
    assertThat(gate.events()).hasSize(EVENTS);
    assertThat(appender.dropped()).isZero();
  }

  @Test
  void stoppingWaitsNoLongerThanItsDeadlineAndSaysWhatIsLost() throws Exception {
    attach(wrapping(gate, settings -> settings.setQueueSize(EVENTS)));
    appender.setStopDeadline(Duration.buildByMilliseconds(50));
    logging().join();
    gate.awaitFirst();
    appender.stop();
    assertThat(appender.dropped()).isEqualTo(EVENTS);
    assertThat(warnings()).singleElement().asString().contains("lost " + EVENTS + " events");
  }

  @Test
  void stoppingANaiveAppenderLosesWhatIsQueued() throws Exception {
    Naive.Queued naive = new Naive.Queued(gate, EVENTS, false);
    attach(naive);
    logging().join();
    naive.stop();
    gate.open();
    naive.thread.join();
    assertThat(gate.events()).hasSizeLessThan(EVENTS);
  }

  // The context of the thread that logs.

  /** What the wrapped appender sees of the context, after the thread that logged went on. */
  private Map<String, String> contextSeen() {
    context.getMDCAdapter().put("traceId", "4bf92f");
    logger.atError().addKeyValue("item", 4711).log("cannot sell");
    context.getMDCAdapter().clear();
    gate.open();
    await().until(() -> !gate.events().isEmpty());
    assertThat(gate.events().get(0).getKeyValuePairs()).hasSize(1);
    return gate.events().get(0).getMDCPropertyMap();
  }

  @Test
  void contextIsThatOfTheThreadThatLogged() {
    attach(wrapping(gate, settings -> settings.setQueueSize(CAPACITY)));
    assertThat(contextSeen()).containsEntry("traceId", "4bf92f");
  }

  @Test
  void contextIsThatOfTheThreadThatLoggedWhenNothingIsAdded() {
    attach(
        wrapping(
            gate,
            settings -> {
              settings.setQueueSize(CAPACITY);
              settings.setEnrich(Enrichment.NONE);
            }));
    assertThat(contextSeen()).containsEntry("traceId", "4bf92f");
  }

  @Test
  void contextIsLostByANaiveAppender() {
    attach(new Naive.Queued(gate, CAPACITY, false));
    assertThat(contextSeen()).doesNotContainKey("traceId");
  }
}
