package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Common filters for {@link LogSense.Builder#filter}; combine them with {@code and} and {@code or}.
 */
public final class EventFilters {
  private EventFilters() {}

  /** Events of that severity or worse; those that state none do not pass. */
  public static Predicate<LogEvent> atLeast(Severity severity) {
    return event -> event.severity().atLeast(severity);
  }

  /** Events of one of these services. */
  public static Predicate<LogEvent> service(String... names) {
    Set<String> wanted = Set.of(names);
    return event -> wanted.contains(event.service());
  }

  /** Events of one of these environments. */
  public static Predicate<LogEvent> environment(String... names) {
    Set<String> wanted = Set.of(names);
    return event -> wanted.contains(event.environment());
  }

  /** Events from {@code start}, inclusive, to {@code end}, exclusive; not those without a time. */
  public static Predicate<LogEvent> between(Instant start, Instant end) {
    long from = nanos(start);
    long to = nanos(end);
    return event ->
        event.timestamp() != LogEvent.NO_TIMESTAMP
            && event.timestamp() >= from
            && event.timestamp() < to;
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
