package io.logsense.api.alert;

import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import java.time.Instant;
import java.util.List;

/**
 * Something that people are told once: a finding, or all findings of a storm.
 *
 * <p>It may be delivered more than once, after a crash or a failure. Its id is the same then, and
 * the same for any process that would tell of the same findings, so that receivers can tell
 * repeats.
 *
 * @param id derived from the findings, such as {@code al1:8e1f…}
 * @param time when it was decided to tell
 * @param summary one line; of a storm how many groups there are and the first of them
 * @param items the findings, most urgent first; never empty
 */
public record Alert(String id, Instant time, String summary, List<Item> items) {
  /** Copies the list. */
  public Alert {
    items = List.copyOf(items);
  }

  /** Whether it tells of so many groups at once that each by itself would be too much. */
  public boolean isStorm() {
    return items.size() > 1;
  }

  /**
   * A finding in brief.
   *
   * @param group id of the group
   * @param kind what happened to it
   * @param severity how urgent it is
   * @param time when it began, in nanoseconds since the epoch, or {@code LogEvent.NO_TIMESTAMP}
   * @param summary one line
   */
  public record Item(
      String group, FindingKind kind, FindingSeverity severity, long time, String summary) {}
}
