package io.logsense.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What docker-java's thread reads of one log, handed over to the thread that polls. When nobody
 * polls, {@value #CHUNKS} chunks of at most 1 KiB wait, and the engine with them.
 */
final class LogStream implements ResultCallback<Frame> {
  private static final int CHUNKS = 1024;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private volatile @Nullable Closeable response;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private boolean ended;

  @Override
  public void onStart(Closeable stream) {
    response = stream;
    if (closed) {
      close();
    }
  }

  @Override
  public void onNext(Frame frame) {
    // docker-java fills the same array again.
    hand(frame.getPayload().clone());
  }

  @Override
  public void onError(Throwable throwable) {
    if (failure == null) {
      failure = throwable;
    }
    hand(END);
  }

  @Override
  public void onComplete() {
    hand(END);
  }

  private void hand(byte[] chunk) {
    try {
      if (!closed) {
        chunks.put(chunk);
      }
    } catch (InterruptedException e) {
      // The reader was closed.
      Thread.currentThread().interrupt();
    }
  }

  /** The next bytes; null when none came in time, or at the end. */
  byte @Nullable [] next(long nanos) throws InterruptedException {
    if (ended) {
      return null;
    }
    byte[] chunk = chunks.poll(nanos, TimeUnit.NANOSECONDS);
    ended = chunk == END;
    return ended ? null : chunk;
  }

  /** Whether all has been handed over. */
  boolean ended() {
    return ended;
  }

  /** Why it ended; null when there was no more. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void close() {
    closed = true;
    chunks.clear();
    Closeable open = response;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}
