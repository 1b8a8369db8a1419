package io.logsense.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.inprocess.WrittenEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;

/** What only Log4j2 has: events that are used again, asynchronous loggers, references by name. */
class Log4jSpecificsTest {
  private static final int THREADS = 8;

  /** All threads together log fewer than the buffer of asynchronous loggers takes. */
  private static final int EVENTS = 500;

  private final List<LogEvent> kept = Collections.synchronizedList(new ArrayList<>());
  private final List<WrittenEvent> written = Collections.synchronizedList(new ArrayList<>());

  private void write(LogEvent event) {
    kept.add(event);
    written.add(Log4jHost.written(event));
  }

  private Log4jHost host(String template, Map<String, String> settings) {
    return new Log4jHost(new LoggerContext("test"), settings, template, this::write);
  }

  private void logEverywhere(Log4jHost host) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < EVENTS; i++) {
                  host.error("cannot sell item #", i);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    host.stop();
  }

  private void assertEveryEventWasWrittenAsItWasLogged(Log4jHost host) {
    assertThat(host.engine().snapshot().groups())
        .singleElement()
        .satisfies(group -> assertThat(group.count()).isEqualTo(THREADS * EVENTS));
    Map<String, Long> messages =
        written.stream()
            .collect(Collectors.groupingBy(WrittenEvent::message, Collectors.counting()));
    assertThat(messages).hasSize(EVENTS).allSatisfy((text, n) -> assertThat(n).isEqualTo(THREADS));
    assertThat(written).allSatisfy(event -> assertThat(event.facts()).hasSize(4));
  }

  @Test
  void eventsOfAsynchronousLoggersAreWrittenAsTheyWereLogged() throws Exception {
    Log4jHost host =
        new Log4jHost(new AsyncLoggerContext("test"), Map.of(), Log4jHost.ROOT, this::write);
    logEverywhere(host);
    assertEveryEventWasWrittenAsItWasLogged(host);
  }

  @Test
  void eventsOfAsynchronousLoggersAreCopiedForTheQueue() throws Exception {
    Map<String, String> settings =
        Map.of("queueSize", "100", "whenFull", "BLOCK", "stopDeadline", "60 seconds");
    Log4jHost host =
        new Log4jHost(new AsyncLoggerContext("test"), settings, Log4jHost.ROOT, this::write);
    logEverywhere(host);
    assertEveryEventWasWrittenAsItWasLogged(host);
  }

  @Test
  void itMayStandBehindAnAsynchronousAppender() throws Exception {
    Log4jHost host =
        host(
            """
            <Configuration>
              <Appenders>
                <LogSense name="NAME" ATTRIBUTES><AppenderRef ref="WRITTEN"/></LogSense>
                <Async name="ASYNC" bufferSize="32"><AppenderRef ref="NAME"/></Async>
              </Appenders>
              <Loggers><Root level="TRACE"><AppenderRef ref="ASYNC"/></Root></Loggers>
            </Configuration>
            """,
            Map.of());
    logEverywhere(host);
    assertEveryEventWasWrittenAsItWasLogged(host);
  }

  @Test
  void eventsAreCopiedOnlyToAddToThemOrForAnotherThread() {
    Log4jHost host = Log4jHost.synchronous(Map.of(), this::write);
    host.info("sold item #", 1);
    host.error("cannot sell item #", 1);
    host.stop();
    assertThat(kept.get(0)).isNotInstanceOf(Log4jLogEvent.class); // Log4j2's own, to be used again
    assertThat(kept.get(1)).isInstanceOf(Log4jLogEvent.class);
  }

  @Test
  void contextIsThatOfTheThreadThatLogged() {
    Log4jHost host = Log4jHost.synchronous(Map.of("queueSize", "10"), this::write);
    ThreadContext.put("traceId", "4bf92f");
    host.error("cannot sell item #", 1);
    host.info("sold item #", 1);
    ThreadContext.clearAll();
    host.stop();
    assertThat(kept)
        .hasSize(2)
        .allSatisfy(e -> assertThat(e.getContextData().toMap()).containsEntry("traceId", "4bf92f"));
  }

  @Test
  void theTextOfTheLogDoesNotChangeAndKnowsTheLineOfTheCode() {
    PatternLayout layout =
        PatternLayout.newBuilder().setPattern("%d %p [%t] %c %C.%M - %m %marker%n%ex").build();
    List<String> texts = Collections.synchronizedList(new ArrayList<>());
    Log4jHost host =
        Log4jHost.synchronous(
            Map.of("enrichFrom", "INFO"), event -> texts.add(layout.toSerializable(event)));
    host.context.getLogger("com.shop.Cart").info("sold item {}", 4711);
    host.stop();
    assertThat(texts)
        .singleElement()
        .asString()
        .contains("INFO [" + Thread.currentThread().getName() + "] com.shop.Cart")
        .endsWith(
            Log4jSpecificsTest.class.getName()
                + ".theTextOfTheLogDoesNotChangeAndKnowsTheLineOfTheCode - sold item 4711 "
                + System.lineSeparator());
  }

  @Test
  void levelAndFilterOfAReferenceAreObeyed() {
    Log4jHost host =
        host(
            """
            <Configuration>
              <Appenders>
                <LogSense name="NAME" ATTRIBUTES>
                  <AppenderRef ref="WRITTEN" level="WARN">
                    <RegexFilter regex=".*secret.*" onMatch="DENY" onMismatch="NEUTRAL"/>
                  </AppenderRef>
                </LogSense>
              </Appenders>
              <Loggers><Root level="TRACE"><AppenderRef ref="NAME"/></Root></Loggers>
            </Configuration>
            """,
            Map.of());
    host.info("sold item #", 1);
    host.error("cannot sell secret #", 1);
    host.error("cannot sell item #", 1);
    host.stop();
    assertThat(written).extracting(WrittenEvent::message).containsExactly("cannot sell item 1");
    assertThat(host.engine().snapshot().groups()).hasSize(3);
  }

  /** Log4j2 stops appenders in an order that depends on their names. */
  @Test
  void theLastSummariesAreWrittenWhateverTheNamesOfTheAppenders() {
    for (int i = 0; i < 12; i++) {
      written.clear();
      Log4jHost host = Log4jHost.synchronous(Map.of("reduce", "true"), this::write);
      for (int n = 0; n < 100; n++) {
        host.error("cannot sell item #", n);
      }
      host.stop();
      assertThat(written.stream().mapToLong(WrittenEvent::count).sum()).isEqualTo(100);
      assertThat(written).hasSizeLessThan(30);
    }
  }

  @Test
  void aReferenceToNothingIsSaid() {
    Log4jHost host = host(Log4jHost.ROOT.replace("WRITTEN", "MISSING"), Map.of());
    host.error("cannot sell item #", 1);
    host.stop();
    assertThat(host.warnings()).first().asString().contains("MISSING");
    assertThat(host.engine().snapshot().groups()).hasSize(1);
  }

  @Test
  void itIsSetUpByCode() {
    Log4jHost host = host("<Configuration/>", Map.of());
    Configuration configuration = host.context.getConfiguration();
    Appender appender =
        LogSenseAppender.newBuilder()
            .setName("BY-CODE")
            .setConfiguration(configuration)
            .setInApp("com.shop")
            .setEnrichFrom(Level.INFO)
            .setAppenderRefs(AppenderRef.createAppenderRef("WRITTEN", null, null))
            .build();
    configuration.addAppender(appender);
    appender.start();
    configuration.getRootLogger().addAppender(appender, null, null);
    configuration.getRootLogger().setLevel(Level.INFO);
    host.context.updateLoggers();
    host.info("sold item #", 1);
    host.stop();
    assertThat(written)
        .singleElement()
        .satisfies(e -> assertThat(e.facts()).containsEntry("logsense.new", "true"));
  }
}
