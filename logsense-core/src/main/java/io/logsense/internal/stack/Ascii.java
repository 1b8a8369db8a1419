package io.logsense.internal.stack;

import java.nio.charset.StandardCharsets;

/** Questions about bytes of text. UTF-8 passes through: bytes from 0x80 on count as letters. */
final class Ascii {
  private Ascii() {}

  /** The bytes of a literal. */
  static byte[] bytes(String literal) {
    return literal.getBytes(StandardCharsets.UTF_8);
  }

  static boolean startsWith(byte[] b, int from, int to, byte[] prefix) {
    int length = prefix.length;
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (b[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  static boolean endsWith(byte[] b, int from, int to, byte[] suffix) {
    return to - from >= suffix.length && startsWith(b, to - suffix.length, to, suffix);
  }

  /** The first index of {@code part}, or -1. */
  static int indexOf(byte[] b, int from, int to, byte[] part) {
    byte first = part[0];
    int last = to - part.length;
    for (int i = from; i <= last; i++) {
      if (b[i] == first && startsWith(b, i, to, part)) {
        return i;
      }
    }
    return -1;
  }

  static int indexOf(byte[] b, int from, int to, char c) {
    for (int i = from; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  static int lastIndexOf(byte[] b, int from, int to, char c) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || isUpper(c) || c < 0;
  }

  /** Whether a byte can be inside an identifier of any of our languages. */
  static boolean isIdentifier(byte c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '$';
  }

  static boolean isSpace(byte c) {
    return c == ' ' || c == '\t';
  }

  /** The index after trailing white space, the carriage return included. */
  static int trimEnd(byte[] b, int from, int to) {
    int end = to;
    while (end > from && (isSpace(b[end - 1]) || b[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /**
   * The index of the first byte that is neither white space, nor syslog's {@code #011} for a tab,
   * nor a colour sequence.
   */
  static int skipIndent(byte[] b, int from, int to) {
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

  /** The index before the digits that end at {@code to}; {@code to} itself when there are none. */
  static int beforeDigits(byte[] b, int from, int to) {
    int i = to;
    while (i > from && isDigit(b[i - 1])) {
      i--;
    }
    return i;
  }
}
