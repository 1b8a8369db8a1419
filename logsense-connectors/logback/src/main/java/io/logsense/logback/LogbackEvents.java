package io.logsense.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.inprocess.EventReader;
import io.logsense.inprocess.LiveTraces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Reads Logback's events. */
final class LogbackEvents implements EventReader<ILoggingEvent> {
  static final LogbackEvents READER = new LogbackEvents();

  private LogbackEvents() {}

  @Override
  public String logger(ILoggingEvent event) {
    return text(event.getLoggerName());
  }

  @Override
  public Severity severity(ILoggingEvent event) {
    return severity(event.getLevel());
  }

  static Severity severity(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> Severity.ERROR;
      case Level.WARN_INT -> Severity.WARN;
      case Level.INFO_INT -> Severity.INFO;
      case Level.DEBUG_INT -> Severity.DEBUG;
      default -> Severity.TRACE;
    };
  }

  static Level level(Severity severity) {
    return switch (severity) {
      case FATAL, ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE, UNSPECIFIED -> Level.TRACE;
    };
  }

  @Override
  public long epochNanos(ILoggingEvent event) {
    return TimeUnit.MILLISECONDS.toNanos(event.getTimeStamp());
  }

  @Override
  public @Nullable String format(ILoggingEvent event) {
    return event.getMessage();
  }

  @Override
  public @Nullable StackFingerprint fingerprint(ILoggingEvent event, FrameFingerprinter frames) {
    IThrowableProxy throwable = event.getThrowableProxy();
    return throwable == null ? null : frames.fingerprint(throwable, ThrowableProxies.READER);
  }

  @Override
  public void describe(ILoggingEvent event, LogEvent.Builder out) {
    out.timestamp(epochNanos(event))
        .severity(severity(event))
        .logger(logger(event))
        .thread(text(event.getThreadName()))
        .message(text(event.getFormattedMessage()));
    IThrowableProxy throwable = event.getThrowableProxy();
    if (throwable != null) {
      out.exception(LiveTraces.of(throwable, ThrowableProxies.READER));
    }
    for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
      out.attribute(entry.getKey(), text(entry.getValue()));
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> out.attribute(pair.key, String.valueOf(pair.value)));
    }
    List<Marker> markers = event.getMarkerList();
    if (markers != null && !markers.isEmpty()) {
      out.attribute("markers", String.join(",", markers.stream().map(Marker::getName).toList()));
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
