package io.logsense.inprocess;

import java.time.Duration;

/**
 * How much of a group is written when its events come in a flood.
 *
 * <p>The first events of a group are written in full; of what follows, a few in each period. At the
 * end of a period a {@link Summary} counts what was left out. A group of which a whole period left
 * nothing out starts anew.
 *
 * @param first how many events are written in full at first
 * @param further how many are written in full in each period of a flood, at least 1
 * @param period time between the summaries of a group
 */
public record Reduction(int first, int further, Duration period) {
  public Reduction {
    if (first < 1 || further < 1) {
      throw new IllegalArgumentException(
          "first is " + first + " and further is " + further + "; both must be at least 1");
    }
    if (period.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("period is " + period + "; it must be at least 1 second");
    }
  }
}
