package io.logsense.benchmarks;

import io.logsense.Maskers;
import io.logsense.api.mask.Masker;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Speed of masking per CPU second of one thread and bytes allocated for a line, beside regular
 * expressions and beside reading each character once. The fastest of several passes counts.
 */
final class MaskingSpeed {
  private static final String NAME = "masking";
  private static final int WARM_UP = 12;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Nanoseconds and bytes of a line. */
  private record Cost(double nanos, double bytes) {}

  private MaskingSpeed() {}

  static List<Figure> run(Run.Options options) {
    int passes = options.quick() ? 20 : 60;
    Masker masker = Maskers.standard();
    List<Figure> figures = new ArrayList<>();
    for (MaskingLines.Kind kind : MaskingLines.Kind.values()) {
      List<String> lines = MaskingLines.of(kind);
      Cost ours = cost(lines, passes, line -> masker.mask(line).length());
      Cost peer = cost(lines, passes / 4, line -> MaskingPatterns.mask(line).length());
      Cost floor = cost(lines, passes, MaskingBenchmark::sum);
      double chars = lines.stream().mapToInt(String::length).average().orElseThrow();
      figures.add(
          figure(
              kind,
              "MBPerS",
              "MB/s",
              chars * 1e3 / ours.nanos(),
              chars * 1e3 / peer.nanos(),
              chars * 1e3 / floor.nanos()));
      figures.add(figure(kind, "nsPerLine", "ns", ours.nanos(), peer.nanos(), floor.nanos()));
      figures.add(figure(kind, "bytesPerLine", "B", ours.bytes(), peer.bytes(), floor.bytes()));
    }
    return figures;
  }

  private static Figure figure(
      MaskingLines.Kind kind, String metric, String unit, double ours, double peer, double floor) {
    String lower = kind.name().toLowerCase(Locale.ROOT);
    return new Figure(
        NAME,
        NAME + "." + lower + "." + metric,
        unit,
        ours,
        peer,
        "a pattern per rule",
        floor,
        "each character read once",
        MaskingLines.COUNT + " made-up lines, " + lower + ", " + kind.values + " values a line");
  }

  private static Cost cost(List<String> lines, int passes, ToIntFunction<String> work) {
    long sum = 0;
    double best = Double.MAX_VALUE;
    double bytes = 0;
    for (int pass = 0; pass < passes + WARM_UP; pass++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long start = THREADS.getCurrentThreadCpuTime();
      for (String line : lines) {
        sum += work.applyAsInt(line);
      }
      long end = THREADS.getCurrentThreadCpuTime();
      bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      best = Math.min(best, (double) (end - start));
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return new Cost(best / lines.size(), bytes / lines.size());
  }
}
