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

  private final TreeMap<Long, long[]> counts = new TreeMap<>();
  private long interval = MINUTE;

  /** The interval counted last, which is mostly the next one as well. */
  private long latest;

  private long[] latestCell = new long[1];

  void add(long epochNanos, long count) {
    long time = Math.max(-FAR, Math.min(FAR, epochNanos));
    long index = Math.floorDiv(time, interval);
    if (index != latest || counts.isEmpty()) {
      latestCell = cell(index);
      latest = index;
      latestCell[0] += count;
      fit();
    } else {
      latestCell[0] += count;
    }
  }

  private long[] cell(long index) {
    return counts.computeIfAbsent(index, interval -> new long[1]);
  }

  void add(Timeline other) {
    while (interval < other.interval) {
      coarsen();
    }
    other.counts.forEach(
        (index, count) -> cell(Math.floorDiv(index * other.interval, interval))[0] += count[0]);
    fit();
  }

  private void fit() {
    while (counts.lastKey() - counts.firstKey() >= MAX_INTERVALS) {
      coarsen();
    }
  }

  private void coarsen() {
    TreeMap<Long, long[]> old = new TreeMap<>(counts);
    counts.clear();
    interval *= 2;
    old.forEach((index, count) -> cell(Math.floorDiv(index, 2L))[0] += count[0]);
    latest = Math.floorDiv(latest, 2L);
    latestCell = cell(latest);
  }

  long interval() {
    return interval;
  }

  /** Start of the interval in nanoseconds since the epoch, to count. */
  SortedMap<Long, Long> toMap() {
    SortedMap<Long, Long> map = new TreeMap<>();
    counts.forEach((index, count) -> map.put(index * interval, count[0]));
    return map;
  }
}
