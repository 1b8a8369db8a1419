package io.logsense.log4j2;

import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.inprocess.EventReader;
import io.logsense.inprocess.LiveTraces;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.time.Instant;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** Reads Log4j2's events, those that are used again and again included: it keeps none. */
final class Log4jEvents implements EventReader<org.apache.logging.log4j.core.LogEvent> {
  static final Log4jEvents READER = new Log4jEvents();

  private Log4jEvents() {}

  @Override
  public String logger(org.apache.logging.log4j.core.LogEvent event) {
    return text(event.getLoggerName());
  }

  @Override
  public Severity severity(org.apache.logging.log4j.core.LogEvent event) {
    return severity(event.getLevel());
  }

  /** A level of the application's own counts as the next worse of Log4j2's. */
  static Severity severity(Level level) {
    return switch (level.getStandardLevel()) {
      case OFF, FATAL -> Severity.FATAL;
      case ERROR -> Severity.ERROR;
      case WARN -> Severity.WARN;
      case INFO -> Severity.INFO;
      case DEBUG -> Severity.DEBUG;
      case TRACE, ALL -> Severity.TRACE;
    };
  }

  static Level level(Severity severity) {
    return switch (severity) {
      case FATAL -> Level.FATAL;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE, UNSPECIFIED -> Level.TRACE;
    };
  }

  @Override
  public long epochNanos(org.apache.logging.log4j.core.LogEvent event) {
    Instant instant = event.getInstant();
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNanoOfSecond();
  }

  @Override
  @SuppressWarnings("deprecation") // as a text for people; nothing else has the string of the code
  public @Nullable String format(org.apache.logging.log4j.core.LogEvent event) {
    Message message = event.getMessage();
    return message == null ? null : message.getFormat();
  }

  @Override
  public @Nullable StackFingerprint fingerprint(
      org.apache.logging.log4j.core.LogEvent event, FrameFingerprinter frames) {
    Throwable thrown = event.getThrown();
    return thrown == null ? null : frames.fingerprint(thrown);
  }

  @Override
  public void describe(org.apache.logging.log4j.core.LogEvent event, LogEvent.Builder out) {
    Message message = event.getMessage();
    out.timestamp(epochNanos(event))
        .severity(severity(event))
        .logger(logger(event))
        .thread(text(event.getThreadName()))
        .message(message == null ? "" : text(message.getFormattedMessage()));
    Throwable thrown = event.getThrown();
    if (thrown != null) {
      out.exception(LiveTraces.of(thrown));
    }
    event.getContextData().forEach((name, value) -> out.attribute(name, String.valueOf(value)));
    if (message instanceof MapMessage<?, ?> map) {
      map.getData().forEach((name, value) -> out.attribute(name, String.valueOf(value)));
    }
    Marker marker = event.getMarker();
    if (marker != null) {
      out.attribute("markers", marker.getName());
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
