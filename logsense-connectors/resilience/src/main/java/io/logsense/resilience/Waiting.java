package io.logsense.resilience;

import java.util.concurrent.TimeUnit;

/** The passing of time; tests bring their own. */
interface Waiting {
  /** Nanoseconds since some moment. */
  long nanos();

  void await(long nanos) throws InterruptedException;

  /** The time of the machine. */
  static Waiting real() {
    return new Waiting() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void await(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
