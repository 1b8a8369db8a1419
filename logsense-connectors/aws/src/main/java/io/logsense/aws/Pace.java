package io.logsense.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When to ask again, for services that are asked instead of telling. */
final class Pace {
  private long due = System.nanoTime();

  /** Waits until it is time to ask, at most for {@code timeout}; whether it is time. */
  boolean await(Duration timeout) throws InterruptedException {
    long wait = Math.max(0, due - System.nanoTime());
    long most = Math.max(0, timeout.toNanos());
    TimeUnit.NANOSECONDS.sleep(Math.min(wait, most));
    return wait <= most;
  }

  /** Says that it is not time again before {@code time} has passed. */
  void rest(Duration time) {
    due = System.nanoTime() + time.toNanos();
  }
}
