package io.logsense.internal.template;

/**
 * The hash of a line with its digits folded away: one pass, no allocation.
 *
 * <p>A run of digits counts as one mark whatever its value and length, and so does a run of four or
 * more hex digits that has a decimal digit in it. Everything else counts as written, so two lines
 * of one folded signature are masked alike, and a table keyed by it can answer for both.
 *
 * <p>Hot loop: written for speed.
 */
final class FoldedSignature {
  private static final int NUMBER_MARK = 0x10000;
  private static final int HEX_MARK = 0x10001;

  private FoldedSignature() {}

  static long of(char[] text, int length) {
    long hash = Hashes.SEED;
    int i = 0;
    while (i < length) {
      char c = text[i];
      int kind = Characters.kind(c);
      if ((kind & Characters.ALPHANUMERIC) == 0) {
        hash = Hashes.add(hash, c);
        i++;
        continue;
      }
      int start = i;
      int seen = 0;
      long asWritten = hash;
      do {
        seen |= kind;
        asWritten = Hashes.add(asWritten, c);
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
        hash = Hashes.add(hash, NUMBER_MARK);
      } else if ((seen & Characters.OTHER_LETTER) == 0 && i - start >= 4) {
        hash = Hashes.add(hash, HEX_MARK);
      } else {
        hash = mixed(hash, text, start, i);
      }
    }
    return Hashes.finish(hash);
  }

  /** Letters and digits: one or two digits behind a letter are often part of a name and stay. */
  private static long mixed(long seed, char[] text, int start, int end) {
    long hash = seed;
    int i = start;
    while (i < end) {
      if (!Characters.isDigit(text[i])) {
        hash = Hashes.add(hash, text[i++]);
        continue;
      }
      int from = i;
      while (i < end && Characters.isDigit(text[i])) {
        i++;
      }
      if (from > start && i - from <= 2) {
        for (int k = from; k < i; k++) {
          hash = Hashes.add(hash, text[k]);
        }
      } else {
        hash = Hashes.add(hash, NUMBER_MARK);
      }
    }
    return hash;
  }
}
