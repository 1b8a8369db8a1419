package io.logsense.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReentryGuardTest {
  private static final int STACK_BYTES = 256 << 10;

  /** More than there are slots. */
  private static final int CROWD = 1000;

  private final ReentryGuard guard = new ReentryGuard();

  private boolean isInside() {
    return !guard.run(nothing -> {}, "");
  }

  @Test
  void eachOfManyThreadsIsKnownWhileItIsInside() throws Exception {
    CountDownLatch missing = new CountDownLatch(CROWD);
    AtomicInteger known = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      Runnable meeting =
          () -> {
            guard.run(latch -> meet(latch, known), missing);
            if (!isInside()) {
              known.getAndIncrement();
            }
          };
      Thread thread = new Thread(null, meeting, "inside", STACK_BYTES);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(known).hasValue(2 * CROWD);
  }

  private void meet(CountDownLatch missing, AtomicInteger known) {
    missing.countDown();
    try {
      missing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isInside()) {
      known.getAndIncrement();
    }
  }

  /** Threads that are inside now and then until their stacks overflow, each somewhere else. */
  static final class Overflows {
    private Overflows() {}

    private static void overflow(ReentryGuard guard, int[] runs) {
      guard.run(counts -> counts[0]++, runs);
      overflow(guard, runs);
    }

    private static void below(int frames, Runnable action) {
      if (frames == 0) {
        action.run();
      } else {
        below(frames - 1, action);
      }
    }

    /** Ends with how many of the threads are taken for inside thereafter. */
    public static void main(String[] none) throws InterruptedException {
      AtomicInteger inside = new AtomicInteger();
      for (int i = 0; i < 100; i++) {
        ReentryGuard guard = new ReentryGuard();
        int frames = i;
        Runnable overflowing =
            () -> {
              int[] runs = new int[1];
              try {
                below(frames, () -> overflow(guard, runs));
              } catch (StackOverflowError e) {
                // The application survives it.
              }
              if (runs[0] == 0 || !guard.run(nothing -> {}, "")) {
                inside.getAndIncrement();
              }
            };
        Thread thread = new Thread(null, overflowing, "overflowing", STACK_BYTES);
        thread.start();
        thread.join();
      }
      System.exit(inside.get());
    }
  }

  /** In JVMs of their own, where what is compiled does not depend on other tests. */
  private static int insideAfterOverflows(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Overflows.class.getName()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  @Test
  void aThreadWhoseStackOverflowedIsNotTakenForInside() throws Exception {
    assertThat(insideAfterOverflows()).isZero();
    assertThat(insideAfterOverflows("-XX:-TieredCompilation")).isZero();
  }
}
