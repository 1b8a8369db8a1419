package io.logsense.inprocess;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The daemon thread of an intake: flushes each second, summarises each period, and does the last of
 * both when it is told to stop. What it runs does not throw.
 */
final class Timer {
  private static final long FLUSH_SECONDS = 1;

  private final Runnable flush;
  private final Runnable summarise;
  private final Runnable end;
  private final long summaryNanos;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "logsense-appender");

  Timer(Runnable flush, Runnable summarise, Runnable end, @Nullable Reduction reduction) {
    this.flush = flush;
    this.summarise = summarise;
    this.end = end;
    summaryNanos = reduction == null ? Long.MAX_VALUE : reduction.period().toNanos();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long summarised = System.nanoTime();
    while (!isStopping()) {
      flush.run();
      if (System.nanoTime() - summarised >= summaryNanos) {
        summarised = System.nanoTime();
        summarise.run();
      }
    }
    end.run();
  }

  private boolean isStopping() {
    try {
      return stopping.await(FLUSH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return stopping.getCount() == 0; // only stop() ends this thread
    }
  }

  /** Ends the thread; whether it had done its last by the deadline. */
  boolean stop(Duration deadline) {
    stopping.countDown();
    join(thread, deadline);
    return !thread.isAlive();
  }

  /**
   * Waits for the end of a thread. An interrupt is kept for later: whoever stops an appender may be
   * in a hurry, the log is not.
   */
  static void join(Thread thread, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    long left = deadline.toNanos();
    boolean interrupted = false;
    while (thread.isAlive() && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
