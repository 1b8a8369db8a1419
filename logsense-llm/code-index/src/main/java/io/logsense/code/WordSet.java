package io.logsense.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a question, found again in other texts. A word is a run of letters, cut where a
 * capital begins a new one: {@code parseXMLName} has the words parse, xml and name. Case and the
 * {@code s} of a plural say nothing.
 *
 * <p>Words are compared by their hash. Hot loop: written for speed.
 */
final class WordSet {
  /** Later words than these are left out: each is a bit of a number. */
  static final int MOST_WORDS = 64;

  private static final int SHORTEST = 3;
  private static final int SLOTS = 256;

  private final int[] hashes = new int[SLOTS];
  private final byte[] numbers = new byte[SLOTS];
  private final List<String> words = new ArrayList<>();

  /** The first words of some texts, in their order. */
  static WordSet of(List<String> texts) {
    WordSet words = new WordSet();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      words.scan(utf8, 0, utf8.length, true);
    }
    return words;
  }

  /** How many words there are. */
  int size() {
    return words.size();
  }

  /** The word of a bit. */
  String word(int bit) {
    return words.get(bit);
  }

  /** Which words stand in a part of a UTF-8 text: a bit for each. */
  long in(byte[] utf8, int start, int end) {
    return scan(utf8, start, end, false);
  }

  private long scan(byte[] utf8, int start, int end, boolean adds) {
    long found = 0;
    int at = start;
    while (at < end) {
      while (at < end && !isLetter(utf8[at])) {
        at++;
      }
      int first = at;
      int hash = 0;
      int before = 0;
      while (at < end && isLetter(utf8[at]) && (at == first || !isCut(utf8, at, end))) {
        before = hash;
        hash = 31 * hash + (utf8[at] | 0x20);
        at++;
      }
      int length = at - first;
      if (length >= SHORTEST) {
        boolean isPlural = length > SHORTEST && (utf8[at - 1] | 0x20) == 's';
        int known = isPlural ? before : hash;
        if (adds && words.size() < MOST_WORDS && number(known) == 0) {
          int letters = isPlural ? length - 1 : length;
          words.add(
              new String(utf8, first, letters, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
          int slot = slot(known);
          hashes[slot] = known;
          numbers[slot] = (byte) words.size();
        }
        int number = number(known);
        found |= number == 0 ? 0 : 1L << (number - 1);
      }
    }
    return found;
  }

  private static boolean isLetter(byte b) {
    int lower = b | 0x20;
    return b < 0 || (lower >= 'a' && lower <= 'z');
  }

  private static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  /** Whether a new word begins at a letter after another. */
  private static boolean isCut(byte[] utf8, int at, int end) {
    return isUpper(utf8[at])
        && (!isUpper(utf8[at - 1])
            || (at + 1 < end && isLetter(utf8[at + 1]) && !isUpper(utf8[at + 1])));
  }

  private int number(int hash) {
    return numbers[slot(hash)];
  }

  /** Where a hash is, or would be. */
  private int slot(int hash) {
    int slot = (hash * 0x9E3779B9) >>> 24;
    while (numbers[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
