package io.logsense.internal.template;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a stretch of text without spaces or brackets that is a variable as a whole.
 *
 * <p>Hand-written scans, each linear in the stretch; no regular expressions.
 */
final class Shapes {
  /** Bits of a counter, and what one can hold. */
  private static final int BITS = 5;

  private static final int MOST = 31;

  private static final int DIGITS = 0;
  private static final int LETTERS = 1;
  private static final int OTHER_LETTERS = 2;
  private static final int UPPER = 3;
  private static final int DOTS = 4;
  private static final int COLONS = 5;
  private static final int SLASHES = 6;
  private static final int BACKSLASHES = 7;
  private static final int DASHES = 8;
  private static final int ATS = 9;
  private static final int OTHERS = 10;

  /** What an ASCII character adds to the counters. */
  private static final long[] ONE = new long[128];

  static {
    for (char c = 0; c < 128; c++) {
      int kind = Characters.kind(c);
      if ((kind & Characters.LETTER) != 0) {
        ONE[c] = one(LETTERS);
        ONE[c] |= kind == Characters.OTHER_LETTER ? one(OTHER_LETTERS) : 0;
        ONE[c] |= Characters.isUpper(c) ? one(UPPER) : 0;
      } else if (c != '_') {
        int mark = ".:/\\-@".indexOf(c);
        ONE[c] = one(kind == Characters.DIGIT ? DIGITS : mark < 0 ? OTHERS : DOTS + mark);
      }
    }
  }

  private int digits;
  private int letters;
  private int otherLetters;
  private int upper;
  private int dots;
  private int colons;
  private int slashes;
  private int backslashes;
  private int dashes;
  private int ats;
  private int others;

  /** The type of {@code text[start, end)}, or null when it is not a variable as a whole. */
  @Nullable VariableType of(char[] text, int start, int end) {
    if (end <= start) {
      return null;
    }
    count(text, start, end);
    if (digits == 0 && dots + slashes + backslashes + ats + colons == 0) {
      return null;
    }
    if (colons > 0 && isUrl(text, start, end)) {
      return VariableType.URL;
    }
    if (slashes + backslashes > 0) {
      VariableType type = slashed(text, start, end);
      if (type != null) {
        return type;
      }
    }
    if (letters == 0) {
      return digits == 0 ? null : numeric(text, start, end);
    }
    if (ats == 1 && dots > 0 && isEmail(text, start, end)) {
      return VariableType.EMAIL;
    }
    if (digits > 0) {
      VariableType type = withDigits(text, start, end);
      if (type != null) {
        return type;
      }
    }
    return dots > 0 && others == 0 && slashes + ats == 0 && isHost(text, start, end)
        ? VariableType.HOST
        : null;
  }

  /**
   * Counts the characters of each class. The counters lie side by side in one number, so that a
   * character costs one addition; they are emptied before one of them can overflow.
   */
  private void count(char[] text, int start, int end) {
    digits = letters = otherLetters = upper = dots = colons = 0;
    slashes = backslashes = dashes = ats = others = 0;
    int i = start;
    while (i < end) {
      int stop = Math.min(end, i + MOST);
      long sum = 0;
      while (i < stop) {
        char c = text[i++];
        sum += c < 128 ? ONE[c] : oneAbove(c);
      }
      digits += field(sum, DIGITS);
      letters += field(sum, LETTERS);
      otherLetters += field(sum, OTHER_LETTERS);
      upper += field(sum, UPPER);
      dots += field(sum, DOTS);
      colons += field(sum, COLONS);
      slashes += field(sum, SLASHES);
      backslashes += field(sum, BACKSLASHES);
      dashes += field(sum, DASHES);
      ats += field(sum, ATS);
      others += field(sum, OTHERS);
    }
  }

  private static long one(int index) {
    return 1L << (index * BITS);
  }

  private static int field(long sum, int index) {
    return (int) (sum >>> (index * BITS)) & MOST;
  }

  private static long oneAbove(char c) {
    return Characters.isLetter(c) ? one(LETTERS) + one(OTHER_LETTERS) : one(OTHERS);
  }

  private static boolean isUrl(char[] text, int start, int end) {
    int i = start;
    while (i < end
        && (Characters.isAlphanumeric(text[i])
            || text[i] == '+'
            || text[i] == '.'
            || text[i] == '-')) {
      i++;
    }
    return i - start >= 2
        && end - i > 3
        && text[i] == ':'
        && text[i + 1] == '/'
        && text[i + 2] == '/';
  }

