package io.logsense.internal.template;

/**
 * A fixed set of short words, looked up in any case and without a copy.
 *
 * <p>A word of up to {@value #LONGEST} characters fits into one number, five bits a character.
 */
final class WordSet {
  static final int LONGEST = 12;

  private static final int MICRO = 27;
  private static final int SLASH = 28;

  private final long[] slots;

  private WordSet(int size) {
    slots = new long[size];
  }

  static WordSet of(String... words) {
    WordSet set = new WordSet(Integer.highestOneBit(words.length) * 4);
    for (String word : words) {
      long packed = pack(word.toCharArray(), 0, word.length());
      if (packed == 0) {
        throw new IllegalArgumentException(word);
      }
      set.slots[set.slot(packed)] = packed;
    }
    return set;
  }

  boolean contains(char[] text, int start, int end) {
    long packed = pack(text, start, end);
    return packed != 0 && slots[slot(packed)] == packed;
  }

  /** Where {@code packed} is or would be. */
  private int slot(long packed) {
    int i = (int) Hashes.finish(packed) & (slots.length - 1);
    while (slots[i] != 0 && slots[i] != packed) {
      i = (i + 1) & (slots.length - 1);
    }
    return i;
  }

  /** The word as a number; 0 for what cannot be in a set. */
  private static long pack(char[] text, int start, int end) {
    if (end - start > LONGEST) {
      return 0;
    }
    long packed = 0;
    for (int i = start; i < end; i++) {
      char c = text[i];
      int code = (c | 32) - 'a' + 1;
      if (code < 1 || code > 26 || c > 'z') {
        code = c == 'µ' ? MICRO : c == '/' ? SLASH : 0;
        if (code == 0) {
          return 0;
        }
      }
      packed = packed << 5 | code;
    }
    return packed;
  }
}
