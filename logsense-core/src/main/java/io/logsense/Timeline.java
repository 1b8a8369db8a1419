package io.logsense;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by time, in intervals of a minute that double until the timeline fits.
 *
 * <p>The interval depends on the earliest and latest time only, so the order in which events arrive
 * does not show. Memory: at most {@value #MAX_INTERVALS} entries.
 */
final class Timeline {
  static final long MINUTE = 60_000_000_000L;
  static final int MAX_INTERVALS = 1440;

  /** Times further from 1970, 146 years, are counted here, so that sums cannot overflow. */
  private static final long FAR = Long.MAX_VALUE / 2;

  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private long interval = MINUTE;

  void add(long epochNanos, long count) {
    long time = Math.max(-FAR, Math.min(FAR, epochNanos));
    counts.merge(Math.floorDiv(time, interval), count, Long::sum);
    fit();
  }

  void add(Timeline other) {
    while (interval < other.interval) {
      coarsen();
    }
    other.counts.forEach(
        (index, count) ->
            counts.merge(Math.floorDiv(index * other.interval, interval), count, Long::sum));
    fit();
  }

  private void fit() {
    while (counts.lastKey() - counts.firstKey() >= MAX_INTERVALS) {
      coarsen();
    }
  }

  private void coarsen() {
    TreeMap<Long, Long> old = new TreeMap<>(counts);
    counts.clear();
    interval *= 2;
    old.forEach((index, count) -> counts.merge(Math.floorDiv(index, 2L), count, Long::sum));
  }

  long interval() {
    return interval;
  }

  /** Start of the interval in nanoseconds since the epoch, to count. */
  SortedMap<Long, Long> toMap() {
    SortedMap<Long, Long> map = new TreeMap<>();
    counts.forEach((index, count) -> map.put(index * interval, count));
    return map;
  }
}
