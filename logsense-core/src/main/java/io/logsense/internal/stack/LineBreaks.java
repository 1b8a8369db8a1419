package io.logsense.internal.stack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line feeds eight bytes at a time, and notices on the way whether a line holds a backslash,
 * without which it cannot hold line feeds escaped for JSON.
 */
final class LineBreaks {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long BACKSLASHES = ONES * '\\';

  private boolean sawEscape;

  /** Whether the part that the last call of {@link #next} walked over may hold escapes. */
  boolean sawEscape() {
    return sawEscape;
  }

  /** The index of the next line feed in {@code b[from, to)}, or {@code to}. */
  int next(byte[] b, int from, int to) {
    int i = from;
    long escapes = 0;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONG.get(b, i);
      long feeds = zeroBytes(word ^ LINE_FEEDS);
      long backslashes = word ^ BACKSLASHES;
      escapes |= (backslashes - ONES) & ~backslashes;
      if (feeds != 0) {
        sawEscape = (escapes & HIGH_BITS) != 0;
        return i + (Long.numberOfTrailingZeros(feeds) >>> 3);
      }
    }
    for (; i < to; i++) {
      byte c = b[i];
      if (c == '\n') {
        break;
      }
      if (c == '\\') {
        escapes = HIGH_BITS;
      }
    }
    sawEscape = (escapes & HIGH_BITS) != 0;
    return i;
  }

  /** High bits set at zero bytes; exact for the lowest one, which is the one that counts. */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }
}
