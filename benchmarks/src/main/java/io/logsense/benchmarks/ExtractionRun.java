package io.logsense.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link ExtractionBenchmark} and says megabytes per second and bytes allocated per line. */
final class ExtractionRun {
  private static final String NAME = "extraction";
  private static final String FLOOR = "line feeds found 8 bytes at a time";

  /** Results by method, density and percentage of fresh frames: {@code logsense dense 10}. */
  private final Map<String, RunResult> results = new HashMap<>();

  private final int iterations;
  private final TimeValue time;

  private ExtractionRun(boolean quick) {
    iterations = quick ? 2 : 8;
    time = TimeValue.milliseconds(quick ? 700 : 1000);
  }

  static List<Figure> run(Run.Options options) throws RunnerException {
    ExtractionRun run = new ExtractionRun(options.quick());
    run.measure("lineFeeds|regexPerLine|logsense|records", List.of("sparse", "dense"), List.of(0));
    run.measure("logsense", List.of("dense"), List.of(10, 100));
    List<Figure> figures = new ArrayList<>();
    for (String density : List.of("sparse", "dense")) {
      String floor = "lineFeeds " + density + " 0";
      String peer = "regexPerLine " + density + " 0";
      figures.add(run.rate(density + "MBs", "logsense " + density + " 0", peer, floor));
      figures.add(run.allocated(density + "BytesPerLine", "logsense " + density + " 0", density));
      figures.add(run.rate(density + "RecordsMBs", "records " + density + " 0", null, floor));
      figures.add(
          run.allocated(density + "RecordsBytesPerLine", "records " + density + " 0", density));
    }
    for (String fresh : List.of("10", "100")) {
      figures.add(
          run.rate(
              "denseFresh" + fresh + "MBs", "logsense dense " + fresh, null, "lineFeeds dense 0"));
    }
    return figures;
  }

  private void measure(String methods, List<String> densities, List<Integer> fresh)
      throws RunnerException {
    var settings =
        new OptionsBuilder()
            .include(ExtractionBenchmark.class.getName() + "\\.(" + methods + ")$")
            .param("density", densities.toArray(String[]::new))
            .param("fresh", fresh.stream().map(String::valueOf).toArray(String[]::new))
            .forks(1)
            .jvmArgsAppend("-Xms1g", "-Xmx1g")
            .warmupIterations(iterations)
            .warmupTime(time)
            .measurementIterations(iterations)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .build();
    var quiet = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    for (RunResult result : new Runner(settings, quiet).run()) {
      var params = result.getParams();
      results.put(
          String.join(
              " ",
              result.getPrimaryResult().getLabel(),
              params.getParam("density"),
              params.getParam("fresh")),
          result);
    }
  }

  private Figure rate(String metric, String ours, @Nullable String peer, String floor) {
    return new Figure(
        NAME,
        NAME + '.' + metric,
        "MB/s",
        rate(ours),
        peer == null ? null : rate(peer),
        peer == null ? null : "regular expressions per line",
        rate(floor),
        FLOOR,
        "generated text, " + ours);
  }

  private double rate(String key) {
    RunResult result = results.get(key);
    return result == null
        ? Double.NaN
        : ExtractionBenchmark.SIZE / 1e3 / result.getPrimaryResult().getScore();
  }

  private Figure allocated(String metric, String key, String density) {
    RunResult result = results.get(key);
    double bytes = Double.NaN;
    if (result != null) {
      for (var secondary : result.getSecondaryResults().entrySet()) {
        if (secondary.getKey().endsWith("gc.alloc.rate.norm")) {
          bytes = secondary.getValue().getScore();
        }
      }
    }
    int lines = ExtractionText.of(density.equals("dense"), 0, ExtractionBenchmark.SIZE).lines();
    return Figure.of(NAME, NAME + '.' + metric, "B", bytes / lines, "generated text, " + key);
  }
}
