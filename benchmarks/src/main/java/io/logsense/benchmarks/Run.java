package io.logsense.benchmarks;

import io.logsense.benchmarks.accuracy.GroupingAccuracy;
import io.logsense.benchmarks.stability.StabilitySuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark or accuracy run by its name; called by {@code benchmarks/run}. */
public final class Run {
  /** A run; prints its table or, when asked to, one JSON line for each figure. */
  interface Runnable {
    List<Figure> run(Options options) throws Exception;
  }

  /**
   * What was asked for.
   *
   * @param quick whether to stay under 50 seconds on two cores
   * @param json whether only JSON lines go to standard output
   * @param data where the labelled data is
   */
  public record Options(boolean quick, boolean json, Path data) {}

  private static final int USAGE = 2;
  private static final int NO_INPUT = 3;

  private Run() {}

  private static Map<String, Runnable> runs() {
    Map<String, Runnable> runs = new TreeMap<>();
    runs.put("accuracy-grouping", options -> GroupingAccuracy.figures(options.data()));
    runs.put("fingerprint", FingerprintRun::run);
    runs.put("stability", options -> StabilitySuite.figures(options.quick()));
    return runs;
  }

  public static void main(String[] args) throws Exception {
    String name = "";
    Path root = Path.of("").toAbsolutePath();
    Path data = null;
    boolean quick = false;
    boolean json = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        case "--root" -> root = Path.of(args[++i]);
        case "--data" -> data = i + 1 < args.length ? Path.of(args[++i]) : Path.of("");
        default -> name = args[i];
      }
    }
    Runnable run = runs().get(name);
    if (run == null) {
      System.err.println(
          "usage: benchmarks/run NAME [--quick] [--json] [--data DIR]\nnames: "
              + String.join(" ", runs().keySet()));
      System.exit(USAGE);
      return;
    }
    Path truth = data == null ? root.resolve("../shared/data").normalize() : data;
    if (name.startsWith("accuracy") && !Files.isDirectory(truth)) {
      System.err.println("no data at " + truth + "; name it with --data DIR");
      System.exit(NO_INPUT);
    }
    for (Figure figure : run.run(new Options(quick, json, truth))) {
      System.out.println(json ? figure.toJson() : figure);
    }
  }
}
