package io.logsense.jul;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.inprocess.AppenderSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only java.util.logging has: records without context, callers by look-up, one properties
 * file.
 */
class JulSpecificsTest {
  private final List<LogRecord> written = new ArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();
  private final Handler wrapped =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          record.getSourceMethodName();
          written.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
          written.clear();
        }
      };
  private LogSenseHandler handler;

  private void start(AppenderSettings settings, Enrichment enrichment) {
    handler = new LogSenseHandler(settings, enrichment, wrapped);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  @AfterEach
  void stop() {
    if (handler != null) {
      handler.close();
      assertThat(written).as("the wrapped handler is closed too").isEmpty();
    }
  }

  @Test
  void theCallerIsStillFound() {
    start(new AppenderSettings(), Enrichment.RECORD);
    logger.severe("cannot sell");
    logger.info("sold");
    assertThat(written)
        .hasSize(2)
        .allSatisfy(
            record -> {
              assertThat(record.getSourceClassName()).isEqualTo(getClass().getName());
              assertThat(record.getSourceMethodName()).isEqualTo("theCallerIsStillFound");
            });
    assertThat(written.get(0)).isInstanceOf(EnrichedRecord.class);
    assertThat(written.get(1)).isNotInstanceOf(EnrichedRecord.class);
  }

  @Test
  void whatIsKnownIsAtTheEndOfTheMessageForWhoAsksForIt() {
    start(new AppenderSettings(), Enrichment.MESSAGE);
    logger.log(Level.WARNING, "stock of {0} is low", "apples");
    assertThat(written.get(0).getMessage())
        .startsWith("stock of apples is low [logsense.fingerprint=tm1:")
        .endsWith(" logsense.group.count=1 logsense.new=true]");
  }

  @Test
  void levelAndFilterOfTheHandlerAreObeyed() {
    start(new AppenderSettings(), Enrichment.NONE);
    handler.setLevel(Level.INFO);
    handler.setFilter(record -> !record.getMessage().contains("secret"));
    logger.fine("looked at item");
    logger.info("sold secret item");
    logger.info("sold item");
    assertThat(written).extracting(LogRecord::getMessage).containsExactly("sold item");
    assertThat(handler.engine().snapshot().events()).isEqualTo(1);
  }

  @Test
  void aFilterThatLogsDoesNotRecur() {
    start(new AppenderSettings(), Enrichment.NONE);
    handler.setFilter(
        record -> {
          logger.info("looking at a record");
          return true;
        });
    logger.info("sold item");
    assertThat(written).extracting(LogRecord::getMessage).containsExactly("sold item");
  }

  /** A program. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      Logger logger = Logger.getLogger("com.shop.Cart");
      for (int i = 0; i < 500; i++) {
        logger.log(Level.SEVERE, "cannot sell item {0}", i);
      }
    }
  }

  @Test
  void whatWasLeftOutIsWrittenWhenAProgramExits(@TempDir Path directory) throws Exception {
    Path properties =
        Files.writeString(
            directory.resolve("logging.properties"),
            """
            handlers = io.logsense.jul.LogSenseHandler
            io.logsense.jul.LogSenseHandler.handlers = java.util.logging.ConsoleHandler
            io.logsense.jul.LogSenseHandler.enrich = MESSAGE
            io.logsense.jul.LogSenseHandler.reduce = true
            io.logsense.jul.LogSenseHandler.queueSize = 1000
            java.util.logging.SimpleFormatter.format = %5$s%n
            """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=" + properties,
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    List<String> lines = output.lines().filter(line -> line.contains("cannot sell")).toList();
    assertThat(lines.stream().mapToLong(JulSpecificsTest::events).sum()).isEqualTo(500);
    assertThat(lines).hasSizeLessThan(50);
  }

  /** How many events a line stands for. */
  private static long events(String line) {
    String reduced = "logsense.reduced=";
    int at = line.indexOf(reduced);
    if (at < 0) {
      return 1;
    }
    int from = at + reduced.length();
    return Long.parseLong(line.substring(from, line.indexOf(' ', from)));
  }
}
