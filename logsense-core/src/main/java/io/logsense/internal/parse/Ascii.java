package io.logsense.internal.parse;

import java.nio.charset.StandardCharsets;

/** Questions about bytes of text in UTF-8 or any superset of ASCII. */
final class Ascii {
  private Ascii() {}

  static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean letter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  static boolean hex(int c) {
    return digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }

  static boolean blank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  /** The first index at or behind {@code from} that is no digit. */
  static int skipDigits(byte[] b, int from, int to) {
    int p = from;
    while (p < to && digit(b[p])) {
      p++;
    }
    return p;
  }

  static int skipBlanks(byte[] b, int from, int to) {
    int p = from;
    while (p < to && blank(b[p])) {
      p++;
    }
    return p;
  }

  /** The first index at or behind {@code from} that is blank, or {@code to}. */
  static int tokenEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && !blank(b[p])) {
      p++;
    }
    return p;
  }

  /** Where the last run of bytes without a blank begins. */
  static int lastWord(byte[] b, int from, int to) {
    int p = to;
    while (p > from && !blank(b[p - 1])) {
      p--;
    }
    return p;
  }

  /** {@code to} without the blanks before it. */
  static int trimEnd(byte[] b, int from, int to) {
    int end = to;
    while (end > from && blank(b[end - 1])) {
      end--;
    }
    return end;
  }

  static int indexOf(byte[] b, int from, int to, char wanted) {
    for (int p = from; p < to; p++) {
      if (b[p] == wanted) {
        return p;
      }
    }
    return -1;
  }

  static boolean startsWith(byte[] b, int from, int to, String prefix) {
    if (to - from < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (b[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The value of at most nine digits; -1 when there are none, more, or something else. */
  static int number(byte[] b, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int value = 0;
    for (int p = from; p < to; p++) {
      if (!digit(b[p])) {
        return -1;
      }
      value = value * 10 + b[p] - '0';
    }
    return value;
  }

  static int number(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return number(b, 0, b.length);
  }

  static boolean allDigits(byte[] b, int from, int to) {
    return from < to && skipDigits(b, from, to) == to;
  }

  /** The end of the bracket that opens at {@code from}, behind its partner; -1 without one. */
  static int bracketEnd(byte[] b, int from, int to) {
    int open = b[from];
    int close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : '>';
    int depth = 0;
    for (int p = from; p < to; p++) {
      if (b[p] == open) {
        depth++;
      } else if (b[p] == close && --depth == 0) {
        return p + 1;
      }
    }
    return -1;
  }

  static String text(byte[] b, int from, int to) {
    return from >= to ? "" : new String(b, from, to - from, StandardCharsets.UTF_8);
  }
}
