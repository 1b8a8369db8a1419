package io.logsense.internal.template;

/** The 64-bit hash of scheme {@code tm1}. Part of the scheme: a change would change every id. */
final class Hashes {
  static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long PRIME = 0xD6E8FEB86659FD93L;

  private Hashes() {}

  /** Takes in one value. */
  static long add(long hash, long value) {
    long h = (hash ^ value) * PRIME;
    return h ^ (h >>> 32);
  }

  /** Spreads the last values over all bits. */
  static long finish(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }

  /** The hash of the first {@code size} values, in order. */
  static long of(long[] values, int size) {
    long h = SEED;
    for (int i = 0; i < size; i++) {
      h = add(h, values[i]);
    }
    return finish(h ^ size);
  }
}
