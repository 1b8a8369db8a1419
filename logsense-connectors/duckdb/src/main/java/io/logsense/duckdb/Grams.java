package io.logsense.duckdb;

import io.logsense.api.store.EventQuery;

/**
 * The pieces by which a text is found inside others: hashes of some of its runs of bytes, of UTF-8
 * with ASCII letters in lower case, as {@link EventQuery#text} compares them.
 *
 * <p>Whether a run is taken is told by its own bytes alone. So whatever is taken of a text is taken
 * of every text that contains it, wherever it is cut. Taken are all runs of 1, 2 and 3 bytes; those
 * of 4 without a digit; and those of 6 that have no digit or nothing but digits, letters, dots and
 * bytes beyond ASCII. The long ones tell ids from each other, of which any three digits are in most
 * blocks; a number together with the words around it would be new in every event, and is left out.
 *
 * <p>Hot loop: written for speed.
 */
final class Grams {
  static final int SHORT = 3;
  static final int WORD = 4;
  static final int LONG = 6;

  private static final long MASK_2 = 0xFFFFL;
  private static final long MASK_3 = 0xFFFFFFL;
  private static final long MASK_4 = 0xFFFFFFFFL;
  private static final long MASK_6 = 0xFFFFFFFFFFFFL;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final byte DIGIT = 1;
  private static final byte BREAK = 2;
  private static final byte[] FOLDED = new byte[256];
  private static final byte[] KIND = new byte[256];

  static {
    for (int b = 0; b < FOLDED.length; b++) {
      boolean upper = b >= 'A' && b <= 'Z';
      FOLDED[b] = (byte) (upper ? b + 'a' - 'A' : b);
      boolean digit = b >= '0' && b <= '9';
      boolean joins = upper || (b >= 'a' && b <= 'z') || b == '.' || b > 0x7F;
      KIND[b] = digit ? DIGIT : joins ? 0 : BREAK;
    }
  }

  /** Takes pieces. */
  interface Sink {
    /**
     * Takes a piece.
     *
     * @param run its bytes, the last in the lowest bits
     * @param length how many bytes it has
     */
    void accept(long run, int length);
  }

  private Grams() {}

  /** Hands all pieces of a text to {@code sink}, as often as they are there. */
  static void of(byte[] text, Sink sink) {
    long window = 0;
    int digit = -LONG;
    int gap = -LONG;
    for (int i = 0; i < text.length; i++) {
      int b = text[i] & 0xFF;
      window = window << 8 | (FOLDED[b] & 0xFF);
      byte kind = KIND[b];
      if (kind == DIGIT) {
        digit = i;
      } else if (kind == BREAK) {
        gap = i;
      }
      sink.accept(window & 0xFF, 1);
      if (i >= 1) {
        sink.accept(window & MASK_2, 2);
      }
      if (i >= 2) {
        sink.accept(window & MASK_3, SHORT);
      }
      if (i >= WORD - 1 && digit <= i - WORD) {
        sink.accept(window & MASK_4, WORD);
      }
      if (i >= LONG - 1 && (digit <= i - LONG || gap <= i - LONG)) {
        sink.accept(window & MASK_6, LONG);
      }
    }
  }

  /** The hash of a piece. */
  static long hash(long run, int length) {
    return mixed((run << 4 | length) * MULTIPLIER);
  }

  /**
   * The first hash of a whole value; {@link #next} leads to others.
   *
   * @param salt tells what it is a value of; up to 0xFF
   */
  static long hash(byte[] value, int salt) {
    long hash = 0x100L + salt;
    for (byte b : value) {
      hash = (hash ^ (b & 0xFF)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return mixed(hash * MULTIPLIER);
  }

  /** Another hash of the same value. */
  static long next(long hash) {
    return mixed((hash + 1) * MULTIPLIER);
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }
}
