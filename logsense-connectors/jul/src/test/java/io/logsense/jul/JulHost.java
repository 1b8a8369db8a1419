package io.logsense.jul;

import io.logsense.LogSense;
import io.logsense.api.event.Severity;
import io.logsense.inprocess.AppenderHost;
import io.logsense.inprocess.WrittenEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** java.util.logging as logging.properties sets it up. There is one in a JVM. */
final class JulHost implements AppenderHost {
  private static volatile Consumer<LogRecord> sink;

  private final Map<String, Logger> loggers = new TreeMap<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private LogSenseHandler handler;

  JulHost(Map<String, String> settings, Consumer<LogRecord> to) {
    sink = to;
    for (String name : List.of("com.shop.Cart", "com.shop.Stock", "io.logsense.LiveRun")) {
      loggers.put(name, Logger.getLogger(name));
    }
    reload(settings);
  }

  /** The wrapped handler. */
  public static final class Written extends Handler {
    /** For the LogManager. */
    public Written() {}

    @Override
    public void publish(LogRecord record) {
      sink.accept(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public void reload(Map<String, String> settings) {
    configure(settings);
    handler = (LogSenseHandler) Logger.getLogger("").getHandlers()[0];
    handler.setErrorManager(
        new ErrorManager() {
          @Override
          public void error(String message, Exception exception, int code) {
            warnings.add(message);
          }
        });
  }

  private void configure(Map<String, String> settings) {
    String name = LogSenseHandler.class.getName();
    StringBuilder properties = new StringBuilder("handlers = " + name + "\n.level = OFF\n");
    loggers.keySet().forEach(logger -> properties.append(logger).append(".level = ALL\n"));
    properties.append(name).append(".handlers = ").append(Written.class.getName()).append('\n');
    settings.forEach(
        (key, value) ->
            properties
                .append(name)
                .append('.')
                .append(key)
                .append(" = ")
                .append(value)
                .append('\n'));
    try {
      LogManager.getLogManager()
          .readConfiguration(
              new ByteArrayInputStream(properties.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a wrapped handler sees of a record. */
  static WrittenEvent written(LogRecord record) {
    Map<String, String> facts = new TreeMap<>();
    if (record instanceof EnrichedRecord enriched) {
      enriched.facts().forEach((name, value) -> facts.put(name, String.valueOf(value)));
    }
    return new WrittenEvent(
        record.getLoggerName(),
        JulRecords.severity(record.getLevel()),
        JulRecords.message(record),
        record.getThrown(),
        facts,
        thread(record));
  }

  /** By number is all that a record knows. */
  @SuppressWarnings("deprecation")
  private static String thread(LogRecord record) {
    Thread current = Thread.currentThread();
    if (record.getLongThreadID() == current.getId()) {
      return current.getName();
    }
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getId() == record.getLongThreadID())
        .map(Thread::getName)
        .findFirst()
        .orElse("");
  }

  @Override
  public void log(
      String logger, Severity severity, String format, Object argument, Throwable thrown) {
    LogRecord record = new LogRecord(JulRecords.level(severity), format.replace("#", "{0}"));
    record.setLoggerName(logger);
    record.setParameters(new Object[] {argument});
    record.setThrown(thrown);
    loggers.get(logger).log(record);
  }

  @Override
  public LogSense engine() {
    return handler.engine();
  }

  @Override
  public long dropped() {
    return handler.dropped();
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void stop() {
    LogManager.getLogManager().reset();
    configure(Map.of("inApp", "of.another.application")); // so that nothing is kept
    Logger.getLogger("").getHandlers(); // made when asked for
    LogManager.getLogManager().reset();
  }
}
