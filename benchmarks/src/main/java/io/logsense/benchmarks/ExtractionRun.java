package io.logsense.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link ExtractionBenchmark} and says megabytes per second. */
final class ExtractionRun {
  private ExtractionRun() {}

  static List<Figure> run(Run.Options options) throws RunnerException {
    int iterations = options.quick() ? 3 : 8;
    var settings =
        new OptionsBuilder()
            .include(ExtractionBenchmark.class.getName() + "\\.")
            .forks(1)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .build();
    Map<String, Double> rates = new HashMap<>();
    var quiet = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    for (RunResult result : new Runner(settings, quiet).run()) {
      double millis = result.getPrimaryResult().getScore();
      rates.put(
          result.getPrimaryResult().getLabel() + ' ' + result.getParams().getParam("density"),
          ExtractionBenchmark.SIZE / 1e3 / millis);
    }
    return List.of(figure("sparse", rates), figure("dense", rates));
  }

  private static Figure figure(String density, Map<String, Double> rates) {
    return new Figure(
        "extraction",
        "extraction." + density + "MBs",
        "MB/s",
        rates.getOrDefault("logsense " + density, Double.NaN),
        rates.get("regexPerLine " + density),
        "regular expressions per line",
        rates.get("lineFeeds " + density),
        "line feeds found 8 bytes at a time",
        "generated text, " + density);
  }
}
