package io.logsense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Parsers;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.source.RecordBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParsingBenchmarkTest {
  @ParameterizedTest
  @EnumSource(value = LogFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN_TEXT")
  void theLinesAreOfTheirFormat(LogFormat format) {
    RecordBatch lines = format.lines(200);
    assertThat(Parsers.defaults().detect(lines).parser().name()).isEqualTo(format.parserName());
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void everyLineIsReadWhole(LogFormat format) {
    RecordBatch lines = format.lines(200);
    for (int i = 0; i < lines.size(); i++) {
      LogEvent.Builder out = LogEvent.builder();
      boolean parsed =
          format.parser(lines).parse(lines.buffer(), lines.start(i), lines.length(i), out);
      assertThat(parsed).isTrue();
      assertThat(out.message()).isNotEmpty();
      assertThat(out.timestamp()).isNotEqualTo(LogEvent.NO_TIMESTAMP);
      if (format != LogFormat.PLAIN_TEXT && format != LogFormat.SYSLOG_3164) {
        assertThat(out.severity()).isNotEqualTo(Severity.UNSPECIFIED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void thePeerReadsTheSameLines(LogFormat format) {
    ParsingBenchmark benchmark = new ParsingBenchmark();
    benchmark.format = format;
    benchmark.prepare();
    assertThat(benchmark.peerReads()).isTrue();
    assertThat(benchmark.startsRecord()).isEqualTo(ParsingBenchmark.LINES);
    assertThat(benchmark.lineFeeds()).isEqualTo(ParsingBenchmark.LINES);
  }
}
