package io.logsense.internal.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The text of input that cannot be looked at beforehand: gzip if its first bytes say so. */
final class DecodedInput extends LayeredInput {
  private static final int SAMPLE_BYTES = 3;

  private final byte[] sample = new byte[SAMPLE_BYTES];
  private int sampled;
  private int handedOut;
  private @Nullable ByteInput decoded;

  DecodedInput(ByteInput input) {
    super(input);
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException {
    if (decoded == null) {
      int n = 1;
      while (sampled < SAMPLE_BYTES && n > 0) {
        n = input.read(sample, sampled, SAMPLE_BYTES - sampled, timeoutNanos);
        sampled += Math.max(n, 0);
      }
      if (n == 0) {
        return 0;
      }
      ByteInput whole = new Whole();
      decoded = new TextInput(GzipInput.recognises(sample, sampled) ? new GzipInput(whole) : whole);
    }
    return decoded.read(target, offset, length, timeoutNanos);
  }

  @Override
  public void close() throws IOException {
    if (decoded == null) {
      input.close();
    } else {
      decoded.close();
    }
  }

  /** The input with the bytes in front that were looked at. */
  private final class Whole extends LayeredInput {
    Whole() {
      super(DecodedInput.this.input);
    }

    @Override
    public int read(byte[] target, int offset, int length, long timeoutNanos)
        throws IOException, InterruptedException {
      if (handedOut == sampled) {
        return input.read(target, offset, length, timeoutNanos);
      }
      int n = Math.min(length, sampled - handedOut);
      System.arraycopy(sample, handedOut, target, offset, n);
      handedOut += n;
      return n;
    }
  }
}
