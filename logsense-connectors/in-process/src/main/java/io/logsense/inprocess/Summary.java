package io.logsense.inprocess;

import io.logsense.api.event.Severity;
import java.time.Instant;
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

  /** Such as {@code 4711 more, 5000 in all, latest 2026-11-21T10:00:59.123Z: no price for {}}. */
  public String text() {
    Instant latest = Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(lastSeen));
    return count + " more, " + total + " in all, latest " + latest + ": " + group.template();
  }
}
