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

  /** Runs {@code task} again and again for about {@code time}, and writes the samples. */
  public static void record(Runnable task, Duration time, Path recording) throws IOException {
    try (Recording jfr = new Recording()) {
      jfr.enable(EVENT).withPeriod(PERIOD);
      jfr.start();
      long start = System.nanoTime();
      do {
        task.run();
      } while (System.nanoTime() - start < time.toNanos());
      jfr.stop();
      jfr.dump(recording);
    }
  }
}
