package io.logsense.jul;

import io.logsense.LogSense;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.inprocess.EventPath;
import io.logsense.inprocess.EventWriter;
import io.logsense.inprocess.Summary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Identifies and counts the events that go through it to the handlers it wraps.
 *
 * <pre>{@code
 * handlers = io.logsense.jul.LogSenseHandler
 * io.logsense.jul.LogSenseHandler.handlers = java.util.logging.ConsoleHandler
 * io.logsense.jul.LogSenseHandler.enrich = MESSAGE
 * }</pre>
 *
 * <p>Events of WARNING or worse are passed on as {@link EnrichedRecord}; all others as they are.
 * The properties are {@code inApp}, {@code enrich}, {@code enrichFrom}, {@code reduce}, {@code
 * reduceFirst}, {@code reduceFurther}, {@code reducePeriod}, {@code queueSize}, {@code whenFull},
 * {@code blockTimeout}, {@code stopDeadline} and {@code flushAtExit}, explained at {@link
 * AppenderSettings}, with {@code level} and {@code filter} of every handler. The wrapped handlers
 * have their own properties, as always.
 *
 * <p>Runs in the thread that logs, holds no lock and keeps nothing in a thread. With a queue, the
 * wrapped handlers run in a thread of their own. No exception leaves it, neither one of LogSense
 * nor one of a wrapped handler; its {@link ErrorManager} is told instead.
 */
public final class LogSenseHandler extends Handler implements Measured {
  /** Outlives {@link LogManager#readConfiguration()}, which closes handlers and makes new ones. */
  private static final AtomicReference<@Nullable EventPath<LogRecord>> CONFIGURED =
      new AtomicReference<>();

  private final EventPath<LogRecord> path;
  private final List<Handler> wrapped;
  private final Enrichment enrichment;
  private final boolean isConfigured;
  private volatile boolean closed;

  /** For {@link LogManager}: set up by logging.properties. */
  public LogSenseHandler() {
    HandlerProperties properties =
        new HandlerProperties(LogManager.getLogManager()::getProperty, this::misconfigured);
    enrichment = properties.enrichment();
    wrapped = properties.handlers();
    setLevel(properties.level());
    setFilter(properties.filter());
    isConfigured = true;
    path = path(properties.settings(), CONFIGURED.getAndSet(null));
    if (wrapped.isEmpty()) {
      misconfigured(new IllegalArgumentException("no handlers: events are written nowhere"));
    }
  }

  /** A handler that wraps {@code handlers} and closes them when it is closed. */
  public LogSenseHandler(AppenderSettings settings, Enrichment enrichment, Handler... handlers) {
    this.enrichment = enrichment;
    wrapped = List.of(handlers);
    isConfigured = false;
    path = path(settings, null);
  }

  private EventPath<LogRecord> path(
      AppenderSettings settings, @Nullable EventPath<LogRecord> earlier) {
    if (enrichment == Enrichment.NONE) {
      settings.enrichFrom(null);
    }
    EventPath<LogRecord> made = new EventPath<>(settings, JulRecords.READER, new Writer());
    made.start(earlier);
    return made;
  }

  private void misconfigured(RuntimeException problem) {
    reportError(problem.getMessage(), problem, ErrorManager.OPEN_FAILURE);
  }

  /** The engine with all groups. */
  public @Nullable LogSense engine() {
    return path.engine();
  }

  /** How many events were dropped for want of room in the queue. */
  public long dropped() {
    return path.dropped();
  }

  @Override
  public List<Measure> measures() {
    return path.measures();
  }

  @Override
  public void publish(LogRecord record) {
    if (record != null && !closed) {
      path.append(record);
    }
  }

  @Override
  public void flush() {
    wrapped.forEach(Handler::flush);
  }

  /** Writes what is queued and the last summaries, then closes the wrapped handlers. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    path.stop();
    LogSense engine = path.engine();
    if (isConfigured) {
      CONFIGURED.set(path);
    } else if (engine != null) {
      engine.close();
    }
    wrapped.forEach(Handler::close);
  }

  /** Copies a record only to add to it, or to hand it to another thread. */
  private final class Writer implements EventWriter<LogRecord> {
    @Override
    public boolean accepts(LogRecord record) {
      return isLoggable(record);
    }

    @Override
    public void write(LogRecord record) {
      RuntimeException failure = null;
      for (Handler handler : wrapped) {
        try {
          handler.publish(record);
        } catch (RuntimeException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public LogRecord enrich(LogRecord record, Map<String, Object> facts) {
      EnrichedRecord enriched = new EnrichedRecord(record, facts);
      return enrichment == Enrichment.MESSAGE
          ? JulRecords.withMessage(enriched, JulRecords.message(record) + suffix(facts))
          : enriched;
    }

    private static String suffix(Map<String, Object> facts) {
      StringBuilder text = new StringBuilder(80);
      facts.forEach(
          (name, value) -> {
            if (!name.equals("logsense.template")) { // which the message says already
              text.append(text.isEmpty() ? " [" : " ").append(name).append('=').append(value);
            }
          });
      return text.append(']').toString();
    }

    @Override
    public LogRecord detach(LogRecord record) {
      return JulRecords.detached(record);
    }

    @Override
    public LogRecord event(Summary summary) {
      LogRecord record = new LogRecord(JulRecords.level(summary.severity()), null);
      record.setLoggerName(summary.group().logger());
      record.setInstant(summary.latest());
      record.setSourceClassName(LogSenseHandler.class.getName());
      record.setSourceMethodName("summary");
      return JulRecords.withMessage(record, summary.text() + " [" + summary.group().id() + "]");
    }

    @Override
    public void warn(String problem, @Nullable Throwable cause) {
      Exception exception = cause == null || cause instanceof Exception ? (Exception) cause : null;
      reportError(
          exception == null && cause != null ? problem + ": " + cause : problem,
          exception,
          ErrorManager.GENERIC_FAILURE);
    }
  }
}