  private @Nullable VariableType slashed(char[] text, int start, int end) {
    char first = text[start];
    if (first == '/' && end - start > 1) {
      if (letters == 0 && digits > 0) {
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
    if (backslashes >= 2 && (first == '\\' || letters > 0)) {
      return VariableType.PATH;
    }
    if ((first == '.' || first == '~') && slashes > 0) {
      return VariableType.PATH;
    }
    if (slashes == 1 && digits > 0 && dots >= 3) {
      int slash = indexOf(text, start, end, '/');
      if (isAddress(text, slash + 1, end)) {
        return VariableType.IP;
      }
    }
    return slashes >= 2 && letters > 0 && letters > slashes * 2 ? VariableType.PATH : null;
  }

  /** No letters, at least one digit. */
  private VariableType numeric(char[] text, int start, int end) {
    if (dots >= 3 && isAddress(text, text[start] == '/' ? start + 1 : start, end)) {
      return VariableType.IP;
    }
    if (colons > 0) {
      return colons >= 5
          ? VariableType.IP
          : dashes >= 2 || slashes >= 2 ? VariableType.DATE : VariableType.TIME;
    }
    if (slashes == 2 || (dashes == 2 && Characters.isDigit(text[start]))) {
      return VariableType.DATE;
    }
    return dots >= 2 ? VariableType.VERSION : VariableType.NUMBER;
  }

  private @Nullable VariableType withDigits(char[] text, int start, int end) {
    if (isPrefixedHex(text, start, end)) {
      return VariableType.HEX;
    }
    if (otherLetters == 0 && others == 0 && ats == 0 && slashes == 0) {
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
      if (dashes >= 2
          && digits >= 8
          && letters <= 4
          && indexOf(text, start, end, '-') == start + 4) {
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
    if (dots + colons + dashes == 0) {
      return length >= 4 ? VariableType.HEX : null;
    }
    if (length == 17 && (colons == 5 || dashes == 5)) {
      return VariableType.MAC;
    }
    if (colons >= 2) {
      return VariableType.IP;
    }
    if (dashes == 4 && length == 36) {
      return VariableType.UUID;
    }
    if (isExponent(text, start, end)) {
      return VariableType.NUMBER;
    }
    return dashes > 0 && dots + colons == 0 && digits + letters >= 8 ? VariableType.HEX : null;
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
    if (digits < 2 || others + slashes + ats + backslashes > 0) {
      return false;
    }
    if (end - start >= 8 && dots + colons == 0 && separatedNumbers(text, start, end) >= 2) {
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
    if (dashes > 0 && turns >= 2 && longestWord <= 2) {
      return true;
    }
    return length >= 16 && turns >= 2 && upperInside && dots + colons == 0 && longestWord <= 6;
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

  /** Four numbers with dots between them and perhaps a port. */
  private static boolean isAddress(char[] text, int start, int end) {
    int parts = 0;
    int i = start;
    while (i < end && parts < 4) {
      int from = i;
      while (i < end && Characters.isDigit(text[i])) {
        i++;
      }
      if (i == from || i - from > 3) {
        return false;
      }
      parts++;
      if (parts < 4) {
        if (i == end || text[i] != '.') {
          return false;
        }
        i++;
      }
    }
    return parts == 4 && (i == end || text[i] == ':' || text[i] == '/');
  }

  private static boolean isEmail(char[] text, int start, int end) {
    int at = indexOf(text, start, end, '@');
    return at > start
        && indexOf(text, at, end, '.') < end - 1
        && end - at > 3
        && indexOf(text, at, end, ':') == end;
  }

  private boolean isHost(char[] text, int start, int end) {
    if (colons > 1) {
      return false;
    }
    int nameEnd = end;
    if (colons == 1) {
      nameEnd = indexOf(text, start, end, ':');
      for (int i = nameEnd + 1; i < end; i++) {
        if (!Characters.isDigit(text[i])) {
          return false;
        }
      }
      if (nameEnd + 1 == end) {
        return false;
      }
    }
    int label = start;
    boolean word = false;
    for (int i = start; i <= nameEnd; i++) {
      if (i == nameEnd || text[i] == '.') {
        if (i == label) {
          return false;
        }
        label = i + 1;
      } else {
        word |= Characters.isLetter(text[i]);
      }
    }
    if (!word) {
      return false;
    }
    if (colons == 1) {
      return true;
    }
    int last = nameEnd;
    while (last > start && text[last - 1] != '.') {
      last--;
    }
    int lastLabel = nameEnd - last;
    if (upper > 0) {
      return dots >= 2 && digits > 0 && dashes > 0 && Vocabulary.isDomain(text, last, nameEnd);
    }
    return Vocabulary.isDomain(text, last, nameEnd)
        || (dots >= 2
            && ((digits + dashes > 0 && lastLabel >= 2 && lastLabel <= 6)
                || Vocabulary.isDomain(text, start, indexOf(text, start, end, '.'))));
  }

  private static int indexOf(char[] text, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return end;
  }
}
