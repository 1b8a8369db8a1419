package io.logsense.internal.template;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a stretch of text without spaces or brackets that is a variable as a whole.
 *
 * <p>Hand-written scans, each linear in the stretch; no regular expressions.
 */
final class Shapes {
  private final CharacterCounts counts = new CharacterCounts();

  /** The type of {@code text[start, end)}, or null when it is not a variable as a whole. */
  @Nullable VariableType of(char[] text, int start, int end) {
    if (end <= start) {
      return null;
    }
    counts.of(text, start, end);
    if (counts.digits == 0
        && counts.dots + counts.slashes + counts.backslashes + counts.ats + counts.colons == 0) {
      return null;
    }
    if (counts.colons > 0 && NetworkNames.isUrl(text, start, end)) {
      return VariableType.URL;
    }
    if (counts.slashes + counts.backslashes > 0) {
      VariableType type = slashed(text, start, end);
      if (type != null) {
        return type;
      }
    }
    if (counts.letters == 0) {
      return counts.digits == 0 ? null : numeric(text, start, end);
    }
    if (counts.ats == 1 && counts.dots > 0 && NetworkNames.isEmail(text, start, end)) {
      return VariableType.EMAIL;
    }
    if (counts.digits > 0) {
      VariableType type = withDigits(text, start, end);
      if (type != null) {
        return type;
      }
    }
    return counts.dots > 0
            && counts.others == 0
            && counts.slashes + counts.ats == 0
            && NetworkNames.isHost(counts, text, start, end)
        ? VariableType.HOST
        : null;
  }

  private @Nullable VariableType slashed(char[] text, int start, int end) {
    char first = text[start];
    if (first == '/' && end - start > 1) {
      if (counts.letters == 0 && counts.digits > 0) {
        return numeric(text, start, end);
      }
      return Characters.isAlphanumeric(text[start + 1])
              || text[start + 1] == '_'
              || text[start + 1] == '.'
          ? VariableType.PATH
          : null;
    }
    if (end - start > 2
        && Characters.isLetter(first)
        && text[start + 1] == ':'
        && (text[start + 2] == '\\' || text[start + 2] == '/')) {
      return VariableType.PATH;
    }
    if (counts.backslashes >= 2 && (first == '\\' || counts.letters > 0)) {
      return VariableType.PATH;
    }
    if ((first == '.' || first == '~') && counts.slashes > 0) {
      return VariableType.PATH;
    }
    if (counts.slashes == 1 && counts.digits > 0 && counts.dots >= 3) {
      int slash = NetworkNames.indexOf(text, start, end, '/');
      if (NetworkNames.isAddress(text, slash + 1, end)) {
        return VariableType.IP;
      }
    }
    return counts.slashes >= 2 && counts.letters > 0 && counts.letters > counts.slashes * 2
        ? VariableType.PATH
        : null;
  }

  /** No letters, at least one digit. */
  private VariableType numeric(char[] text, int start, int end) {
    if (counts.dots >= 3
        && NetworkNames.isAddress(text, text[start] == '/' ? start + 1 : start, end)) {
      return VariableType.IP;
    }
    if (counts.colons > 0) {
      return counts.colons >= 5
          ? VariableType.IP
          : counts.dashes >= 2 || counts.slashes >= 2 ? VariableType.DATE : VariableType.TIME;
    }
    if (counts.slashes == 2 || (counts.dashes == 2 && Characters.isDigit(text[start]))) {
      return VariableType.DATE;
    }
    return counts.dots >= 2 ? VariableType.VERSION : VariableType.NUMBER;
  }

  private @Nullable VariableType withDigits(char[] text, int start, int end) {
    if (isPrefixedHex(text, start, end)) {
      return VariableType.HEX;
    }
    if (counts.otherLetters == 0 && counts.others == 0 && counts.ats == 0 && counts.slashes == 0) {
      VariableType type = hexadecimal(text, start, end);
      if (type != null) {
        return type;
      }
    }
    if (Characters.isDigit(text[start])
        || text[start] == '-'
        || text[start] == '+'
        || text[start] == '.') {
      VariableType type = quantity(text, start, end);
      if (type != null) {
        return type;
      }
      if (counts.dashes >= 2
          && counts.digits >= 8
          && counts.letters <= 4
          && NetworkNames.indexOf(text, start, end, '-') == start + 4) {
        return VariableType.DATE;
      }
    }
    return isIdentifier(text, start, end) ? VariableType.ID : null;
  }

