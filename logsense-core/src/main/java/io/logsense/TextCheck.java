package io.logsense;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Tells text from binary data, and turns bytes into text whatever they are. */
final class TextCheck {
  private static final int EXCERPT = 80;
  private static final long SPACES = 0x2020202020202020L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private TextCheck() {}

  /** Whether at most one byte in twenty is a control character that text does not have. */
  static boolean isText(byte[] buffer, int offset, int length) {
    int allowed = length / 20;
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (i + Long.BYTES <= end && !mayHoldControls((long) LONGS.get(buffer, i))) {
        i += Long.BYTES;
        continue;
      }
      int stop = Math.min(end, i + Long.BYTES);
      for (; i < stop; i++) {
        if (buffer[i] < ' ' && buffer[i] >= 0 && !isTextControl(buffer[i]) && --allowed < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether one of eight bytes may be below the space; never misses one. */
  private static boolean mayHoldControls(long bytes) {
    return ((bytes - SPACES) & ~bytes & HIGH_BITS) != 0;
  }

  private static boolean isTextControl(byte b) {
    return b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == '\b' || b == 0x1b;
  }

  /** UTF-8 with malformed sequences replaced by U+FFFD. */
  static String decode(byte[] buffer, int offset, int length) {
    return new String(buffer, offset, length, StandardCharsets.UTF_8);
  }

  /** The first characters, with dots for what cannot be printed. */
  static String excerpt(byte[] buffer, int offset, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = offset; i < offset + Math.min(length, EXCERPT); i++) {
      out.append(buffer[i] >= ' ' && buffer[i] < 0x7f ? (char) buffer[i] : '.');
    }
    return out.append(length > EXCERPT ? "…" : "").toString();
  }
}
