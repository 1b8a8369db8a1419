package io.logsense.benchmarks;

import io.logsense.TemplateMiners;
import io.logsense.api.template.TemplateMiner;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Speed of template mining per CPU second of one thread, beside the floor of cutting words and
 * hashing them. Prints figures as text, or as JSON lines with {@code --json}.
 */
final class TemplateSpeed {
  private static final int MESSAGES = 200_000;

  private TemplateSpeed() {}

  /** Prints the figures. */
  public static void main(String[] arguments) {
    boolean json = List.of(arguments).contains("--json");
    boolean quick = List.of(arguments).contains("--quick");
    for (Figure figure : figures(quick)) {
      System.out.println(json ? figure.toJson() : figure);
    }
  }

  /** Medians over several passes. */
  static List<Figure> figures(boolean quick) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<String> messages = Messages.mixed(MESSAGES, 1);
    TemplateMiner miner = TemplateMiners.bySignature();
    int passes = quick ? 7 : 25;
    List<Double> floors = new ArrayList<>();
    List<Double> speeds = new ArrayList<>();
    double bytes = 0;
    long sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      long start = threads.getCurrentThreadCpuTime();
      for (String message : messages) {
        sum += TemplateBenchmark.wordHashes(message);
      }
      long middle = threads.getCurrentThreadCpuTime();
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (String message : messages) {
        sum += miner.mine(message).template().count();
      }
      bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      long end = threads.getCurrentThreadCpuTime();
      floors.add(MESSAGES * 1e3 / (middle - start));
      speeds.add(MESSAGES * 1e3 / (end - middle));
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was mined");
    }
    String data = "30 kinds of made-up messages, " + MESSAGES;
    return List.of(
        new Figure(
            "templates",
            "templates.mixedMLinesPerS",
            "million lines/s",
            median(speeds),
            null,
            null,
            median(floors),
            "tokenise and hash",
            data),
        Figure.of("templates", "templates.bytesPerLine", "B", bytes / MESSAGES, data));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
