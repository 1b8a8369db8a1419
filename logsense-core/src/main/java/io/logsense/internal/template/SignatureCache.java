package io.logsense.internal.template;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Signature to template number: a table of sets of four, the most used first. Bounded: 64k entries
 * of 8 bytes.
 *
 * <p>A hit moves its entry one place forward and a new entry takes the last place, so a flood of
 * signatures that never come back leaves the frequent ones alone.
 *
 * <p>An entry is the number of a template, plus one, in the low {@value #NUMBER_BITS} bits and in
 * the others those bits of the signature that its set does not tell; a set lies within one cache
 * line. Two signatures that agree in these bits are taken for one: for a line with a new signature
 * the chance is below 2<sup>-40</sup>.
 *
 * <p>Threads: one writes ({@link #find}, {@link #put}) while any number read ({@link #peek}). A
 * reader that finds an entry sees what was written before the entry was put. It may miss an entry
 * that is moving.
 */
final class SignatureCache {
  static final int ENTRIES = 1 << 16;

  private static final int NUMBER_BITS = 22;

  /** Numbers of templates end below this one. */
  static final int MOST_NUMBERS = (1 << NUMBER_BITS) - 1;

  private static final int WAYS = 4;
  private static final int SETS_MASK = ENTRIES - WAYS;

  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] entries = new long[ENTRIES];

  /** The number put under {@code key}, or -1. */
  int find(long key) {
    int set = set(key);
    long[] table = entries;
    for (int i = set; i < set + WAYS; i++) {
      long entry = table[i];
      if ((entry ^ key) >>> NUMBER_BITS == 0 && entry != 0) {
        if (i > set) {
          ENTRY.setRelease(table, i, table[i - 1]);
          ENTRY.setRelease(table, i - 1, entry);
        }
        return number(entry);
      }
    }
    return -1;
  }

  /** Like {@link #find}, leaving the order alone; for any thread. */
  int peek(long key) {
    int set = set(key);
    for (int i = set; i < set + WAYS; i++) {
      long entry = (long) ENTRY.getAcquire(entries, i);
      if ((entry ^ key) >>> NUMBER_BITS == 0 && entry != 0) {
        return number(entry);
      }
    }
    return -1;
  }

  void put(long key, int number) {
    int set = set(key);
    int i = set;
    while (i < set + WAYS - 1 && entries[i] != 0 && (entries[i] ^ key) >>> NUMBER_BITS != 0) {
      i++;
    }
    ENTRY.setRelease(entries, i, key >>> NUMBER_BITS << NUMBER_BITS | (number + 1));
  }

  /** A signature of slot {@code i} that finds it; meaningful when {@link #numberAt} is not -1. */
  long keyAt(int i) {
    return entries[i] >>> NUMBER_BITS << NUMBER_BITS | (i & SETS_MASK);
  }

  int numberAt(int i) {
    return number(entries[i]);
  }

  private static int set(long key) {
    return (int) key & SETS_MASK;
  }

  private static int number(long entry) {
    return (int) (entry & MOST_NUMBERS) - 1;
  }
}
