package io.logsense.benchmarks.endtoend;

import com.sun.management.ThreadMXBean;
import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.benchmarks.endtoend.Inputs.Input;
import io.logsense.benchmarks.profile.Sampling;
import io.logsense.benchmarks.profile.StageShares;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a file to its groups with the defaults of the library, in megabytes (10^6 bytes) per second.
 *
 * <p>{@code endToEnd.MBs} is by the clock, the best of several passes, with one worker thread and
 * with two. {@code endToEnd.MBsPerCpuSecond} is for one thread and counts the CPU time of the whole
 * process: other load on the machine does not show in it. Each peer gets a line.
 */
public final class EndToEnd {
  private static final String NAME = "end-to-end";
  private static final long QUICK_BYTES = 24_000_000;
  private static final long FULL_BYTES = 240_000_000;
  private static final int PASSES = 4;
  private static final Duration QUICK_SAMPLES = Duration.ofSeconds(4);
  private static final Duration FULL_SAMPLES = Duration.ofSeconds(30);
  private static final int QUICK_MESSAGES = 100_000;
  private static final int FULL_MESSAGES = 500_000;

  private EndToEnd() {}

  /** Writes the logs to a temporary directory and measures. */
  public static List<Figure> run(Run.Options options) throws IOException {
    long size = options.quick() ? QUICK_BYTES : FULL_BYTES;
    int messages = options.quick() ? QUICK_MESSAGES : FULL_MESSAGES;
    Path directory = Files.createTempDirectory("logsense");
    try {
      List<Figure> figures = new ArrayList<>();
      List<Input> inputs = Inputs.make(directory, options.data(), size);
      for (Input input : inputs) {
        System.err.println(input.title() + " …");
        figures.addAll(figures(input, new Peers(options.peers()), directory, messages));
      }
      for (Input input : inputs) {
        figures.addAll(byStage(input, directory, options.quick() ? QUICK_SAMPLES : FULL_SAMPLES));
      }
      return figures;
    } finally {
      delete(directory);
    }
  }

  static List<Figure> figures(Input input, Peers peers, Path directory, int messages)
      throws IOException {
    Cost one = ours(input, 1);
    Cost two = ours(input, 2);
    Map<String, Cost> readers = best(peers, input);
    List<Figure> figures = new ArrayList<>();
    figures.add(byClock(input, one, readers, "1 thread"));
    figures.add(byClock(input, two, readers, "2 threads"));
    figures.add(allocated(input));
    Map<String, Double> perCpuSecond = new LinkedHashMap<>();
    readers.forEach((name, cost) -> perCpuSecond.put(name, input.megabytes() / cost.cpu()));
    Path file = directory.resolve("messages.txt");
    double megabytes = Peers.writeMessages(input, file, messages) / 1e6;
    peers.miners(file).forEach((name, cost) -> perCpuSecond.put(name, megabytes / cost.cpu()));
    double ours = input.megabytes() / one.cpu();
    perCpuSecond.forEach((name, peer) -> figures.add(byCpu(input, ours, name, peer)));
    return figures;
  }

  /**
   * The CPU time of one thread, shared out by what samples show; done last, as it slows the JVM.
   */
  private static List<Figure> byStage(Input input, Path directory, Duration time)
      throws IOException {
    double nanosPerByte = Cost.of(() -> analyze(input, 1)).cpu() * 1e9 / input.bytes();
    Path recording = directory.resolve("engine.jfr");
    Sampling.record(() -> analyze(input, 1), time, recording);
    List<Figure> figures = new ArrayList<>();
    StageShares.of(recording)
        .percent()
        .forEach(
            (stage, percent) ->
                figures.add(
                    Figure.of(
                        NAME,
                        "endToEnd.stageNsPerByte",
                        "ns/B",
                        nanosPerByte * percent / 100,
                        stage + ", " + data(input))));
    return figures;
  }

  private static Cost ours(Input input, int threads) throws IOException {
    Cost best = Cost.of(() -> analyze(input, threads));
    for (int pass = 1; pass < PASSES; pass++) {
      best = best.orBetter(Cost.of(() -> analyze(input, threads)));
    }
    return best;
  }

  /** With one thread everything happens in the caller. */
  private static Figure allocated(Input input) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    double events = analyze(input, 1);
    double bytes = threads.getThreadAllocatedBytes(thread) - before;
    return Figure.of(NAME, "endToEnd.bytesPerEvent", "B", bytes / events, data(input));
  }

  private static long analyze(Input input, int threads) {
    Analysis analysis =
        LogSense.builder().source(Sources.path(input.path())).threads(threads).analyze();
    if (analysis.groups().isEmpty() || !analysis.failures().isEmpty()) {
      throw new IllegalStateException("no groups in " + input.path() + analysis.failures());
    }
    return analysis.events();
  }

  private static Map<String, Cost> best(Peers peers, Input input) throws IOException {
    Map<String, Cost> best = new LinkedHashMap<>();
    for (int pass = 0; pass < PASSES; pass++) {
      peers.readers(input).forEach((name, cost) -> best.merge(name, cost, Cost::orBetter));
    }
    return best;
  }

  private static Figure byClock(Input input, Cost ours, Map<String, Cost> readers, String threads) {
    return new Figure(
        NAME,
        "endToEnd.MBs",
        "MB/s",
        input.megabytes() / ours.wall(),
        rate(input, readers.get(Peers.SEARCH)),
        Peers.SEARCH,
        rate(input, readers.get(Peers.FLOOR)),
        Peers.FLOOR,
        data(input) + ", " + threads);
  }

  private static @Nullable Double rate(Input input, @Nullable Cost cost) {
    return cost == null ? null : input.megabytes() / cost.wall();
  }

  private static Figure byCpu(Input input, double ours, String name, double peer) {
    return new Figure(
        NAME, "endToEnd.MBsPerCpuSecond", "MB/s", ours, peer, name, null, null, data(input));
  }

  private static String data(Input input) {
    return input.title() + ", " + Math.round(input.megabytes()) + " MB";
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
