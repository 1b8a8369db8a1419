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
   * {@code logsense.template}, {@code logsense.group.count} and {@code logsense.new}. Texts, a
   * number and a truth value, in this order.
   *
   * @param count the {@linkplain LoggedGroup#count() group's} when the event was logged
   */
  public Map<String, Object> facts(long count) {
    return Facts.of(this, count);
  }
}
