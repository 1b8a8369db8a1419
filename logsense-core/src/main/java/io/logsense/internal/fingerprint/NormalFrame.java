package io.logsense.internal.fingerprint;

/**
 * A frame in its normal form, with its hash.
 *
 * @param name class and method, normalised
 * @param origin whose code it is
 * @param guard whether its function only throws
 * @param high first lane of the hash of the name
 * @param low last lane
 */
record NormalFrame(String name, FrameOrigin origin, boolean guard, long high, long low) {
  private static final long TAG = 1;

  static NormalFrame of(String owner, String function, FrameOrigin origin) {
    Hash128 hash = new Hash128(TAG);
    hash.add(owner);
    hash.add(function);
    return new NormalFrame(
        owner.isEmpty() ? function : owner + "." + function,
        origin,
        GuardNames.isGuard(owner, function),
        hash.high(),
        hash.low());
  }

  boolean sameName(NormalFrame other) {
    return high == other.high && low == other.low;
  }
}
