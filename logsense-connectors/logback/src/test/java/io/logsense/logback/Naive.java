package io.logsense.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Wrapping appenders as they are written at the first attempt. */
final class Naive {
  private Naive() {}

  /** Takes a lock while it writes, and has a buffer for each thread. */
  static final class Synchronous extends BareAppender {
    private static final ThreadLocal<StringBuilder> BUFFER =
        ThreadLocal.withInitial(() -> new StringBuilder(1024));

    private final Appender<ILoggingEvent> wrapped;

    Synchronous(Appender<ILoggingEvent> wrapped) {
      this.wrapped = wrapped;
    }

    @Override
    public synchronized void doAppend(ILoggingEvent event) {
      BUFFER.get().setLength(0);
      wrapped.doAppend(event);
    }
  }

  /** Hands events to a thread as they are; waits for room, or drops in silence. */
  static final class Queued extends BareAppender {
    private final Appender<ILoggingEvent> wrapped;
    private final BlockingQueue<ILoggingEvent> queue;
    private final boolean drops;
    final Thread thread = new Thread(this::take, "naive");

    Queued(Appender<ILoggingEvent> wrapped, int capacity, boolean drops) {
      this.wrapped = wrapped;
      this.queue = new ArrayBlockingQueue<>(capacity);
      this.drops = drops;
      thread.setDaemon(true);
    }

    @Override
    public void start() {
      super.start();
      thread.start();
    }

    @Override
    public void stop() {
      super.stop();
      thread.interrupt();
    }

    @Override
    public void doAppend(ILoggingEvent event) {
      if (!isStarted()) {
        return;
      }
      if (drops) {
        queue.offer(event);
        return;
      }
      try {
        queue.put(event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void take() {
      try {
        while (isStarted()) {
          wrapped.doAppend(queue.take());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
