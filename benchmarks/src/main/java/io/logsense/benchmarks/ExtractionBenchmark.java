package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.Limits;
import io.logsense.StackTraces;
import io.logsense.api.event.StackTrace;
import io.logsense.api.stack.StackTraceExtractor;
import io.logsense.internal.stack.RecordAssembler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
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
 * Stack traces out of one text of 64 MiB, beside the floor (line feeds found eight bytes at a time)
 * and the usual way (regular expressions per line); and records out of its lines, as the engine
 * puts them together while it reads.
 *
 * <p>An operation is one pass; MB/s is {@code 67.1 / score} with the score in seconds. The text is
 * {@linkplain ExtractionText generated} with a fixed seed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExtractionBenchmark {
  static final int SIZE = 64 << 20;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Pattern HEADER =
      Pattern.compile("(?:.*\\s)?[\\w$.]+(?:Exception|Error|Throwable)(?::.*)?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at ([\\w$./@<>]+)\\.([\\w$<>]+)\\(([^:)]*)(?::(\\d+))?\\).*");
  private static final Pattern MORE = Pattern.compile("\\s*(?:Caused by: .*|\\.\\.\\. \\d+ more)");

  /** What share of the lines belongs to traces: about 5 % or 66 %. */
  @Param({"sparse", "dense"})
  public String density = "sparse";

  /** How many of 100 frames are lines that were never seen before. */
  @Param({"0", "10", "100"})
  public int fresh;

  private final StackTraceExtractor extractor = StackTraces.extractor();
  private byte[] text = new byte[0];
  private int count;

  /** Generates the text. */
  @Setup
  public void generate() {
    read(ExtractionText.of(density.equals("dense"), fresh, SIZE));
  }

  void read(ExtractionText generated) {
    text = generated.bytes();
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
  public List<StackTrace> logsense() {
    return extractor.extract(text, 0, text.length);
  }

  /** Ours: lines put together to records. */
  @Benchmark
  public int records() {
    count = 0;
    RecordAssembler assembler = RecordAssembler.plainText(Limits.defaults(), record -> count++);
    byte[] b = text;
    int start = 0;
    for (int line = 0; start < b.length; line++) {
      int end = lineFeed(b, start);
      assembler.line(b, start, end - start, false, start, line, false, "");
      start = end + 1;
    }
    assembler.flush();
    return count;
  }

  private static int lineFeed(byte[] b, int from) {
    int i = from;
    for (; i + 8 <= b.length; i += 8) {
      long word = (long) LONG.get(b, i) ^ 0x0a0a0a0a0a0a0a0aL;
      long feeds = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
      if (feeds != 0) {
        return i + (Long.numberOfTrailingZeros(feeds) >>> 3);
      }
    }
    while (i < b.length && b[i] != '\n') {
      i++;
    }
    return i;
  }
}
