package io.logsense.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/** Records what runs, every ten milliseconds. */
public final class Sampling {
  /** The event that a sample is. */
  static final String EVENT = "jdk.ExecutionSample";

  private static final Duration PERIOD = Duration.ofMillis(10);

  private Sampling() {}

  /**
   * Runs {@code task} for a quarter of {@code time} to warm up, then again and again for {@code
   * time}, and writes the samples of the latter.
   */
  public static void record(Runnable task, Duration time, Path recording) throws IOException {
    // The first recording of a JVM makes it throw compiled code away: that belongs to the warm-up.
    try (Recording warmUp = sampling()) {
      warmUp.start();
      repeat(task, time.dividedBy(4));
      try (Recording jfr = sampling()) {
        jfr.start();
        repeat(task, time);
        jfr.stop();
        jfr.dump(recording);
      }
    }
  }

  private static Recording sampling() {
    Recording recording = new Recording();
    recording.enable(EVENT).withPeriod(PERIOD);
    return recording;
  }

  private static void repeat(Runnable task, Duration time) {
    long start = System.nanoTime();
    do {
      task.run();
    } while (System.nanoTime() - start < time.toNanos());
  }
}
