package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.isDigit;

import io.logsense.internal.text.Ascii;
import java.util.Arrays;

/** A line without colours, and with tabs where syslog wrote {@code #011}. */
final class PlainLine {
  private static final byte[] SYSLOG_TAB = Ascii.bytes("#011");
  private static final byte ESCAPE = 27;

  private PlainLine() {}

  /** The line {@code b[from, to)} as text, without a carriage return at its end. */
  static String text(byte[] b, int from, int to) {
    int end = to > from && b[to - 1] == '\r' ? to - 1 : to;
    byte[] plain = bytes(b, from, end);
    return plain == b ? Ascii.text(b, from, end) : Ascii.text(plain, 0, plain.length);
  }

  /** The plain line; {@code b} itself, in which it is where it was, when there is nothing to do. */
  static byte[] bytes(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == ESCAPE || (b[i] == '#' && Ascii.startsWith(b, i, to, SYSLOG_TAB))) {
        return cleaned(b, from, to);
      }
    }
    return b;
  }

  private static byte[] cleaned(byte[] b, int from, int to) {
    byte[] out = new byte[to - from];
    int length = 0;
    int i = from;
    while (i < to) {
      if (b[i] == '#' && Ascii.startsWith(b, i, to, SYSLOG_TAB)) {
        out[length++] = '\t';
        i += SYSLOG_TAB.length;
      } else if (b[i] == ESCAPE && i + 1 < to && b[i + 1] == '[') {
        i += 2;
        while (i < to && (isDigit(b[i]) || b[i] == ';')) {
          i++;
        }
        i++;
      } else {
        out[length++] = b[i++];
      }
    }
    return Arrays.copyOf(out, length);
  }
}
