package io.logsense.internal.stack;

/**
 * The lines of which nobody knows yet whether they belong to a stack trace: a short queue of
 * positions in one array. Not thread-safe.
 */
final class PendingLines {
  /** How far a header may be above its first frame, and how long a doubt may last. */
  static final int MOST = 64;

  private static final int SLOTS = 2 * MOST;
  private static final int MASK = SLOTS - 1;

  private byte[] bytes;
  private final int[] starts = new int[SLOTS];
  private final int[] ends = new int[SLOTS];
  private final long[] offsets = new long[SLOTS];
  private final long[] numbers = new long[SLOTS];
  private final boolean[] cut = new boolean[SLOTS];
  private int head;
  private int count;

  PendingLines(byte[] bytes) {
    this.bytes = bytes;
  }

  void add(int start, int end, long offset, long number, boolean truncated) {
    int slot = (head + count++) & MASK;
    starts[slot] = start;
    ends[slot] = end;
    offsets[slot] = offset;
    numbers[slot] = number;
    cut[slot] = truncated;
  }

  /** Forgets the oldest lines. */
  void remove(int lines) {
    head = (head + lines) & MASK;
    count -= lines;
  }

  /** The lines are now in {@code newBytes}, {@code distance} bytes nearer to its beginning. */
  void moved(byte[] newBytes, int distance) {
    bytes = newBytes;
    for (int i = 0; i < count; i++) {
      int slot = (head + i) & MASK;
      starts[slot] -= distance;
      ends[slot] -= distance;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  int start(int i) {
    return starts[(head + i) & MASK];
  }

  int end(int i) {
    return ends[(head + i) & MASK];
  }

  long offset(int i) {
    return offsets[(head + i) & MASK];
  }

  long number(int i) {
    return numbers[(head + i) & MASK];
  }

  boolean truncated(int i) {
    return cut[(head + i) & MASK];
  }
}
