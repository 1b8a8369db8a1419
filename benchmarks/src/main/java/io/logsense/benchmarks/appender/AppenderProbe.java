package io.logsense.benchmarks.appender;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one statement of {@link AppenderBenchmark} takes of the thread that logs, in a JVM of its
 * own: nanoseconds of CPU time and bytes, each the median of batches of a fixed size. CPU time and
 * fixed work, unlike time on the clock, hardly depend on what else the machine does.
 */
final class AppenderProbe {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 12;
  private static final int BATCHES = 7;

  private AppenderProbe() {}

  /** What to measure, and how many make a batch of all threads together. */
  enum Statement {
    INFO(400_000),
    REPEATED_ERROR(50_000),
    NEW_ERROR(4_000),
    HASH_ALONE(50_000);

    private final int batch;

    Statement(int batch) {
      this.batch = batch;
    }

    void run(AppenderBenchmark benchmark, AppenderBenchmark.Thrower thrower) {
      switch (this) {
        case INFO -> benchmark.info();
        case REPEATED_ERROR -> benchmark.repeatedError(thrower);
        case NEW_ERROR -> benchmark.newError(thrower);
        case HASH_ALONE -> benchmark.hashAlone(thrower);
      }
    }
  }

  /**
   * What a statement takes.
   *
   * @param nanos CPU time of the thread that logs
   * @param bytes that it allocates
   */
  record Cost(double nanos, double bytes) {}

  /** Measures in another JVM. */
  static Map<Statement, Cost> measure(Appenders appender, int threads)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                AppenderProbe.class.getName(),
                appender.name(),
                String.valueOf(threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("cannot measure " + appender + ": " + output);
    }
    Map<Statement, Cost> costs = new TreeMap<>();
    for (String line : output.lines().filter(l -> l.startsWith("cost ")).toList()) {
      String[] words = line.split(" ");
      costs.put(
          Statement.valueOf(words[1]),
          new Cost(Double.parseDouble(words[2]), Double.parseDouble(words[3])));
    }
    return costs;
  }

  /** Prints the costs with an appender, named first, in so many threads. */
  public static void main(String[] arguments) throws InterruptedException {
    AppenderBenchmark benchmark = new AppenderBenchmark();
    benchmark.appender = Appenders.valueOf(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    benchmark.start();
    for (Statement statement : Statement.values()) {
      Cost cost = cost(statement, benchmark, threads);
      System.out.println("cost " + statement + ' ' + cost.nanos() + ' ' + cost.bytes());
    }
    System.exit(0); // some of the appenders have threads that nobody ends
  }

  private static Cost cost(Statement statement, AppenderBenchmark benchmark, int threads)
      throws InterruptedException {
    double[][] nanos = new double[threads][BATCHES];
    double[][] bytes = new double[threads][BATCHES];
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      double[] myNanos = nanos[t];
      double[] myBytes = bytes[t];
      Thread thread = new Thread(() -> batches(statement, benchmark, threads, myNanos, myBytes));
      running.add(thread);
      thread.start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return new Cost(median(nanos), median(bytes));
  }

  private static void batches(
      Statement statement,
      AppenderBenchmark benchmark,
      int threads,
      double[] nanos,
      double[] bytes) {
    AppenderBenchmark.Thrower thrower = new AppenderBenchmark.Thrower();
    thrower.prepare();
    int size = statement.batch / threads;
    long id = Thread.currentThread().getId();
    for (int batch = -WARM_UP; batch < BATCHES; batch++) {
      long bytesBefore = THREADS.getThreadAllocatedBytes(id);
      long nanosBefore = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < size; i++) {
        statement.run(benchmark, thrower);
      }
      if (batch >= 0) {
        nanos[batch] = (THREADS.getCurrentThreadCpuTime() - nanosBefore) / (double) size;
        bytes[batch] = (THREADS.getThreadAllocatedBytes(id) - bytesBefore) / (double) size;
      }
    }
  }

  private static double median(double[][] values) {
    double[] sorted = Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
