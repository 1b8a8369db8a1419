package io.logsense.benchmarks;

import io.logsense.Fingerprinters;
import io.logsense.FrameFingerprinter;
import io.logsense.api.fingerprint.StackFingerprint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.stacktrace.StackHasher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A throwable that was never seen, step by step: the JVM makes it, the JVM turns its frames into
 * objects, and somebody reads them.
 *
 * <p>Each step contains the ones before it; the cost of reading is its time less that of {@link
 * #materialised()}. No two throwables of a run have the same frames: each of two recursive methods
 * calls itself or the other one as the bits of a counter say, so that the paths differ. The names
 * are few, as those of one application are.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ColdFingerprintBenchmark {
  /** How many frames a throwable has. */
  @Param({"60", "193"})
  public int frames = 60;

  private final FrameFingerprinter fingerprinter = Fingerprinters.javaFrames();
  private final StackHasher peer = new StackHasher();
  private int depth;
  private long path;

  /** The JVM walks its stack. */
  @Benchmark
  public Throwable created() {
    if (depth == 0) {
      // What calls the benchmark is part of every stack.
      depth = frames - new Throwable().getStackTrace().length - 1;
    }
    return one(depth, path++);
  }

  /** The JVM makes an object of each frame, which it does when first asked. */
  @Benchmark
  public StackTraceElement[] materialised() {
    return created().getStackTrace();
  }

  /** Ours, for the first time. */
  @Benchmark
  public StackFingerprint fingerprint() {
    return fingerprinter.fingerprint(created());
  }

  /** The hash of logstash-logback-encoder with its default settings. */
  @Benchmark
  public String stackHasher() {
    return peer.hexHash(created());
  }

  /** Printing to a string. */
  @Benchmark
  public String printStackTrace() {
    StringWriter out = new StringWriter();
    created().printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }

  private static Throwable one(int depth, long path) {
    if (depth == 0) {
      return new IllegalStateException("closed");
    }
    return (path & 1) == 0 ? one(depth - 1, path >>> 1) : other(depth - 1, path >>> 1);
  }

  private static Throwable other(int depth, long path) {
    if (depth == 0) {
      return new IllegalStateException("closed");
    }
    return (path & 1) == 0 ? other(depth - 1, path >>> 1) : one(depth - 1, path >>> 1);
  }
}
