package io.logsense.internal.source;

import java.util.function.IntSupplier;

/** An array that arrives in pieces of given sizes; a size of 0 is a time without bytes. */
final class DrippingInput implements ByteInput {
  private final byte[] bytes;
  private final IntSupplier sizes;
  private int next;

  DrippingInput(byte[] bytes, IntSupplier sizes) {
    this.bytes = bytes;
    this.sizes = sizes;
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos) {
    if (next == bytes.length) {
      return END;
    }
    int n = Math.min(Math.min(sizes.getAsInt(), length), bytes.length - next);
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
