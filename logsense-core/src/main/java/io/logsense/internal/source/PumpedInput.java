package io.logsense.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that may block, read by a thread of its own so that a reader can stop
 * waiting.
 *
 * <p>At most three chunks of 64 KiB are under way. The thread is a daemon, because nothing can end
 * a read of standard input. The stream belongs to whoever made it and is not closed.
 */
final class PumpedInput implements ByteInput {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final InputStream stream;
  private final String name;
  private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(1);
  private @Nullable Thread pump;
  private @Nullable Chunk current;
  private int next;
  private long consumed;

  /** Bytes read, or why there are none: the end, perhaps because of a failure. */
  private static final class Chunk {
    private final byte[] bytes;
    private final boolean last;
    private final @Nullable IOException failure;

    Chunk(byte[] bytes, boolean last, @Nullable IOException failure) {
      this.bytes = bytes;
      this.last = last;
      this.failure = failure;
    }
  }

  PumpedInput(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  @Override
  public int read(byte[] target, int offset, int length, long timeoutNanos)
      throws IOException, InterruptedException {
    if (pump == null) {
      pump = new Thread(this::run, "logsense-read-" + name);
      pump.setDaemon(true);
      pump.start();
    }
    if (current == null || (next == current.bytes.length && !current.last)) {
      Chunk arrived = filled.poll(timeoutNanos, TimeUnit.NANOSECONDS);
      if (arrived == null) {
        return 0;
      }
      current = arrived;
      next = 0;
    }
    Chunk chunk = current;
    if (next == chunk.bytes.length) {
      if (chunk.failure != null) {
        throw new IOException(
            "cannot read " + name + ": " + chunk.failure.getMessage(), chunk.failure);
      }
      return chunk.last ? END : 0;
    }
    int n = Math.min(length, chunk.bytes.length - next);
    System.arraycopy(chunk.bytes, next, target, offset, n);
    next += n;
    consumed += n;
    return n;
  }

  private void run() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      while (true) {
        Chunk chunk;
        try {
          int n = stream.read(buffer);
          chunk = new Chunk(n < 0 ? new byte[0] : Arrays.copyOf(buffer, n), n < 0, null);
        } catch (IOException e) {
          chunk = new Chunk(new byte[0], true, e);
        }
        filled.put(chunk);
        if (chunk.last) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The reader was closed.
    }
  }

  @Override
  public long consumed() {
    return consumed;
  }

  @Override
  public long total() {
    return -1;
  }

  @Override
  public void close() {
    if (pump != null) {
      pump.interrupt();
    }
  }
}