  private static boolean isPrefixedHex(char[] text, int start, int end) {
    if (end - start < 3
        || text[start] != '0'
        || (text[start + 1] != 'x' && text[start + 1] != 'X')) {
      return false;
    }
    for (int i = start + 2; i < end; i++) {
      if ((Characters.kind(text[i]) & (Characters.DIGIT | Characters.HEX_LETTER)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Only hex digits and {@code . : -}; at least one decimal digit and one letter. */
  private @Nullable VariableType hexadecimal(char[] text, int start, int end) {
    int length = end - start;
    if (counts.dots + counts.colons + counts.dashes == 0) {
      return length >= 4 ? VariableType.HEX : null;
    }
    if (length == 17 && (counts.colons == 5 || counts.dashes == 5)) {
      return VariableType.MAC;
    }
    if (counts.colons >= 2) {
      return VariableType.IP;
    }
    if (counts.dashes == 4 && length == 36) {
      return VariableType.UUID;
    }
    if (isExponent(text, start, end)) {
      return VariableType.NUMBER;
    }
    return counts.dashes > 0
            && counts.dots + counts.colons == 0
            && counts.digits + counts.letters >= 8
        ? VariableType.HEX
        : null;
  }

  private static boolean isExponent(char[] text, int start, int end) {
    boolean exponent = false;
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (c == 'e' || c == 'E') {
        if (exponent || i == start || i == end - 1) {
          return false;
        }
        exponent = true;
      } else if (!Characters.isDigit(c) && c != '.' && c != '-' && c != '+') {
        return false;
      }
    }
    return exponent;
  }

  /** Number and unit, once or more: {@code 12ms}, {@code 1h30m}, {@code 3.5MB/s}, {@code 17%}. */
  private static @Nullable VariableType quantity(char[] text, int start, int end) {
    int i = start;
    VariableType type = null;
    while (i < end) {
      int from = i;
      while (i < end && (Characters.isDigit(text[i]) || isNumberPunctuation(text[i]))) {
        i++;
      }
      int unit = i;
      while (i < end && !Characters.isDigit(text[i])) {
        i++;
      }
      if (unit == from || unit == i) {
        return null;
      }
      VariableType found = Vocabulary.unit(text, unit, i);
      if (found == null || (type != null && type != found)) {
        return null;
      }
      type = found;
    }
    return type;
  }

  private static boolean isNumberPunctuation(char c) {
    return c == '.' || c == '-' || c == '+' || c == '%' || c == ':';
  }

  /** Letters and digits in turns, or a code of short pieces: nothing in it is a word. */
  private boolean isIdentifier(char[] text, int start, int end) {
    if (counts.digits < 2 || counts.others + counts.slashes + counts.ats + counts.backslashes > 0) {
      return false;
    }
    if (end - start >= 8
        && counts.dots + counts.colons == 0
        && separatedNumbers(text, start, end) >= 2) {
      return true;
    }
    int turns = 0;
    int longestWord = 0;
    int word = 0;
    boolean upperInside = false;
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (Characters.isLetter(c)) {
        word++;
        longestWord = Math.max(longestWord, word);
        upperInside |= word > 1 && Characters.isUpper(c);
      } else {
        word = 0;
      }
      if (i > start && Characters.isDigit(c) && Characters.isLetter(text[i - 1])) {
        turns++;
      }
    }
    int length = end - start;
    if (turns >= 3 && length >= 8 && longestWord <= 5) {
      return true;
    }
    if (counts.dashes > 0 && turns >= 2 && longestWord <= 2) {
      return true;
    }
    return length >= 16
        && turns >= 2
        && upperInside
        && counts.dots + counts.colons == 0
        && longestWord <= 6;
  }

  /**
   * Runs of digits in a name that has parts, such as {@code job_2017_0001}; 0 if none is a part.
   */
  private static int separatedNumbers(char[] text, int start, int end) {
    int runs = 0;
    boolean part = false;
    for (int i = start + 1; i < end; i++) {
      if (Characters.isDigit(text[i]) && !Characters.isDigit(text[i - 1])) {
        runs++;
        part |= text[i - 1] == '_' || text[i - 1] == '-';
      }
    }
    return part ? runs : 0;
  }
}
