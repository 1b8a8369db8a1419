package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Known lines that were printed one behind the other, in one piece: comparing a text with them is
 * one walk over memory, and what they say is copied as a whole. Immutable.
 */
final class KnownRun {
  /** How many bytes make a run long enough to end it behind the line that exceeds them. */
  static final int LONG = 2048;

  private final byte[] bytes;
  private final int[] ends;
  private final KnownLine[] lines;
  private final @Nullable StackFrame[] frames;

  /**
   * A run of lines.
   *
   * @param b holds the lines, from {@code from} on, with a line feed behind each but the last
   */
  KnownRun(byte[] b, int from, KnownLine[] lines) {
    this.lines = lines;
    ends = new int[lines.length];
    frames = new @Nullable StackFrame[lines.length];
    int end = -1;
    for (int i = 0; i < lines.length; i++) {
      end += 1 + lines[i].length();
      ends[i] = end;
      frames[i] = lines[i].frame();
    }
    bytes = Arrays.copyOfRange(b, from, from + end);
  }

  int size() {
    return lines.length;
  }

  KnownLine line(int i) {
    return lines[i];
  }

  /** The line {@code i} ends that many bytes behind the beginning of the line {@code first}. */
  int end(int first, int i) {
    return ends[i] - start(first);
  }

  private int start(int i) {
    return i == 0 ? 0 : ends[i - 1] + 1;
  }

  /**
   * Up to which line {@code b[from, to)} begins with the lines of this run from {@code first} on.
   */
  int matches(int first, byte[] b, int from, int to) {
    int start = start(first);
    int length = Math.min(bytes.length - start, to - from);
    int same = Arrays.mismatch(bytes, start, start + length, b, from, from + length);
    int stop = start + (same < 0 ? length : same);
    int last = lines.length;
    while (last > first && !endsAt(ends[last - 1], stop, b, from - start, to)) {
      last--;
    }
    return last;
  }

  private static boolean endsAt(int end, int stop, byte[] b, int shift, int to) {
    return end <= stop && (end + shift == to || b[end + shift] == '\n');
  }

  /** Copies lines from {@code first} on to {@code target}, and their frames. */
  void copy(
      int first,
      int count,
      @Nullable KnownLine[] target,
      @Nullable StackFrame[] targetFrames,
      int at) {
    System.arraycopy(lines, first, target, at, count);
    System.arraycopy(frames, first, targetFrames, at, count);
  }
}
