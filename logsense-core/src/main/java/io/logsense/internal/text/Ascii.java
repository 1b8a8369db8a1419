package io.logsense.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * Questions about bytes of text in UTF-8 or any other superset of ASCII. A byte from 0x80 on is no
 * letter, digit or blank unless a method says otherwise.
 *
 * <p>A stretch is given by its first index and the index behind its last byte; the caller sees to
 * it that both are within the array.
 */
public final class Ascii {
  private Ascii() {}

  /** The bytes of a literal. */
  public static byte[] bytes(String literal) {
    return literal.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a stretch of UTF-8. */
  public static String text(byte[] b, int from, int to) {
    return from >= to ? "" : new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether {@code c} is one of {@code 0} to {@code 9}. */
  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether {@code c} is a hexadecimal digit in either case. */
  public static boolean isHexDigit(int c) {
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }

  /** Whether {@code c} is one of {@code A} to {@code Z}. */
  public static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Whether {@code c} is one of {@code A} to {@code Z} or {@code a} to {@code z}. */
  public static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** Whether {@code c} is a letter or part of a character beyond ASCII. */
  public static boolean isLetterOrNonAscii(byte c) {
    return c < 0 || isLetter(c);
  }

  /** Whether a byte can be inside an identifier of the languages that print stack traces. */
  public static boolean isIdentifier(byte c) {
    return isLetterOrNonAscii(c) || isDigit(c) || c == '_' || c == '$';
  }

  /** Whether {@code c} is a space or tab: a blank within a line. */
  public static boolean isSpace(int c) {
    return c == ' ' || c == '\t';
  }

  /** Whether {@code c} is a space, a tab or part of a line end. */
  public static boolean isBlank(int c) {
    // Most bytes are letters: one comparison answers for them.
    return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
  }

  /** {@code c} in lower case. */
  public static int toLower(int c) {
    return isUpper(c) ? c | 0x20 : c;
  }

  /** {@code c} in upper case. */
  public static int toUpper(int c) {
    return c >= 'a' && c <= 'z' ? c & ~0x20 : c;
  }

  /** Whether {@code prefix} stands at {@code from}. */
  public static boolean startsWith(byte[] b, int from, int to, byte[] prefix) {
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

  /** Whether {@code prefix}, which is ASCII, stands at {@code from}. */
  public static boolean startsWith(byte[] b, int from, int to, String prefix) {
    int length = prefix.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (b[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code suffix} stands right before {@code to}. */
  public static boolean endsWith(byte[] b, int from, int to, byte[] suffix) {
    return to - from >= suffix.length && startsWith(b, to - suffix.length, to, suffix);
  }

  /** The first index of {@code part}, which is not empty, or -1. */
  public static int indexOf(byte[] b, int from, int to, byte[] part) {
    byte first = part[0];
    int last = to - part.length;
    for (int i = from; i <= last; i++) {
      if (b[i] == first && startsWith(b, i, to, part)) {
        return i;
      }
    }
    return -1;
  }

  /** The first index of {@code c}, or -1. */
  public static int indexOf(byte[] b, int from, int to, char c) {
    for (int i = from; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /** The last index of {@code c}, or -1. */
  public static int lastIndexOf(byte[] b, int from, int to, char c) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /** The first index that is no {@linkplain #isBlank blank}, or {@code to}. */
  public static int skipBlanks(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isBlank(b[i])) {
      i++;
    }
    return i;
  }

  /** The first index that is no digit, or {@code to}. */
  public static int skipDigits(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isDigit(b[i])) {
      i++;
    }
    return i;
  }

  /** The first index that is {@linkplain #isBlank blank}, or {@code to}. */
  public static int tokenEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && !isBlank(b[i])) {
      i++;
    }
    return i;
  }

  /** Where the last run of bytes without a blank begins. */
  public static int lastWord(byte[] b, int from, int to) {
    int i = to;
    while (i > from && !isBlank(b[i - 1])) {
      i--;
    }
    return i;
  }

  /** {@code to} without the {@linkplain #isBlank blanks} before it. */
  public static int trimEnd(byte[] b, int from, int to) {
    int end = to;
    while (end > from && isBlank(b[end - 1])) {
      end--;
    }
    return end;
  }

  /** {@code to} without the spaces, tabs and carriage returns before it; a newline stays. */
  public static int trimLineEnd(byte[] b, int from, int to) {
    int end = to;
    while (end > from && (isSpace(b[end - 1]) || b[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /** {@code to} without the digits before it. */
  public static int beforeDigits(byte[] b, int from, int to) {
    int i = to;
    while (i > from && isDigit(b[i - 1])) {
      i--;
    }
    return i;
  }

  /** Whether a stretch is one digit or more and nothing else. */
  public static boolean allDigits(byte[] b, int from, int to) {
    return from < to && skipDigits(b, from, to) == to;
  }

  /** The value of at most nine digits; -1 when there are none, more, or something else. */
  public static int number(byte[] b, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(b[i])) {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }

  /** The value of a text of at most nine digits; -1 for any other. */
  public static int number(String text) {
    byte[] b = bytes(text);
    return number(b, 0, b.length);
  }

  /** The end of the bracket that opens at {@code from}, behind its partner; -1 without one. */
  public static int bracketEnd(byte[] b, int from, int to) {
    int open = b[from];
    int close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : '>';
    int depth = 0;
    for (int i = from; i < to; i++) {
      if (b[i] == open) {
        depth++;
      } else if (b[i] == close && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
