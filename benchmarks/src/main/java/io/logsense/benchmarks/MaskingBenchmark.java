package io.logsense.benchmarks;

import io.logsense.Maskers;
import io.logsense.api.mask.Masker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Masking of {@value MaskingLines#COUNT} lines beside one regular expression for each rule, and
 * beside the floor of reading each character once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class MaskingBenchmark {
  /** What is in the lines. */
  @Param public MaskingLines.Kind kind = MaskingLines.Kind.CLEAN;

  private final Masker masker = Maskers.standard();
  private List<String> lines = List.of();

  /** Makes the lines. */
  @Setup
  public void prepare() {
    lines = MaskingLines.of(kind);
  }

  /** The standard rules. */
  @Benchmark
  public int standard() {
    int length = 0;
    for (String line : lines) {
      length += masker.mask(line).length();
    }
    return length;
  }

  /** The usual way. */
  @Benchmark
  public int regularExpressions() {
    int length = 0;
    for (String line : lines) {
      length += MaskingPatterns.mask(line).length();
    }
    return length;
  }

  /** The floor. */
  @Benchmark
  public int readOnce() {
    int sum = 0;
    for (String line : lines) {
      sum += sum(line);
    }
    return sum;
  }

  static int sum(String line) {
    int sum = 0;
    for (int i = 0; i < line.length(); i++) {
      sum += line.charAt(i);
    }
    return sum;
  }
}
