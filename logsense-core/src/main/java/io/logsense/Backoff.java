package io.logsense;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Pauses between attempts: each up to twice as long as the one before, and a random part of it
 * shorter, so that not all who failed together come back together. Not thread-safe.
 */
final class Backoff {
  private static final double SHORTEST = 0.5;

  private final long first;
  private final long most;
  private final SplittableRandom random;
  private long pause;
  private int failures;

  Backoff(Duration first, Duration most, long seed) {
    this.first = first.toNanos();
    this.most = most.toNanos();
    this.random = new SplittableRandom(seed);
    this.pause = this.first;
  }

  /** Notes a failure; how long to wait then, in nanoseconds. */
  long failed() {
    failures++;
    long next = (long) (pause * (1 - SHORTEST * random.nextDouble()));
    pause = Math.min(most, pause * 2);
    return next;
  }

  /** Notes that it works again. */
  void worked() {
    failures = 0;
    pause = first;
  }

  /** Failures since it worked. */
  int failures() {
    return failures;
  }
}
