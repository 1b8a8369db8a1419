package io.logsense.internal.stack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code at} traces that were read before, found again by their bytes.
 *
 * <p>Stack traces repeat: the same few thousand frames in the same order. A line that was followed
 * by another one before is followed by it again nearly always, so the walk first compares the text
 * with {@linkplain #behind that line}, or with the {@linkplain #run run} that begins with it, and
 * only when it is another one looks for its end and its hash. A line is kept when it is seen for
 * the second time, so that lines which never come again push out nothing. The bytes are always
 * compared; a collision costs time and nothing else.
 *
 * <p><b>Threads.</b> Any number, without a lock. Lines and runs are published by their final
 * fields, and a slot is only a hint at which line it holds; a race loses or doubles an entry, which
 * is then read once more. <b>Memory.</b> {@value #SLOTS} lines of at most {@value #LONGEST} bytes
 * and {@value #RUNS} runs of about {@value KnownRun#LONG}; what is read from a line takes about
 * five times its bytes. That is 10 MB when full of usual frames and 40 MB at worst. A line knows
 * others only by their slots, so that what is pushed out is garbage.
 */
final class LineMemo {
  private static final int SLOTS = 1 << 14;
  private static final int WAYS = 4;

  /** Longer lines are read each time. */
  private static final int LONGEST = 256;

  private static final int RUNS = 1 << 11;

  private static final long FACTOR = 0x9e3779b97f4a7c15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** No slot. */
  static final int NONE = -1;

  private final @Nullable KnownLine[] lines = new @Nullable KnownLine[SLOTS];

  /** For each slot the one whose line came behind its line. */
  private final int[] next = new int[SLOTS];

  /** Upper halves of the hashes of lines seen at least once. */
  private final int[] seen = new int[SLOTS];

  /** By the slot of their first line. */
  private final @Nullable KnownRun[] runs = new @Nullable KnownRun[SLOTS];

  /** The slots of the runs, the oldest of which makes room. */
  private final int[] runSlots = new int[RUNS];

  private int oldestRun;
  private int turn;

  /** The slot of the line that came behind the one in {@code slot} before. */
  int behind(int slot) {
    return next[slot];
  }

  /** A run that began with the line in a slot, or with one that was there before. */
  @Nullable KnownRun run(int slot) {
    return runs[slot];
  }

  void keep(KnownRun run) {
    int slot = run.line(0).slot();
    if (runs[slot] == null) {
      int place = oldestRun++ & RUNS - 1;
      runs[runSlots[place]] = null;
      runSlots[place] = slot;
    }
    runs[slot] = run;
  }

  /** The line in a slot when it is the one that begins at {@code b[from]}; else null. */
  @Nullable KnownLine at(int slot, byte[] b, int from, int to) {
    KnownLine line = lines[slot];
    if (line == null) {
      return null;
    }
    int end = from + line.length();
    boolean ends = end == to || (end < to && b[end] == '\n');
    return ends && line.is(b, from, end) ? line : null;
  }

  /** The line {@code b[from, to)} when it is known; remembered as the one behind {@code latest}. */
  @Nullable KnownLine find(int latest, byte[] b, int from, int to) {
    if (to - from > LONGEST) {
      return null;
    }
    int set = set(hash(b, from, to));
    for (int slot = set; slot < set + WAYS; slot++) {
      KnownLine line = lines[slot];
      if (line != null && line.is(b, from, to)) {
        if (latest >= 0) {
          next[latest] = slot;
        }
        return line;
      }
    }
    return null;
  }

  /** Reads the line {@code b[from, to)} of the given kind, which was not found. */
  @Nullable KnownLine read(byte[] b, int from, int to, LineKind kind) {
    if (to - from > LONGEST) {
      return null;
    }
    long hash = hash(b, from, to);
    int set = set(hash);
    int mark = (int) (hash >>> 32) | 1;
    int place = set + (mark >>> 1 & WAYS - 1);
    if (seen[place] != mark) {
      seen[place] = mark;
      return new KnownLine(b, from, to, kind, NONE);
    }
    int slot = set;
    while (slot < set + WAYS && lines[slot] != null) {
      slot++;
    }
    slot = slot < set + WAYS ? slot : set + (turn++ & WAYS - 1);
    KnownLine line = new KnownLine(b, from, to, kind, slot);
    lines[slot] = line;
    return line;
  }

  private static int set(long hash) {
    return (int) hash & (SLOTS - 1) & -WAYS;
  }

  /** Eight bytes at a time, multiplied and rotated; the last eight may overlap those before. */
  private static long hash(byte[] b, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      hash = (Long.rotateLeft(hash, 23) ^ (long) LONG.get(b, i)) * FACTOR;
    }
    if (i < to && to - from >= 8) {
      hash = (Long.rotateLeft(hash, 23) ^ (long) LONG.get(b, to - 8)) * FACTOR;
    } else {
      for (; i < to; i++) {
        hash = (hash ^ b[i]) * FACTOR;
      }
    }
    hash ^= hash >>> 32;
    return hash * FACTOR ^ hash >>> 29;
  }
}
