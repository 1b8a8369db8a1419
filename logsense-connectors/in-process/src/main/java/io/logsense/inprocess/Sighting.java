package io.logsense.inprocess;

import java.util.Map;

/**
 * What became of an event.
 *
 * @param group where it was counted
 * @param isNew whether it is the first of its group
 * @param isReduced whether it is to be left out of the log, because a {@link Summary} will count it
 */
public record Sighting(LoggedGroup group, boolean isNew, boolean isReduced) {

  /**
   * What is known, by the names under which an appender adds it: {@code logsense.fingerprint},
   * {@code logsense.template}, {@code logsense.group.count} as of now and {@code logsense.new}.
   * Texts, a number and a truth value, in this order.
   */
  public Map<String, Object> facts() {
    return Facts.of(this);
  }
}
