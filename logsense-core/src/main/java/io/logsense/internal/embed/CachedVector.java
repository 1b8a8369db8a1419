package io.logsense.internal.embed;

/**
 * A vector and when it was computed.
 *
 * @param row shared with nobody outside the cache
 * @param computed in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // internal, and never compared
record CachedVector(float[] row, long computed) {}
