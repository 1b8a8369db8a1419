package io.logsense.internal.parse;

import io.logsense.internal.text.Ascii;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of fields whose values take turns, such as loggers and threads: from their bytes to the
 * one String that was made of them before. A text is kept from its second occurrence on, so that
 * values that never come back cost nothing but a look.
 *
 * <p>Bounded: at most {@value #SLOTS} texts of at most {@value #LONGEST} bytes. Shared by threads
 * without locks: entries are immutable, and a race loses at most an entry.
 */
final class RepeatedTexts {
  private static final int SLOTS = 256;
  private static final int LONGEST = 96;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The key is an array of bytes or of characters. */
  private record Entry(Object key, String text) {}

  private final @Nullable Entry[] entries = new Entry[SLOTS];
  private final int[] seenOnce = new int[SLOTS];

  /** The text of a stretch of UTF-8. */
  String text(byte[] b, int from, int to) {
    int length = to - from;
    if (length <= 0 || length > LONGEST) {
      return Ascii.text(b, from, to);
    }
    int hash = hash(b, from, to);
    Entry entry = entries[hash & SLOTS - 1];
    if (entry != null
        && entry.key instanceof byte[] key
        && Arrays.equals(key, 0, key.length, b, from, to)) {
      return entry.text;
    }
    String text = Ascii.text(b, from, to);
    if (secondTime(hash)) {
      entries[hash & SLOTS - 1] = new Entry(Arrays.copyOfRange(b, from, to), text);
    }
    return text;
  }

  /** The text of {@code length} characters. */
  String text(char[] c, int from, int length) {
    if (length <= 0 || length > LONGEST) {
      return new String(c, from, length);
    }
    int hash = hash(c, from, length);
    Entry entry = entries[hash & SLOTS - 1];
    if (entry != null
        && entry.key instanceof char[] key
        && Arrays.equals(key, 0, key.length, c, from, from + length)) {
      return entry.text;
    }
    String text = new String(c, from, length);
    if (secondTime(hash)) {
      entries[hash & SLOTS - 1] = new Entry(Arrays.copyOfRange(c, from, from + length), text);
    }
    return text;
  }

  private boolean secondTime(int hash) {
    int slot = hash & SLOTS - 1;
    boolean second = seenOnce[slot] == hash;
    seenOnce[slot] = hash;
    return second;
  }

  /** A hash of length, beginning, middle and end; the whole is compared on a hit. */
  private static int hash(byte[] b, int from, int to) {
    int length = to - from;
    long h = length;
    if (length >= 8) {
      h = mixed(h ^ (long) LONG.get(b, from));
      h = mixed(h ^ (long) LONG.get(b, from + (length - 8) / 2));
      h = mixed(h ^ (long) LONG.get(b, to - 8));
    } else {
      for (int i = from; i < to; i++) {
        h = h << 8 ^ b[i];
      }
      h = mixed(h);
    }
    return (int) (h >>> 32);
  }

  private static int hash(char[] c, int from, int length) {
    int step = 1 + length / 16;
    long h = length;
    for (int i = 0; i < length; i += step) {
      h = 31 * h + c[from + i];
    }
    return (int) (mixed(h ^ (long) c[from + length - 1] << 32) >>> 32);
  }

  private static long mixed(long h) {
    long x = h * MIX;
    return x ^ x >>> 29;
  }
}
