package io.logsense.internal.source;

import java.io.Closeable;
import java.io.IOException;

/** Bytes that arrive over time. Used by one thread. */
interface ByteInput extends Closeable {
  /** Nothing more to read; a file that is still written to may have more later. */
  int END = -1;

  /**
   * Reads up to {@code length} bytes.
   *
   * @return how many; 0 when none came within {@code timeoutNanos}, {@link #END} at the end
   * @throws IOException when the rest cannot be read; everything before it has been handed out
   */
  int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException;

  /** Leaves out {@code count} bytes or as many as there are; answers how many. */
  default long skip(long count) throws IOException, InterruptedException {
    byte[] sink = new byte[(int) Math.min(count, 64 * 1024)];
    long left = count;
    while (left > 0) {
      int n = read(sink, 0, (int) Math.min(left, sink.length), Long.MAX_VALUE);
      if (n <= 0) {
        break;
      }
      left -= n;
    }
    return count - left;
  }

  /** Bytes taken from the source so far, before any decoding. */
  long consumed();

  /** Bytes that the source has, {@code -1} when unknown. */
  long total();
}
