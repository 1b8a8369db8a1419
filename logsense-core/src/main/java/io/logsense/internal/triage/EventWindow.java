package io.logsense.internal.triage;

import java.util.Arrays;

/**
 * Whether so many events came within a duration: a ring of the times of the last ones. An event
 * that is late counts as of the newest, unless it is late by more than the duration: then it does
 * not count, or, by more than a day as well, the window begins again, because the time before was
 * wrong. Memory: 8 bytes for each event asked for. Used by one thread at a time.
 */
public final class EventWindow {
  private static final long DAY = 86_400_000_000_000L;

  private final int events;
  private final long within;
  private long[] times = {};
  private int size;
  private int next;
  private long newest = Long.MIN_VALUE;

  /**
   * An empty window.
   *
   * @param events how many
   * @param withinNanos between the first and the last of them at most, in nanoseconds
   */
  public EventWindow(int events, long withinNanos) {
    this.events = events;
    this.within = withinNanos;
  }

  /** Adds events of one time; says whether the last ones of all came within the duration. */
  public boolean add(long epochNanos, long count) {
    double late = size == 0 ? 0 : (double) newest - (double) epochNanos;
    if (late > Math.max(within, DAY)) {
      size = 0;
      next = 0;
    } else if (late > within) {
      return false;
    }
    newest = size == 0 ? epochNanos : Math.max(newest, epochNanos);
    for (long i = Math.min(count, events); i > 0; i--) {
      add(newest);
    }
    return size == events && (double) newest - (double) times[next] <= (double) within;
  }

  private void add(long time) {
    if (size == times.length && size < events) {
      times = Arrays.copyOf(times, Math.min(events, Math.max(8, 2 * size)));
    }
    size = Math.min(events, size + 1);
    times[next] = time;
    next = (next + 1) % events;
  }
}
