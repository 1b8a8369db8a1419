package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionBenchmarkTest {
  private static final Pattern FRAME = Pattern.compile("\\tat (.*)\\.([^.]*)\\(([^:]*):(\\d+)\\)");

  @ParameterizedTest
  @CsvSource({"false,0", "false,100", "true,0", "true,10", "true,100"})
  void everyPassReadsWhatThePlainWayReads(boolean dense, int fresh) {
    ExtractionText text = ExtractionText.of(dense, fresh, 500_000);
    List<StackFrame> expected = plainly(text.bytes());
    ExtractionBenchmark benchmark = new ExtractionBenchmark();
    benchmark.read(text);

    for (int pass = 0; pass < 4; pass++) {
      List<StackTrace> traces = benchmark.logsense();
      assertThat(traces).hasSize(text.traces()).allMatch(trace -> trace.lines() == 37);
      assertThat(frames(traces)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void theFloorAndTheRecordsCountTheSameLines(boolean dense) {
    ExtractionText text = ExtractionText.of(dense, 0, 500_000);
    ExtractionBenchmark benchmark = new ExtractionBenchmark();
    benchmark.read(text);

    assertThat(benchmark.lineFeeds()).isBetween(text.lines() - 1, text.lines());
    assertThat(benchmark.records()).isEqualTo(text.lines() - text.traceLines() + text.traces());
    assertThat(benchmark.regexPerLine()).isEqualTo(text.traceLines());
  }

  @Test
  void theDensitiesAreWhatTheyAreSaidToBe() {
    ExtractionText sparse = ExtractionText.of(false, 0, 4_000_000);
    ExtractionText dense = ExtractionText.of(true, 0, 4_000_000);

    assertThat(sparse.traceLines() / (double) sparse.lines()).isBetween(0.03, 0.07);
    assertThat(dense.traceLines() / (double) dense.lines()).isBetween(0.64, 0.68);
  }

  private static List<StackFrame> plainly(byte[] text) {
    List<StackFrame> frames = new ArrayList<>();
    for (String line : new String(text, UTF_8).split("\n")) {
      Matcher m = FRAME.matcher(line);
      if (m.matches()) {
        frames.add(
            new StackFrame(m.group(1), m.group(2), m.group(3), Integer.parseInt(m.group(4))));
      }
    }
    return frames;
  }

  private static List<StackFrame> frames(List<StackTrace> traces) {
    List<StackFrame> frames = new ArrayList<>();
    for (StackTrace trace : traces) {
      for (ThrownError e = trace.error(); e != null; e = e.cause()) {
        frames.addAll(e.frames());
      }
    }
    return frames;
  }
}
