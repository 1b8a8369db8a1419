package io.logsense.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * A Bloom filter (B. Bloom, Space/time trade-offs in hash coding with allowable errors, 1970) of
 * the texts, services and traces of a block of events: what it does not have, none of them has.
 *
 * <p>The bits are words of 64 in lines of {@value #WORDS}. A key sets three bits of one word (F.
 * Putze, P. Sanders, J. Singler, Cache-, hash- and space-efficient Bloom filters, 2007), so that a
 * query reads one column of the table that has a row for each line. It is filled at its greatest
 * size; {@link #fold} then lays its halves on each other as long as few enough bits are set.
 *
 * <p>Hot loop: written for speed.
 */
final class BlockFilter implements Grams.Sink {
  /** Words of a line. */
  static final int WORDS = 64;

  /** Lines of an unfolded filter; a power of two. */
  static final int MAX_LINES = 256;

  /** How many keys a whole value has. */
  static final int VALUE_KEYS = 3;

  static final int SERVICE = 1;
  static final int TRACE = 2;

  /** The share of its bits that a filter may set: a key is then found wrongly once in 27 times. */
  private static final int SHARE = 3;

  private static final int MAX_STACKS = 256;
  private static final int BITS = WORDS * Long.SIZE;

  private final long[] words = new long[MAX_LINES * WORDS];
  // The runs of one and two bytes that are set already; most are.
  private final long[] seen = new long[(1 << 16 | 1 << 8) / Long.SIZE];
  private final Set<String> stacks = new HashSet<>();
  private int ones;
  private int lines = MAX_LINES;

  void addTexts(String message, String stackTrace) {
    Grams.of(utf8(message), this);
    // Most stack traces come again and again.
    if (!stackTrace.isEmpty() && !stacks.contains(stackTrace)) {
      Grams.of(utf8(stackTrace), this);
      if (stacks.size() < MAX_STACKS) {
        stacks.add(stackTrace);
      }
    }
  }

  void addValues(String service, String trace) {
    addValue(service, SERVICE);
    addValue(trace, TRACE);
  }

  private void addValue(String value, int salt) {
    long hash = Grams.hash(utf8(value), salt);
    for (int i = 0; i < VALUE_KEYS; i++) {
      add(hash);
      hash = Grams.next(hash);
    }
  }

  /** As the driver writes it: half of a surrogate pair is a question mark. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void accept(long run, int length) {
    if (length <= 2) {
      int number = (int) run + ((2 - length) << 16);
      long bit = 1L << number;
      if ((seen[number >>> 6] & bit) != 0) {
        return;
      }
      seen[number >>> 6] |= bit;
    }
    add(Grams.hash(run, length));
  }

  private void add(long hash) {
    int at = line(hash) * WORDS + word(hash);
    long old = words[at];
    long now = old | bits(hash);
    if (now != old) {
      words[at] = now;
      ones += Long.bitCount(now ^ old);
    }
  }

  /** The word of a line where a key is. */
  static int word(long hash) {
    return (int) hash & WORDS - 1;
  }

  /** The line of an unfolded filter where a key is; of a folded one, its last bits. */
  static int line(long hash) {
    return (int) (hash >>> 6) & MAX_LINES - 1;
  }

  /** The bits of a key in its word. */
  static long bits(long hash) {
    return 1L << (hash >>> 16) | 1L << (hash >>> 24) | 1L << (hash >>> 32);
  }

  /** Whether it has taken what it can tell apart. */
  boolean isFull() {
    return ones > MAX_LINES * BITS / SHARE;
  }

  /** Makes it as small as it can be. */
  void fold() {
    while (lines > 1) {
      int half = lines / 2 * WORDS;
      int folded = 0;
      for (int i = 0; i < half; i++) {
        folded += Long.bitCount(words[i] | words[i + half]);
      }
      if (folded > lines / 2 * (BITS / SHARE)) {
        return;
      }
      for (int i = 0; i < half; i++) {
        words[i] |= words[i + half];
      }
      lines /= 2;
    }
  }

  int lines() {
    return lines;
  }

  long word(int line, int word) {
    return words[line * WORDS + word];
  }

  /** Makes it empty. */
  void clear() {
    Arrays.fill(words, 0);
    Arrays.fill(seen, 0);
    stacks.clear();
    ones = 0;
    lines = MAX_LINES;
  }
}
