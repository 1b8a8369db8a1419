package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Parsing from bytes to the fields of an event, in lines per time, beside two floors (the line
 * feeds found; every line decoded to a String) and the usual way (a regular expression and a {@code
 * DateTimeFormatter}; for JSON a streaming parser into a map).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParsingBenchmark {
  static final int LINES = 10_000;
  private static final JsonFactory JSON = new JsonFactory();

  /** The format of the lines. */
  @Param public LogFormat format = LogFormat.SPRING_BOOT;

  private final LogEvent.Builder out = LogEvent.builder();
  private RecordBatch lines = new RecordBatch(new byte[0]);
  private LogParser parser = format.parser(lines);
  private Pattern regex = Pattern.compile("");
  private DateTimeFormatter time = DateTimeFormatter.ISO_DATE_TIME;

  /** Makes the lines. */
  @Setup
  public void prepare() {
    lines = format.lines(LINES);
    parser = format.parser(lines);
    regex = Pattern.compile(format.regex());
    time = format.time();
  }

  /** Number of bytes of all lines, line feeds included. */
  int bytes() {
    return lines.buffer().length;
  }

  /** The fields of every line. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int parse() {
    int sum = 0;
    byte[] b = lines.buffer();
    for (int i = 0; i < LINES; i++) {
      sum += parser.parse(b, lines.start(i), lines.length(i), out.reset()) ? 1 : 0;
      sum += out.message().length();
    }
    return sum;
  }

  /** Whether each line begins a record. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int startsRecord() {
    int sum = 0;
    byte[] b = lines.buffer();
    for (int i = 0; i < LINES; i++) {
      sum += parser.startsRecord(b, lines.start(i), lines.length(i)) ? 1 : 0;
    }
    return sum;
  }

  /** The floor of anything that looks at lines. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int lineFeeds() {
    int sum = 0;
    for (byte c : lines.buffer()) {
      sum += c == '\n' ? 1 : 0;
    }
    return sum;
  }

  /** The floor of anything that makes Strings of lines. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int decode() {
    int sum = 0;
    byte[] b = lines.buffer();
    for (int i = 0; i < LINES; i++) {
      sum += new String(b, lines.start(i), lines.length(i), UTF_8).length();
    }
    return sum;
  }

  /** The peer. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int usualWay() {
    int sum = 0;
    byte[] b = lines.buffer();
    for (int i = 0; i < LINES; i++) {
      sum +=
          format.isJson()
              ? json(b, lines.start(i), lines.length(i))
              : matched(new String(b, lines.start(i), lines.length(i), UTF_8));
    }
    return sum;
  }

  /** Whether the peer finds fields in every line. */
  boolean peerReads() {
    byte[] b = lines.buffer();
    for (int i = 0; i < LINES; i++) {
      if (!format.isJson() && matched(new String(b, lines.start(i), lines.length(i), UTF_8)) == 0) {
        return false;
      }
    }
    return usualWay() >= LINES;
  }

  private int matched(String line) {
    Matcher matcher = regex.matcher(line);
    if (!matcher.matches()) {
      return 0;
    }
    int sum = time.parse(matcher.group(1)).get(ChronoField.SECOND_OF_DAY) >= 0 ? 1 : 0;
    for (int group = 2; group <= matcher.groupCount(); group++) {
      sum += matcher.group(group).length();
    }
    return sum;
  }

  private int json(byte[] b, int offset, int length) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(b, offset, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String at = fields.getOrDefault("@timestamp", "");
    return fields.size() + time.parse(at).get(ChronoField.SECOND_OF_DAY);
  }
}
