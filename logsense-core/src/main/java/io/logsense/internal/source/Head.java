package io.logsense.internal.source;

/**
 * The first bytes of a file, by which it is recognised after it was renamed or copied.
 *
 * <p>Its hash is FNV-1a of 64 bits: enough to tell the files of one directory apart.
 */
final class Head {
  /** Most bytes looked at. */
  static final int MOST_BYTES = 1024;

  private final byte[] bytes = new byte[MOST_BYTES];
  private int length;

  /** Appends what was read behind the bytes seen so far. */
  void append(byte[] source, int offset, int count) {
    int n = Math.min(count, MOST_BYTES - length);
    System.arraycopy(source, offset, bytes, length, n);
    length += n;
  }

  boolean isFull() {
    return length == MOST_BYTES;
  }

  int length() {
    return length;
  }

  /** The hash of the first {@code count} bytes. */
  long hash(int count) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < count; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
