package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.StackTraces;
import io.logsense.api.stack.StackTraceExtractor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * Stack traces out of one text of 8 MiB, beside the floor (line feeds found eight bytes at a time)
 * and the usual way (regular expressions per line).
 *
 * <p>An operation is one pass; MB/s is {@code 8.389 / score} with the score in seconds. The text is
 * generated with a fixed seed. {@code sparse}: about 5 % of the lines are trace lines, {@code
 * dense}: about 66 %.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExtractionBenchmark {
  static final int SIZE = 8 << 20;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Pattern HEADER =
      Pattern.compile("(?:.*\\s)?[\\w$.]+(?:Exception|Error|Throwable)(?::.*)?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at ([\\w$./@<>]+)\\.([\\w$<>]+)\\(([^:)]*)(?::(\\d+))?\\).*");
  private static final Pattern MORE = Pattern.compile("\\s*(?:Caused by: .*|\\.\\.\\. \\d+ more)");

  /** What share of the lines belongs to traces. */
  @Param({"sparse", "dense"})
  public String density = "sparse";

  private final StackTraceExtractor extractor = StackTraces.extractor();
  private byte[] text = new byte[0];

  /** Generates the text. */
  @Setup
  public void generate() {
    Random random = new Random(1);
    double traces = density.equals("dense") ? 0.05 : 0.0014;
    StringBuilder out = new StringBuilder(SIZE + 8192);
    while (out.length() < SIZE) {
      if (random.nextDouble() < traces) {
        trace(out, random);
      } else {
        out.append("2024-05-01 12:00:").append(10 + random.nextInt(50));
        out.append(",123 INFO  [http-").append(random.nextInt(16)).append("] com.shop.Till - ");
        out.append("order ").append(random.nextInt(100_000)).append(" was paid with card, ");
        out.append(random.nextInt(900))
            .append(" ms, ")
            .append(random.nextInt(9))
            .append(" items\n");
      }
    }
    text = out.substring(0, SIZE).getBytes(UTF_8);
  }

  private static void trace(StringBuilder out, Random random) {
    out.append("java.lang.IllegalStateException: no item ").append(random.nextInt(1000));
    int seed = random.nextInt(200);
    frames(out, seed, 28);
    out.append("\nCaused by: java.io.IOException: disk is full");
    frames(out, seed + 7, 6);
    out.append("\n\t... 26 more\n");
  }

  private static void frames(StringBuilder out, int seed, int count) {
    for (int i = 0; i < count; i++) {
      int k = (seed * 31 + i * 17) % 211;
      out.append("\n\tat com.shop.module").append(k % 13).append(".Service").append(k);
      out.append(".method").append(i).append("(Service").append(k).append(".java:");
      out.append(10 + k).append(')');
    }
  }

  /** The floor. */
  @Benchmark
  public int lineFeeds() {
    byte[] b = text;
    int count = 0;
    for (int i = 0; i + 8 <= b.length; i += 8) {
      long word = (long) LONG.get(b, i) ^ 0x0a0a0a0a0a0a0a0aL;
      count += Long.bitCount((word - 0x0101010101010101L) & ~word & 0x8080808080808080L);
    }
    return count;
  }

  /** The peer: a {@code String} per line and up to three patterns on it. */
  @Benchmark
  public int regexPerLine() {
    int found = 0;
    Matcher header = HEADER.matcher("");
    Matcher frame = FRAME.matcher("");
    Matcher more = MORE.matcher("");
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        String line = new String(text, start, i - start, UTF_8);
        if (frame.reset(line).matches()
            || more.reset(line).matches()
            || header.reset(line).matches()) {
          found++;
        }
        start = i + 1;
      }
    }
    return found;
  }

  /** Ours: traces found and parsed. */
  @Benchmark
  public int logsense() {
    return extractor.extract(text, 0, text.length).size();
  }
}
