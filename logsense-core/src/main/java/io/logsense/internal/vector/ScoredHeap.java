package io.logsense.internal.vector;

import java.util.Arrays;

/**
 * Slots with scores, the lowest first; a binary heap of packed numbers.
 *
 * <p>A key has the score in its upper half and the complement of the slot in its lower, so that
 * comparing keys compares scores and, among equal ones, prefers the lower slot.
 */
final class ScoredHeap {
  private long[] keys = new long[64];
  private int size;

  static long key(float score, int slot) {
    int bits = Float.floatToRawIntBits(score);
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return (long) ordered << 32 | (~slot & 0xFFFF_FFFFL);
  }

  static int slot(long key) {
    return ~(int) key;
  }

  static float score(long key) {
    int ordered = (int) (key >> 32);
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** The lowest key. */
  long first() {
    return keys[0];
  }

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      keys[at] = keys[parent];
      at = parent;
    }
    keys[at] = key;
  }

  long removeFirst() {
    long first = keys[0];
    long last = keys[--size];
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  /** Removes the lowest key and adds {@code key}. */
  void replaceFirst(long key) {
    sink(key);
  }

  private void sink(long key) {
    int at = 0;
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (key <= keys[child]) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
  }

  /** All keys, the highest first; empties the heap. */
  long[] drain() {
    long[] sorted = new long[size];
    for (int i = size - 1; i >= 0; i--) {
      sorted[i] = removeFirst();
    }
    return sorted;
  }
}
