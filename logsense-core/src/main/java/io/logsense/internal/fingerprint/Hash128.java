package io.logsense.internal.fingerprint;

/**
 * A running hash of 128 bits in two lanes, the same in every JVM.
 *
 * <p>Each lane multiplies and folds; the lanes differ in seed, multiplier and fold, so that they do
 * not collide together. Texts are closed by a separator outside the range of {@code char}.
 */
public final class Hash128 {
  private static final long HIGH_SEED = 0x9E3779B97F4A7C15L;
  private static final long LOW_SEED = 0xC2B2AE3D27D4EB4FL;
  private static final long HIGH_FACTOR = 0xFF51AFD7ED558CCDL;
  private static final long LOW_FACTOR = 0xD6E8FEB86659FD93L;
  private static final long END_OF_TEXT = 0x1_0000L;

  private long high;
  private long low;

  /** A hash of nothing under a tag; different tags never give equal hashes by construction. */
  public Hash128(long tag) {
    high = HIGH_SEED;
    low = LOW_SEED;
    add(tag);
  }

  /** Adds a number. */
  public void add(long value) {
    add(value, value);
  }

  /** Adds a number to each lane. */
  public void add(long toHigh, long toLow) {
    long h = (high ^ toHigh) * HIGH_FACTOR;
    high = h ^ (h >>> 32);
    long l = (low ^ toLow) * LOW_FACTOR;
    low = l ^ (l >>> 29);
  }

  /** Adds a text. */
  public void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
    add(END_OF_TEXT);
  }

  /** The first 64 bits of the hash so far. */
  public long high() {
    return avalanche(high);
  }

  /** The last 64 bits. */
  public long low() {
    return avalanche(low);
  }

  private static long avalanche(long value) {
    long h = value;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
