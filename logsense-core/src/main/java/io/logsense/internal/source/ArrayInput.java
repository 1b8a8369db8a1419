package io.logsense.internal.source;

/** The bytes of an array. */
final class ArrayInput implements ByteInput {
  private final byte[] bytes;
  private int next;

  ArrayInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos) {
    int n = Math.min(length, bytes.length - next);
    if (n == 0) {
      return END;
    }
    System.arraycopy(bytes, next, target, offset, n);
    next += n;
    return n;
  }

  @Override
  public long consumed() {
    return next;
  }

  @Override
  public long total() {
    return bytes.length;
  }

  @Override
  public void close() {}
}
