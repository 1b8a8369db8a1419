package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts by number, each kept once as UTF-8 in one array.
 *
 * <p>Takes the bytes of the texts and, once trimmed, 9 bytes for each. Number 0 is the empty text.
 * One thread adds; what has been added may then be read by many.
 */
final class StringPool {
  private static final int MOST_BYTES = 1 << 30;

  private byte[] bytes = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] slots = new int[1 << 9];
  private int count;

  StringPool() {
    add("");
  }

  /** Number of texts. */
  int size() {
    return count;
  }

  /** The number of {@code text}, which is added if it is new. */
  int add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of a text in UTF-8, which is copied if it is new. */
  int add(byte[] utf8) {
    int slot = slot(utf8);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    int start = start(count);
    if (start > MOST_BYTES - utf8.length) {
      throw new LogSenseException(
          Category.LIMIT, "the names of the source take more than 1 GiB; index parts of it");
    }
    if (start + utf8.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(start + utf8.length, 2 * bytes.length));
    }
    System.arraycopy(utf8, 0, bytes, start, utf8.length);
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count] = start + utf8.length;
    slots[slot] = ++count;
    if (2 * count > slots.length) {
      rehash(2 * slots.length);
    }
    return count - 1;
  }

  /** The number of {@code text}, -1 if it is not here. */
  int find(String text) {
    return slots[slot(text.getBytes(StandardCharsets.UTF_8))] - 1;
  }

  /** The text of a number. */
  String get(int number) {
    int start = start(number);
    return new String(bytes, start, ends[number] - start, StandardCharsets.UTF_8);
  }

  /** A copy of the text of a number, in UTF-8. */
  byte[] utf8(int number) {
    return Arrays.copyOfRange(bytes, start(number), ends[number]);
  }

  /** Which words stand in a text, or in what comes after its last dot: a bit for each. */
  long find(WordSet words, int number, boolean afterDot) {
    int start = start(number);
    for (int at = ends[number] - 1; afterDot && at >= start; at--) {
      if (bytes[at] == '.') {
        return words.in(bytes, at + 1, ends[number]);
      }
    }
    return words.in(bytes, start, ends[number]);
  }

  /** Gives back what was only there for growing. */
  void trim() {
    bytes = Arrays.copyOf(bytes, start(count));
    ends = Arrays.copyOf(ends, count);
    rehash(count + count / 4 + 1);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private int slot(byte[] utf8) {
    int slot = slot(Arrays.hashCode(utf8));
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, utf8)) {
      slot = next(slot);
    }
    return slot;
  }

  private boolean isAt(int number, byte[] utf8) {
    int start = start(number);
    return Arrays.equals(bytes, start, ends[number], utf8, 0, utf8.length);
  }

  private void rehash(int size) {
    slots = new int[size];
    for (int number = 0; number < count; number++) {
      int hash = 1;
      for (int i = start(number); i < ends[number]; i++) {
        hash = 31 * hash + bytes[i];
      }
      int slot = slot(hash);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = number + 1;
    }
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** The first slot of a hash, by its upper bits, so that any number of slots will do. */
  private int slot(int hash) {
    long mixed = Integer.toUnsignedLong(hash * 0x9E3779B9);
    return (int) ((mixed * slots.length) >>> 32);
  }
}
