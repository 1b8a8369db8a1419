package io.logsense.docker;

import java.time.Instant;
import java.util.Arrays;

/**
 * The last {@value #SIZE} lines of a log that is followed. An engine may send lines again when it
 * rotates the log: version 20.10 begins the new file anew if it notices late. A line of the same
 * nanosecond and the same text is the same line.
 */
final class RecentLines {
  private static final int SIZE = 4096;

  private final long[] keys = new long[SIZE];
  private int next;

  /** Whether the line is one of them; never where the clock is too coarse to tell. */
  boolean contains(Instant time, byte[] text) {
    if (DockerTime.epochNanos(time) % 1000 == 0) {
      return false;
    }
    long key = key(time, text);
    for (long one : keys) {
      if (one == key) {
        return true;
      }
    }
    return false;
  }

  void add(Instant time, byte[] text) {
    keys[next] = key(time, text);
    next = (next + 1) % SIZE;
  }

  private static long key(Instant time, byte[] text) {
    return DockerTime.epochNanos(time) * LogPosition.FAR ^ Arrays.hashCode(text);
  }
}
