package io.logsense.internal.template;

import java.util.Arrays;

/** 64-bit keys to non-negative numbers, by open addressing; grows, never shrinks. */
final class LongIntTable {
  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int size;

  /** The number under {@code key}, or -1. */
  int find(long key) {
    int mask = keys.length - 1;
    int i = (int) Hashes.finish(key) & mask;
    while (values[i] != 0) {
      if (keys[i] == key) {
        return values[i] - 1;
      }
      i = (i + 1) & mask;
    }
    return -1;
  }

  void put(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int mask = keys.length - 1;
    int i = (int) Hashes.finish(key) & mask;
    while (values[i] != 0 && keys[i] != key) {
      i = (i + 1) & mask;
    }
    if (values[i] == 0) {
      size++;
    }
    keys[i] = key;
    values[i] = value + 1;
  }

  void clear() {
    Arrays.fill(values, 0);
    size = 0;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[keys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        put(oldKeys[i], oldValues[i] - 1);
      }
    }
  }
}
