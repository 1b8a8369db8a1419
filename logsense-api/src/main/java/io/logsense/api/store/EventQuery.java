package io.logsense.api.store;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for: those that fulfil all that is set. Immutable.
 *
 * <pre>{@code
 * EventQuery.all().service("shop").atLeast(Severity.ERROR).text("time-out").limit(20)
 * }</pre>
 */
public final class EventQuery {
  /** How many events are answered at most when nothing else is said. */
  public static final int DEFAULT_LIMIT = 1000;

  private static final EventQuery ALL =
      new EventQuery(
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          Severity.UNSPECIFIED,
          null,
          null,
          null,
          null,
          DEFAULT_LIMIT);

  private final long from;
  private final long to;
  private final Severity severity;
  private final @Nullable String service;
  private final @Nullable String group;
  private final @Nullable String traceId;
  private final @Nullable String text;
  private final int limit;

  private EventQuery(
      long from,
      long to,
      Severity severity,
      @Nullable String service,
      @Nullable String group,
      @Nullable String traceId,
      @Nullable String text,
      int limit) {
    this.from = from;
    this.to = to;
    this.severity = severity;
    this.service = service;
    this.group = group;
    this.traceId = traceId;
    this.text = text;
    this.limit = limit;
  }

  /** All events, of which the newest {@link #DEFAULT_LIMIT} are answered. */
  public static EventQuery all() {
    return ALL;
  }

  /**
   * Events of a time, those without a time excluded.
   *
   * @param from nanoseconds since the epoch, inclusive
   * @param to nanoseconds since the epoch, exclusive
   */
  public EventQuery between(long from, long to) {
    return new EventQuery(from, to, severity, service, group, traceId, text, limit);
  }

  /** Events of that severity or worse. */
  public EventQuery atLeast(Severity value) {
    return new EventQuery(from, to, value, service, group, traceId, text, limit);
  }

  /** Events of that service. */
  public EventQuery service(String value) {
    return new EventQuery(from, to, severity, value, group, traceId, text, limit);
  }

  /** Events of the group of that id. */
  public EventQuery group(String id) {
    return new EventQuery(from, to, severity, service, id, traceId, text, limit);
  }

  /** Events of that trace. */
  public EventQuery traceId(String value) {
    return new EventQuery(from, to, severity, service, group, value, text, limit);
  }

  /**
   * Events whose message or stack trace contains {@code value} literally, ASCII letters of either
   * case alike, and no others.
   */
  public EventQuery text(String value) {
    return new EventQuery(from, to, severity, service, group, traceId, value, limit);
  }

  /**
   * At most {@code value} events, the newest.
   *
   * @throws IllegalArgumentException when it is less than 1
   */
  public EventQuery limit(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("limit is " + value + "; it must be at least 1");
    }
    return new EventQuery(from, to, severity, service, group, traceId, text, value);
  }

  /** Whether a time is asked for. */
  public boolean isTimed() {
    return from != Long.MIN_VALUE || to != Long.MAX_VALUE;
  }

  /** Earliest time, inclusive, in nanoseconds since the epoch. */
  public long from() {
    return from;
  }

  /** Latest time, exclusive, in nanoseconds since the epoch. */
  public long to() {
    return to;
  }

  /** Least severity; {@link Severity#UNSPECIFIED} for any. */
  public Severity severity() {
    return severity;
  }

  /** The service; empty for any. */
  public Optional<String> service() {
    return Optional.ofNullable(service);
  }

  /** Id of the group; empty for any. */
  public Optional<String> group() {
    return Optional.ofNullable(group);
  }

  /** The trace; empty for any. */
  public Optional<String> traceId() {
    return Optional.ofNullable(traceId);
  }

  /** What message or stack trace must contain; empty for anything. */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /** How many events are answered at most. */
  public int limit() {
    return limit;
  }

  /** Whether an event fulfils all that is set but the limit; what stores answer by. */
  public boolean isFulfilledBy(StoredEvent stored) {
    LogEvent event = stored.event();
    long time = event.timestamp();
    boolean inTime = !isTimed() || (time != LogEvent.NO_TIMESTAMP && time >= from && time < to);
    return inTime
        && event.severity().atLeast(severity)
        && (service == null || service.equals(event.service()))
        && (group == null || group.equals(stored.group()))
        && (traceId == null || traceId.equals(event.traceId()))
        && (text == null || contains(event.message(), text) || contains(stored.stackTrace(), text));
  }

  private static boolean contains(String text, String part) {
    return lowerAscii(text).contains(lowerAscii(part));
  }

  private static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }
}
