package io.logsense.api.store;

import io.logsense.api.event.LogEvent;

/**
 * An event as it is kept: masked, and with its group.
 *
 * @param id names the event: the same when it is read again from its source, and of no other event;
 *     1 to 64 printable ASCII characters. An event that is read again has its timestamp and the
 *     offset of its position again: a store may look for it among those of the same time and offset
 *     alone, and keep two when an id comes with another
 * @param group id of its group
 * @param event all that is known of it but its stack trace: {@link LogEvent#exception()} is null
 * @param stackTrace the stack trace, masked, as Java would print it; empty without one
 */
public record StoredEvent(String id, String group, LogEvent event, String stackTrace) {
  private static final int MAX_ID = 64;

  /**
   * Checks the id, and that the trace is where it belongs.
   *
   * @throws IllegalArgumentException when either is not as described
   */
  public StoredEvent {
    if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "event id '" + id + "': it must be 1 to 64 printable ASCII characters without spaces");
    }
    if (event.exception() != null) {
      throw new IllegalArgumentException(
          "the stack trace of event " + id + " belongs in stackTrace");
    }
  }
}
