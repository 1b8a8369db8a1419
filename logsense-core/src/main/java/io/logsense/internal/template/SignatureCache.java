package io.logsense.internal.template;

/**
 * Signature to template number: a table of sets of four, the most used first. Bounded: 64k entries.
 *
 * <p>A hit moves its entry one place forward and a new entry takes the last place, so a flood of
 * signatures that never come back leaves the frequent ones alone. 12 bytes an entry.
 */
final class SignatureCache {
  static final int ENTRIES = 1 << 16;
  private static final int WAYS = 4;
  private static final int MASK = ENTRIES - WAYS;

  private final long[] keys = new long[ENTRIES];
  private final int[] values = new int[ENTRIES];

  /** The number put under {@code key}, or -1. */
  int find(long key) {
    int set = (int) key & MASK;
    for (int i = set; i < set + WAYS; i++) {
      if (keys[i] == key && values[i] != 0) {
        int value = values[i];
        if (i > set) {
          keys[i] = keys[i - 1];
          values[i] = values[i - 1];
          keys[i - 1] = key;
          values[i - 1] = value;
        }
        return value - 1;
      }
    }
    return -1;
  }

  /** Like {@link #find}, leaving the order alone. */
  int peek(long key) {
    int set = (int) key & MASK;
    for (int i = set; i < set + WAYS; i++) {
      if (keys[i] == key && values[i] != 0) {
        return values[i] - 1;
      }
    }
    return -1;
  }

  void put(long key, int value) {
    int set = (int) key & MASK;
    int i = set;
    while (i < set + WAYS - 1 && values[i] != 0 && keys[i] != key) {
      i++;
    }
    keys[i] = key;
    values[i] = value + 1;
  }

  /** Key of slot {@code i}; meaningful when {@link #valueAt} is not -1. */
  long keyAt(int i) {
    return keys[i];
  }

  int valueAt(int i) {
    return values[i] - 1;
  }
}
