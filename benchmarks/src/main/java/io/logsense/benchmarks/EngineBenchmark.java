package io.logsense.benchmarks;

import io.logsense.Analysis;
import io.logsense.LogSense;
import io.logsense.Maskers;
import io.logsense.Sources;
import io.logsense.api.mask.Masker;
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
 * The whole engine over a Spring Boot log of 8 MiB in memory, from bytes to groups.
 *
 * <p>An operation is one pass; MB/s is {@code 8389 / score} with the score in milliseconds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  /** How many threads work. */
  @Param({"1", "2"})
  public int threads = 1;

  /** How many of a thousand events carry a stack trace. */
  @Param({"0", "5", "50"})
  public int traces = SpringBootLog.TRACES;

  /** Whether personal data is hidden. */
  @Param({"true", "false"})
  public boolean masking = true;

  /** Size of the log in bytes. */
  int size = 8 << 20;

  private byte[] log = new byte[0];

  /** Generates the log. */
  @Setup
  public void generate() {
    log = SpringBootLog.bytes(size, traces);
  }

  /** Bytes to groups. */
  @Benchmark
  public Analysis analyze() {
    Masker masker = masking ? Maskers.standard() : text -> text;
    return LogSense.builder()
        .source(Sources.bytes("log", log))
        .masker(masker)
        .threads(threads)
        .analyze();
  }
}
