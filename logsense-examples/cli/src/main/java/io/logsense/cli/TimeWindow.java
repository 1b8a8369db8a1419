package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The events of a stretch of time; events without a time are in none.
 *
 * @param text as the user wrote it
 * @param from its beginning, in nanoseconds since the epoch
 * @param to its end, not included
 */
record TimeWindow(String text, long from, long to) implements Predicate<LogEvent> {
  @Override
  public boolean test(LogEvent event) {
    long time = event.timestamp();
    return time != LogEvent.NO_TIMESTAMP && time >= from && time < to;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads {@code FROM/TO}. */
  static final class Parser implements ITypeConverter<TimeWindow> {
    @Override
    public TimeWindow convert(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw wrong(text);
      }
      try {
        long from = nanos(text.substring(0, slash), Long.MIN_VALUE);
        long to = nanos(text.substring(slash + 1), Long.MAX_VALUE);
        if (from >= to) {
          throw new TypeConversionException("'" + text + "' ends before it begins");
        }
        return new TimeWindow(text, from, to);
      } catch (DateTimeParseException | ArithmeticException e) {
        throw wrong(text);
      }
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "'"
              + text
              + "' is no window; write FROM/TO, such as 2026-05-01T10:00Z/2026-05-01T11:00Z");
    }

    private static long nanos(String text, long otherwise) {
      if (text.isEmpty()) {
        return otherwise;
      }
      Instant instant;
      if (text.indexOf('T') < 0) {
        instant = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      } else if (text.matches(".*(Z|[+-][0-9:]+)")) {
        instant = OffsetDateTime.parse(text).toInstant();
      } else {
        instant = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      }
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
  }
}
