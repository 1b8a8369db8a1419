package io.logsense.internal.embed;

/** Hashes and light stems of lower-case words. Part of the model: a change is a new model id. */
final class Words {
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long PRIME = 0xD6E8FEB86659FD93L;

  private Words() {}

  /**
   * Takes an inflection off the word in {@code chars[0, length)}, in place, and returns what is
   * left of its length: plural, {@code -ing}, {@code -ed}, {@code -ion}, {@code -ly} and a final
   * {@code e}. Two forms of a word get one stem; the stem need not be a word.
   */
  static int stem(char[] chars, int length) {
    int n = length;
    if (n > 4 && ends(chars, n, "ies")) {
      n -= 2;
      chars[n - 1] = 'y';
    } else if (n > 3 && chars[n - 1] == 's' && "sui".indexOf(chars[n - 2]) < 0) {
      n--;
    }
    if (n > 5 && ends(chars, n, "ing")) {
      n = undouble(chars, n - 3);
    } else if (n > 4 && ends(chars, n, "ed")) {
      n = undouble(chars, n - 2);
    } else if (n > 5 && ends(chars, n, "ion")) {
      n -= 3;
    } else if (n > 5 && ends(chars, n, "ly")) {
      n -= 2;
    }
    return n > 4 && chars[n - 1] == 'e' ? n - 1 : n;
  }

  private static int undouble(char[] chars, int n) {
    boolean doubled = chars[n - 1] == chars[n - 2] && "lsz".indexOf(chars[n - 1]) < 0;
    return n > 3 && doubled ? n - 1 : n;
  }

  private static boolean ends(char[] chars, int n, String suffix) {
    for (int i = suffix.length() - 1, at = n - 1; i >= 0; i--, at--) {
      if (chars[at] != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static long hash(char[] chars, int from, int to) {
    long h = SEED;
    for (int i = from; i < to; i++) {
      h = (h ^ chars[i]) * PRIME;
      h ^= h >>> 32;
    }
    return mix(h);
  }

  /** The hash of two things in a row, or of one thing seen as another kind. */
  static long pair(long first, long second) {
    return mix((first * PRIME) ^ Long.rotateLeft(second, 32) ^ second);
  }

  static long mix(long value) {
    long h = value;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
