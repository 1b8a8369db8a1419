package io.logsense.internal.stack;

import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isSpace;

/** What may stand in front of a line of a stack trace without being part of it. */
final class Indent {
  private Indent() {}

  /**
   * The index of the first byte that is neither white space, nor syslog's {@code #011} for a tab,
   * nor a colour sequence.
   */
  static int skip(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      byte c = b[i];
      if (isSpace(c)) {
        i++;
      } else if (c == '#' && i + 3 < to && b[i + 1] == '0' && b[i + 2] == '1' && b[i + 3] == '1') {
        i += 4;
      } else if (c == 27) {
        i = skipColour(b, i, to);
      } else {
        return i;
      }
    }
    return to;
  }

  private static int skipColour(byte[] b, int from, int to) {
    int i = from + 1;
    if (i < to && b[i] == '[') {
      i++;
      while (i < to && (isDigit(b[i]) || b[i] == ';')) {
        i++;
      }
      if (i < to) {
        i++;
      }
    }
    return i;
  }
}
