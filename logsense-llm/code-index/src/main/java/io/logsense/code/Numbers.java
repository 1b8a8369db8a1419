package io.logsense.code;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Numbers {
  private int[] values = new int[64];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** The numbers, which fit into 16 bits. */
  short[] toShorts() {
    short[] shorts = new short[size];
    for (int i = 0; i < size; i++) {
      shorts[i] = (short) values[i];
    }
    return shorts;
  }

  /** The lower half of each. */
  char[] toChars() {
    char[] chars = new char[size];
    for (int i = 0; i < size; i++) {
      chars[i] = (char) values[i];
    }
    return chars;
  }
}
