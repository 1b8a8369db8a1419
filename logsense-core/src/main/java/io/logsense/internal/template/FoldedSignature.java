package io.logsense.internal.template;

/**
 * The hash of a line with its digits folded away: one pass, no allocation.
 *
 * <p>A run of digits counts as one mark whatever its value and length, and so does a run of four or
 * more hex digits that has a decimal digit in it. Of the names that end in one or two digits, such
 * as {@code eth0}, the first {@link #NAMES} count as written. Everything else counts as written, so
 * two lines of one folded signature are masked alike, and a table keyed by it can answer for both.
 *
 * <p>Hot loop: written for speed.
 */
final class FoldedSignature {
  private static final int NAMES = 2;
  private static final int NUMBER_MARK = 0x10000;
  private static final int HEX_MARK = 0x10001;
  private static final long PRIME = 0xD6E8FEB86659FD93L;

  /** Where the line ends: at the first line break, or where the text ends. */
  int end;

  /** Digits in names count as written before this position. */
  int namesEnd;

  private int names;

  /** The hash of the line that starts at the first of {@code length} characters. */
  long of(char[] text, int length) {
    long hash = Hashes.SEED;
    int i = 0;
    names = 0;
    namesEnd = length;
    while (i < length) {
      char c = text[i];
      int kind = Characters.kind(c);
      if ((kind & Characters.ALPHANUMERIC) == 0) {
        if (c == '\n' || c == '\r') {
          break;
        }
        hash = (hash ^ c) * PRIME;
        i++;
        continue;
      }
      int start = i;
      int seen = 0;
      long asWritten = hash;
      do {
        seen |= kind;
        asWritten = (asWritten ^ c) * PRIME;
        i++;
        if (i == length) {
          break;
        }
        c = text[i];
        kind = Characters.kind(c);
      } while ((kind & Characters.ALPHANUMERIC) != 0);
      if ((seen & Characters.DIGIT) == 0) {
        hash = asWritten;
      } else if (seen == Characters.DIGIT) {
        hash = (hash ^ NUMBER_MARK) * PRIME;
      } else if ((seen & Characters.OTHER_LETTER) == 0 && i - start >= 4) {
        hash = (hash ^ HEX_MARK) * PRIME;
      } else {
        hash = mixed(hash, text, start, i);
      }
    }
    end = i;
    return Hashes.finish(hash);
  }

  /** Letters and digits. */
  private long mixed(long seed, char[] text, int start, int stop) {
    long hash = seed;
    int i = start;
    while (i < stop) {
      if (!Characters.isDigit(text[i])) {
        hash = (hash ^ text[i++]) * PRIME;
        continue;
      }
      int from = i;
      while (i < stop && Characters.isDigit(text[i])) {
        i++;
      }
      if (from > start && i - from <= 2 && names < NAMES) {
        for (int k = from; k < i; k++) {
          hash = (hash ^ text[k]) * PRIME;
        }
        if (++names == NAMES) {
          namesEnd = i;
        }
      } else {
        hash = (hash ^ NUMBER_MARK) * PRIME;
      }
    }
    return hash;
  }
}
