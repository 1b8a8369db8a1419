package io.logsense.benchmarks.appender;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.logsense.benchmarks.ColdFingerprintBenchmark;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One statement of an application: what it costs the thread that logs.
 *
 * <p>The throwables have 60 frames and no cause. Repeated ones are taken in turn from several equal
 * ones; no two new ones have the same frames, and their making is part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppenderBenchmark {
  private static final int THROWABLES = 16;
  private static final int FRAMES = 60;
  private static final Integer ITEM = 4711;

  /** Where the events go. */
  @Param public Appenders appender = Appenders.NONE;

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("com.shop.Cart");

  /** What each thread throws. */
  @State(Scope.Thread)
  public static class Thrower {
    private final ColdFingerprintBenchmark cold = new ColdFingerprintBenchmark();
    private final StackHasher hasher = new StackHasher();
    private final Throwable[] equal = new Throwable[THROWABLES];
    private int turn;

    /** Makes the throwables that are repeated. */
    @Setup
    public void prepare() {
      cold.frames = FRAMES;
      for (int i = 0; i < THROWABLES; i++) {
        equal[i] = fail(FRAMES - 1);
      }
      StackTraceElement[] frames = equal[0].getStackTrace();
      for (Throwable throwable : equal) {
        throwable.setStackTrace(java.util.Arrays.copyOf(frames, FRAMES));
      }
    }

    private static Throwable fail(int depth) {
      return depth == 0 ? new IllegalStateException("no price") : price(depth - 1);
    }

    private static Throwable price(int depth) {
      return depth == 0 ? new IllegalStateException("no price") : fail(depth - 1);
    }

    Throwable repeated() {
      turn = (turn + 1) % THROWABLES;
      return equal[turn];
    }
  }

  /** Starts the appender. */
  @Setup
  public void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    logger.setLevel(Level.INFO);
    logger.addAppender(appender.started(context));
  }

  /** Stops the appender. */
  @TearDown
  public void stop() {
    context.stop();
  }

  /** A message with one argument. */
  @Benchmark
  public void info() {
    logger.info("sold item {}", ITEM);
  }

  /** An error that was logged before. */
  @Benchmark
  public void repeatedError(Thrower thrower) {
    logger.error("cannot sell item", thrower.repeated());
  }

  /** An error that was never logged before. */
  @Benchmark
  public void newError(Thrower thrower) {
    logger.error("cannot sell item", thrower.cold.created());
  }

  /** The hash of logstash-logback-encoder alone, with nothing logged. */
  @Benchmark
  public String hashAlone(Thrower thrower) {
    return thrower.hasher.hexHash(thrower.repeated());
  }
}
