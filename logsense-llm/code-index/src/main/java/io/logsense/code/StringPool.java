package io.logsense.code;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts by number, each kept once as UTF-8 in one array.
 *
 * <p>Takes the bytes of the texts and about 14 bytes for each. Number 0 is the empty text. One
 * thread adds; what has been added may then be read by many.
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
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
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
      rehash();
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

  /** Gives back what was only there for growing. */
  void trim() {
    bytes = Arrays.copyOf(bytes, start(count));
    ends = Arrays.copyOf(ends, count);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private int slot(byte[] utf8) {
    int mask = slots.length - 1;
    int slot = mixed(Arrays.hashCode(utf8)) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, utf8)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int number, byte[] utf8) {
    int start = start(number);
    return Arrays.equals(bytes, start, ends[number], utf8, 0, utf8.length);
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int number = 0; number < count; number++) {
      int hash = 1;
      for (int i = start(number); i < ends[number]; i++) {
        hash = 31 * hash + bytes[i];
      }
      int slot = mixed(hash) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number + 1;
    }
  }

  private static int mixed(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 16);
  }
}
