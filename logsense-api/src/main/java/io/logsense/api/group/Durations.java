package io.logsense.api.group;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How long something took, over all events that say so. Immutable. */
public final class Durations {
  private final SortedMap<Long, Long> counts;
  private final long count;

  /**
   * The durations counted.
   *
   * @param counts nanoseconds to events, at least one
   */
  public Durations(Map<Long, Long> counts) {
    this.counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    this.count = counts.values().stream().mapToLong(Long::longValue).sum();
    if (count < 1) {
      throw new IllegalArgumentException("no durations");
    }
  }

  /** How many events state one. */
  public long count() {
    return count;
  }

  /**
   * The duration that a share of the events do not exceed, in nanoseconds, to 2 %.
   *
   * @param share in [0, 1], such as 0.95
   */
  public long quantile(double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return entry.getKey();
      }
    }
    return counts.lastKey();
  }
}
