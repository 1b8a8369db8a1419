package io.logsense.inprocess;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of one group and severity, spread over a few cache lines so that threads seldom meet.
 *
 * <p>Counts only grow, until {@link #close()}: what is added afterwards is refused, so that a sum
 * taken then is final. Memory: 64 bytes for each processor, at most 16 of them.
 */
final class Stripes {
  /** A power of two. */
  private static final int COUNT =
      Math.min(16, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  /** Longs in a stripe, all in one cache line or two. */
  private static final int WIDTH = 8;

  private static final int EVENTS = 0;
  private static final int REDUCED = 1;
  private static final int LAST_SEEN = 2;
  private static final int NEXT_EXAMPLE = 3;

  /** Behind a count, what it was when it was closed. */
  private static final int FINAL = 4;

  /** In place of a count: nothing is counted any more. */
  private static final long CLOSED = Long.MIN_VALUE;

  /** One that never counted anything. */
  static final Stripes CLOSED_STRIPES = new Stripes();

  static {
    CLOSED_STRIPES.close();
  }

  private final AtomicLongArray longs = new AtomicLongArray(COUNT * WIDTH);

  Stripes() {
    for (int stripe = 0; stripe < COUNT; stripe++) {
      longs.setPlain(stripe * WIDTH + LAST_SEEN, Long.MIN_VALUE);
      longs.setPlain(stripe * WIDTH + NEXT_EXAMPLE, 1);
    }
  }

  /** The stripe of the calling thread. */
  @SuppressWarnings("deprecation") // the method that replaces it is not in JDK 17
  static int mine() {
    long id = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
    return (int) (id >>> 40) & (COUNT - 1);
  }

  /**
   * Whether the next event should be looked at as a whole: each time the count of a stripe has
   * doubled. True for one of several threads.
   */
  boolean takeExample(int stripe) {
    int at = stripe * WIDTH;
    long next = longs.get(at + NEXT_EXAMPLE);
    return longs.get(at + EVENTS) >= next && longs.compareAndSet(at + NEXT_EXAMPLE, next, 2 * next);
  }

  /** Counts an event; false when closed. */
  boolean add(int stripe, long epochNanos) {
    int at = stripe * WIDTH;
    longs.setOpaque(at + LAST_SEEN, epochNanos);
    return longs.getAndIncrement(at + EVENTS) >= 0;
  }

  /** Counts an event that is not written in full; false when closed. */
  boolean addReduced(int stripe, long epochNanos) {
    int at = stripe * WIDTH;
    longs.setOpaque(at + LAST_SEEN, epochNanos);
    return longs.getAndIncrement(at + REDUCED) >= 0;
  }

  /** The events added. */
  long events() {
    return sum(EVENTS);
  }

  /** Those of them that are not written in full. */
  long reduced() {
    return sum(REDUCED);
  }

  /** The time of the latest event, in nanoseconds since the epoch; the least value without one. */
  long lastSeen() {
    long last = Long.MIN_VALUE;
    for (int stripe = 0; stripe < COUNT; stripe++) {
      last = Math.max(last, longs.getOpaque(stripe * WIDTH + LAST_SEEN));
    }
    return last;
  }

  /** Counts no more. A second call does nothing. */
  void close() {
    for (int stripe = 0; stripe < COUNT; stripe++) {
      close(stripe * WIDTH + EVENTS);
      close(stripe * WIDTH + REDUCED);
    }
  }

  private void close(int at) {
    long last = longs.getAndSet(at, CLOSED);
    if (last >= 0) {
      longs.set(at + FINAL, last);
    }
  }

  private long sum(int offset) {
    long sum = 0;
    for (int stripe = 0; stripe < COUNT; stripe++) {
      long count = longs.get(stripe * WIDTH + offset);
      sum += count < 0 ? longs.get(stripe * WIDTH + offset + FINAL) : count;
    }
    return sum;
  }
}
