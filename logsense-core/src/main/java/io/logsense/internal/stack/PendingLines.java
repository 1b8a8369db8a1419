package io.logsense.internal.stack;

import io.logsense.internal.text.Ascii;

/**
 * The lines of which nobody knows yet whether they belong to a stack trace: a short queue of
 * positions in one array. Not thread-safe.
 */
final class PendingLines {
  /** How far a header may be above its first frame, and how long a doubt may last. */
  static final int MOST = 64;

  private static final int FIRST_SLOTS = 8;

  private byte[] bytes;
  private int mask = FIRST_SLOTS - 1;
  private int[] starts = new int[FIRST_SLOTS];
  private int[] ends = new int[FIRST_SLOTS];
  private long[] offsets = new long[FIRST_SLOTS];
  private long[] numbers = new long[FIRST_SLOTS];
  private boolean[] cut = new boolean[FIRST_SLOTS];
  private int head;
  private int count;

  /**
   * Where lines begin in the array that are not pending and can be made so; -1 when there are none.
   */
  private int above = -1;

  PendingLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The lines of {@code bytes[from, start(0))}, which are nobody's, become pending when somebody
   * looks at them.
   */
  void linesAbove(int from) {
    above = from;
  }

  void nothingAbove() {
    above = -1;
  }

  void add(int start, int end, long offset, long number, boolean truncated) {
    if (count > mask) {
      grow();
    }
    int slot = (head + count++) & mask;
    starts[slot] = start;
    ends[slot] = end;
    offsets[slot] = offset;
    numbers[slot] = number;
    cut[slot] = truncated;
  }

  private void grow() {
    int[] oldStarts = starts;
    int[] oldEnds = ends;
    long[] oldOffsets = offsets;
    long[] oldNumbers = numbers;
    boolean[] oldCut = cut;
    int capacity = 2 * (mask + 1);
    starts = new int[capacity];
    ends = new int[capacity];
    offsets = new long[capacity];
    numbers = new long[capacity];
    cut = new boolean[capacity];
    for (int i = 0; i < count; i++) {
      int slot = (head + i) & mask;
      starts[i] = oldStarts[slot];
      ends[i] = oldEnds[slot];
      offsets[i] = oldOffsets[slot];
      numbers[i] = oldNumbers[slot];
      cut[i] = oldCut[slot];
    }
    head = 0;
    mask = capacity - 1;
  }

  /** Forgets the oldest lines. */
  void remove(int lines) {
    head = (head + lines) & mask;
    count -= lines;
  }

  /** The lines are now in {@code newBytes}, {@code distance} bytes nearer to its beginning. */
  void moved(byte[] newBytes, int distance) {
    bytes = newBytes;
    for (int i = 0; i < count; i++) {
      int slot = (head + i) & mask;
      starts[slot] -= distance;
      ends[slot] -= distance;
    }
  }

  /**
   * Whether there is a line that many lines above the newest. One that is not pending becomes it,
   * unless there are too many.
   */
  boolean reaches(int distance) {
    while (distance >= count) {
      int end = starts[head] - 1;
      if (above < 0 || end < above || count == MOST) {
        return false;
      }
      int start = Math.max(above, Ascii.lastIndexOf(bytes, above, end, '\n') + 1);
      prepend(start, end);
    }
    return true;
  }

  private void prepend(int start, int end) {
    if (count > mask) {
      grow();
    }
    long number = numbers[head] - 1;
    head = (head - 1) & mask;
    count++;
    starts[head] = start;
    ends[head] = end;
    offsets[head] = 0;
    numbers[head] = number;
    cut[head] = false;
  }

  /** Where the line begins that is so many lines above the newest, and that is reached. */
  int startAbove(int distance) {
    return start(count - 1 - distance);
  }

  int endAbove(int distance) {
    return end(count - 1 - distance);
  }

  byte[] bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  int start(int i) {
    return starts[(head + i) & mask];
  }

  int end(int i) {
    return ends[(head + i) & mask];
  }

  long offset(int i) {
    return offsets[(head + i) & mask];
  }

  long number(int i) {
    return numbers[(head + i) & mask];
  }

  boolean truncated(int i) {
    return cut[(head + i) & mask];
  }
}
