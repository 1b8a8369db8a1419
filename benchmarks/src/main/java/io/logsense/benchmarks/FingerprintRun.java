package io.logsense.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link FingerprintBenchmark} and says nanoseconds (median) and bytes of an operation. */
final class FingerprintRun {
  private static final String NAME = "fingerprint";
  private static final String DATA = "three throwables, 193 frames, repeated";
  private static final int FRAMES = 193;

  private FingerprintRun() {}

  static List<Figure> run(Run.Options options) throws RunnerException {
    int iterations = options.quick() ? 3 : 8;
    var settings =
        new OptionsBuilder()
            .include(FingerprintBenchmark.class.getName() + "\\.")
            .mode(Mode.SampleTime)
            .forks(1)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .build();
    Map<String, RunResult> results = new HashMap<>();
    var quiet = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    for (RunResult result : new Runner(settings, quiet).run()) {
      String benchmark = result.getParams().getBenchmark();
      results.put(benchmark.substring(benchmark.lastIndexOf('.') + 1), result);
    }
    return List.of(
        perFrame("fingerprint.nsPerFrame", "proxy", results),
        perFrame("fingerprint.throwableNsPerFrame", "throwable", results),
        bytes("fingerprint.bytesPerOp", "proxy", results),
        bytes("fingerprint.throwableBytesPerOp", "throwable", results));
  }

  private static Figure perFrame(String metric, String ours, Map<String, RunResult> results) {
    return new Figure(
        NAME,
        metric,
        "ns",
        median(results.get(ours)) / FRAMES,
        median(results.get("stackHasher")) / FRAMES,
        "logstash StackHasher",
        median(results.get("combinedHashes")) / FRAMES,
        "combined name hashes",
        DATA);
  }

  private static Figure bytes(String metric, String ours, Map<String, RunResult> results) {
    return new Figure(
        NAME,
        metric,
        "B",
        allocated(results.get(ours)),
        allocated(results.get("stackHasher")),
        "logstash StackHasher",
        allocated(results.get("combinedHashes")),
        "combined name hashes",
        DATA);
  }

  private static double median(@Nullable RunResult result) {
    if (result == null) {
      return Double.NaN;
    }
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }

  private static double allocated(@Nullable RunResult result) {
    if (result == null) {
      return Double.NaN;
    }
    for (var secondary : result.getSecondaryResults().entrySet()) {
      if (secondary.getKey().endsWith("gc.alloc.rate.norm")) {
        return secondary.getValue().getScore();
      }
    }
    return Double.NaN;
  }
}
