package io.logsense.internal.mask;

/**
 * Questions about single characters and short stretches of text.
 *
 * <p>Everywhere in this package {@code floor} is the end of the last masked stretch: rules look
 * back no further, and see there what a second run would see, the end of a token.
 */
final class Chars {
  private static final char END_OF_TOKEN = '>';

  private Chars() {}

  /** The character at {@code i}; NUL outside the text. */
  static char at(CharSequence text, int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : '\0';
  }

  /** The character in front of {@code i}. */
  static char before(CharSequence text, int floor, int i) {
    return i > floor ? text.charAt(i - 1) : END_OF_TOKEN;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLetter(char c) {
    return isLower((char) (c | 0x20));
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isLetter(c);
  }

  /** Letter, digit or underscore. */
  static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isHex(char c) {
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }

  static boolean isBase64Url(char c) {
    return isWord(c) || c == '-';
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  static char lower(char c) {
    return isUpper(c) ? (char) (c | 0x20) : c;
  }

  /** Index behind the digits that begin at {@code i}, at most {@code max} of them. */
  static int digits(CharSequence text, int i, int max) {
    int end = i;
    while (end - i < max && isDigit(at(text, end))) {
      end++;
    }
    return end;
  }

  /** Whether exactly {@code count} digits stand at {@code i}. */
  static boolean exactly(CharSequence text, int i, int count) {
    return digits(text, i, count + 1) == i + count;
  }

  /** Whether {@code word}, in lower case, stands at {@code i} in any case. */
  static boolean matches(CharSequence text, int i, String word) {
    if (i < 0 || i + word.length() > text.length()) {
      return false;
    }
    for (int k = 0; k < word.length(); k++) {
      if (lower(text.charAt(i + k)) != word.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code prefix} stands at {@code i}, case and all. */
  static boolean startsWith(CharSequence text, int i, String prefix) {
    if (i < 0 || i + prefix.length() > text.length()) {
      return false;
    }
    for (int k = 0; k < prefix.length(); k++) {
      if (text.charAt(i + k) != prefix.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the word in front of {@code i} ends in one of {@code words}, with at most four
   * characters of punctuation between.
   */
  static boolean follows(CharSequence text, int floor, int i, String[] words) {
    int end = i;
    while (end > floor && i - end < 4 && !isWord(text.charAt(end - 1))) {
      end--;
    }
    for (String word : words) {
      int start = end - word.length();
      if (start >= floor && matches(text, start, word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a token that some rule left behind begins at {@code i}. */
  static boolean isToken(CharSequence text, int i) {
    if (at(text, i) != '<') {
      return false;
    }
    int end = i + 1;
    while (end - i < 40
        && (isUpper(at(text, end)) || isDigit(at(text, end)) || at(text, end) == '_')) {
      end++;
    }
    return at(text, end) == '>' && end - 9 > i && startsWith(text, end - 9, "_REDACTED");
  }
}
