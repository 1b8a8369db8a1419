package io.logsense.benchmarks;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The identity of a repeated throwable of 193 frames, beside a hash that every JSON encoder of
 * Logback can add, beside printing, and beside the floor: reading every frame's names once.
 *
 * <p>The throwables are taken in turn from several equal ones, as repetitions of one fault are.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FingerprintBenchmark {
  private static final int CHAINS = 16;

  private final FrameFingerprinter fingerprinter = Fingerprinters.javaFrames();
  private final StackHasher peer = new StackHasher();
  private final Throwable[] throwables = new Throwable[CHAINS];
  private final IThrowableProxy[] proxies = new IThrowableProxy[CHAINS];
  private int turn;

  /** Makes the chains. */
  @Setup
  public void prepare() {
    for (int i = 0; i < CHAINS; i++) {
      throwables[i] = SampleChain.newChain();
      proxies[i] = new ThrowableProxy(throwables[i]);
    }
  }

  private int next() {
    turn = (turn + 1) % CHAINS;
    return turn;
  }

  /** Ours, from what Logback hands to an appender. */
  @Benchmark
  public StackFingerprint proxy() {
    return fingerprinter.fingerprint(proxies[next()], LogbackThrowables.READER);
  }

  /** Ours, from the throwable; the JVM copies its frames. */
  @Benchmark
  public StackFingerprint throwable() {
    return fingerprinter.fingerprint(throwables[next()]);
  }

  /** The hash of logstash-logback-encoder with its default settings. */
  @Benchmark
  public String stackHasher() {
    return peer.hexHash(throwables[next()]);
  }

  /** Printing to a string. */
  @Benchmark
  public String printStackTrace() {
    StringWriter out = new StringWriter();
    throwables[next()].printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }

  /** Floor: the cached hashes of all names, combined. */
  @Benchmark
  public long combinedHashes() {
    long hash = 0;
    IThrowableProxy throwable = proxies[next()];
    while (throwable != null) {
      for (var proxy : throwable.getStackTraceElementProxyArray()) {
        StackTraceElement frame = proxy.getStackTraceElement();
        hash = hash * 31 + frame.getClassName().hashCode();
        hash = hash * 31 + frame.getMethodName().hashCode();
      }
      throwable = throwable.getCause();
    }
    return hash;
  }
}
