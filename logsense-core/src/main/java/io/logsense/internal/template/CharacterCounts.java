package io.logsense.internal.template;

/**
 * How many characters of each class a stretch of text has.
 *
 * <p>Hot loop: written for speed.
 */
final class CharacterCounts {
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

  int digits;
  int letters;
  int otherLetters;
  int upper;
  int dots;
  int colons;
  int slashes;
  int backslashes;
  int dashes;
  int ats;
  int others;

  /**
   * Counts the characters of each class. The counters lie side by side in one number, so that a
   * character costs one addition; they are emptied before one of them can overflow.
   */
  void of(char[] text, int start, int end) {
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
}
