package io.logsense.internal.source;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The passing of time for a reader that waits for a file to grow; tests bring their own. */
interface Pause {
  /** Nanoseconds since some moment; never runs backwards. */
  long nanos();

  /** Waits, at most that long. */
  void await(long nanos) throws InterruptedException;

  /** Ends this and every later wait. */
  void end();

  /** The time of the machine. */
  static Pause real() {
    CountDownLatch ended = new CountDownLatch(1);
    return new Pause() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void await(long nanos) throws InterruptedException {
        boolean unused = ended.await(nanos, TimeUnit.NANOSECONDS);
      }

      @Override
      public void end() {
        ended.countDown();
      }
    };
  }
}
