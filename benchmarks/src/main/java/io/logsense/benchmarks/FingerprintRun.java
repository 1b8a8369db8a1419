package io.logsense.benchmarks;

import java.util.ArrayList;
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
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link FingerprintBenchmark} and says nanoseconds (median) and bytes of an operation; then
 * {@link ColdFingerprintBenchmark} and says what each step of the first sight costs (mean).
 */
final class FingerprintRun {
  private static final String NAME = "fingerprint";
  private static final String DATA = "three throwables, 193 frames, repeated";
  private static final String HASHER = "logstash StackHasher";
  private static final int FRAMES = 193;

  private FingerprintRun() {}

  static List<Figure> run(Run.Options options) throws RunnerException {
    int iterations = options.quick() ? 3 : 8;
    var repeated =
        settings(FingerprintBenchmark.class, iterations, TimeValue.seconds(1))
            .mode(Mode.SampleTime)
            .addProfiler(GCProfiler.class);
    Map<String, RunResult> results = results(repeated);
    List<Figure> figures = new ArrayList<>();
    figures.add(perFrame("fingerprint.nsPerFrame", "proxy", results));
    figures.add(perFrame("fingerprint.throwableNsPerFrame", "throwable", results));
    figures.add(bytes("fingerprint.bytesPerOp", "proxy", results));
    figures.add(bytes("fingerprint.throwableBytesPerOp", "throwable", results));
    TimeValue time = TimeValue.milliseconds(options.quick() ? 300 : 1000);
    Map<String, RunResult> cold =
        results(settings(ColdFingerprintBenchmark.class, iterations, time));
    for (int frames : new int[] {60, FRAMES}) {
      figures.addAll(firstSight(frames, cold));
    }
    return figures;
  }

  private static ChainedOptionsBuilder settings(
      Class<?> benchmark, int iterations, TimeValue time) {
    return new OptionsBuilder()
        .include(benchmark.getName() + "\\.")
        .forks(1)
        .warmupIterations(iterations)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time);
  }

  /** Results by the method's name, followed by the number of frames where that is asked for. */
  private static Map<String, RunResult> results(ChainedOptionsBuilder settings)
      throws RunnerException {
    Map<String, RunResult> results = new HashMap<>();
    var quiet = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    for (RunResult result : new Runner(settings.build(), quiet).run()) {
      String benchmark = result.getParams().getBenchmark();
      String frames = result.getParams().getParam("frames");
      String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      results.put(frames == null ? name : name + frames, result);
    }
    return results;
  }

  /** What is left of each way to read a throwable when the making of its frames is taken off. */
  private static List<Figure> firstSight(int frames, Map<String, RunResult> results) {
    double created = mean(results.get("created" + frames));
    double materialised = mean(results.get("materialised" + frames));
    double ours = mean(results.get("fingerprint" + frames)) - materialised;
    double hasher = mean(results.get("stackHasher" + frames)) - materialised;
    double print = mean(results.get("printStackTrace" + frames)) - materialised;
    double floor = materialised - created;
    String floorName = "the JVM's first getStackTrace()";
    String data = "a throwable never seen, " + frames + " frames";
    return List.of(
        new Figure(NAME, "fingerprint.firstNs", "ns", ours, hasher, HASHER, floor, floorName, data),
        new Figure(
            NAME,
            "fingerprint.firstNs",
            "ns",
            ours,
            print,
            "printStackTrace",
            floor,
            floorName,
            data),
        Figure.of(NAME, "fingerprint.newThrowableNs", "ns", created, data));
  }

  private static double mean(@Nullable RunResult result) {
    return result == null ? Double.NaN : result.getPrimaryResult().getScore();
  }

  private static Figure perFrame(String metric, String ours, Map<String, RunResult> results) {
    return new Figure(
        NAME,
        metric,
        "ns",
        median(results.get(ours)) / FRAMES,
        median(results.get("stackHasher")) / FRAMES,
        HASHER,
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
        HASHER,
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
