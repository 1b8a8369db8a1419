package io.logsense.inprocess;

import io.logsense.api.event.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stands in the log for events that were left out.
 *
 * @param group whose events they are
 * @param severity the worst of them
 * @param count how many were left out since the last summary of the group
 * @param total how many of the group were logged so far, written or left out
 * @param lastSeen when the latest of the group was logged, in nanoseconds since 1970-01-01T00:00Z
 */
public record Summary(LoggedGroup group, Severity severity, long count, long total, long lastSeen) {

  /** {@link #lastSeen} as an instant. */
  public Instant latest() {
    return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(lastSeen));
  }

  /** Such as {@code 4711 more, 5000 in all, latest 2026-11-21T10:00:59.123Z: no price for {}}. */
  public String text() {
    return count + " more, " + total + " in all, latest " + latest() + ": " + group.template();
  }

  /**
   * What is known, by the names under which an appender adds it: {@code logsense.fingerprint},
   * {@code logsense.template}, {@code logsense.group.count}, {@code logsense.reduced} and {@code
   * logsense.lastSeen}. Texts and numbers, in this order.
   */
  public Map<String, Object> facts() {
    return Facts.of(this);
  }
}
