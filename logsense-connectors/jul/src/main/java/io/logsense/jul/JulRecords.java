package io.logsense.jul;

import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.inprocess.EventReader;
import io.logsense.inprocess.LiveTraces;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Reads and copies the records of java.util.logging. */
final class JulRecords implements EventReader<LogRecord> {
  static final JulRecords READER = new JulRecords();

  /** Replaces placeholders as every formatter does. */
  private static final Formatter MESSAGES =
      new Formatter() {
        @Override
        public String format(LogRecord record) {
          return formatMessage(record);
        }
      };

  private JulRecords() {}

  @Override
  public String logger(LogRecord record) {
    return text(record.getLoggerName());
  }

  @Override
  public Severity severity(LogRecord record) {
    return severity(record.getLevel());
  }

  /**
   * As the names of the levels are understood in text: SEVERE is an error, CONFIG and FINE debug.
   */
  static Severity severity(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return Severity.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return Severity.WARN;
    }
    if (value >= Level.INFO.intValue()) {
      return Severity.INFO;
    }
    return value >= Level.FINE.intValue() ? Severity.DEBUG : Severity.TRACE;
  }

  static Level level(Severity severity) {
    return switch (severity) {
      case FATAL, ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE, UNSPECIFIED -> Level.FINER;
    };
  }

  @Override
  public long epochNanos(LogRecord record) {
    Instant instant = record.getInstant();
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  @Override
  public @Nullable String format(LogRecord record) {
    return record.getMessage();
  }

  @Override
  public @Nullable StackFingerprint fingerprint(LogRecord record, FrameFingerprinter frames) {
    Throwable thrown = record.getThrown();
    return thrown == null ? null : frames.fingerprint(thrown);
  }

  @Override
  public void describe(LogRecord record, LogEvent.Builder out) {
    out.timestamp(epochNanos(record))
        .severity(severity(record))
        .logger(logger(record))
        .thread(thread(record))
        .message(message(record));
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      out.exception(LiveTraces.of(thrown));
    }
  }

  /** Records have a number instead of the name, which the thread that logs still knows. */
  @SuppressWarnings("deprecation") // the method that replaces it is not in JDK 17
  private static String thread(LogRecord record) {
    Thread current = Thread.currentThread();
    return record.getLongThreadID() == current.getId()
        ? current.getName()
        : String.valueOf(record.getLongThreadID());
  }

  /** The message with its parameters, in the language of the logger. */
  static String message(LogRecord record) {
    return text(MESSAGES.formatMessage(record));
  }

  /** The record as it is now, though its parameters may change: it has none any more. */
  static LogRecord detached(LogRecord record) {
    LogRecord copy;
    if (record instanceof EnrichedRecord enriched) {
      copy = new EnrichedRecord(detached(enriched.logged()), enriched.facts());
    } else {
      copy = new LogRecord(record.getLevel(), null);
      copy(record, copy);
      copy.setSourceClassName(record.getSourceClassName());
      copy.setSourceMethodName(record.getSourceMethodName());
    }
    return withMessage(copy, message(record));
  }

  /** The same record, which says {@code text} in every language. */
  static LogRecord withMessage(LogRecord record, String text) {
    record.setMessage(text);
    record.setParameters(null);
    record.setResourceBundle(null);
    record.setResourceBundleName(null);
    return record;
  }

  /** Copies what a constructor does not take, but for what the record has to look for. */
  static void copy(LogRecord from, LogRecord to) {
    to.setLoggerName(from.getLoggerName());
    to.setInstant(from.getInstant());
    to.setLongThreadID(from.getLongThreadID());
    to.setSequenceNumber(from.getSequenceNumber());
    to.setThrown(from.getThrown());
    to.setParameters(from.getParameters());
    to.setResourceBundle(from.getResourceBundle());
    to.setResourceBundleName(from.getResourceBundleName());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
