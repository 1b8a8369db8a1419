package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One directory per format: {@code input.log}, and {@code expected.txt}, its first line the parser
 * and the others the fields of each record in order. Logback, Log4j 2, JUL and their JSON encoders
 * wrote their samples; the others are written by hand.
 */
class FormatSpecificationTest {
  static final Catalogue CATALOGUE =
      new Catalogue(
          new TimeContext(
              ZoneOffset.UTC, InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z"))));

  /** Patterns of formats that have no name. */
  private static final Map<String, LogParser> PATTERNS =
      Map.of(
          "logback-mdc",
          pattern("%d{ISO8601} %-5p [%X{traceId:-},%X{spanId:-}] [%t] %c{1} - %m%n%xEx"),
          "logback-colour-group",
          pattern(
              "%d{dd/MM/yyyy HH:mm:ss} %-20(%level [%thread]) %replace(%logger){'\\.','/'} : %msg"
                  + " %n"),
          "log4j2-highlight",
          pattern(
              "%style{%d{ISO8601}}{black} %highlight{%-5level} [%t] %C{1.}:%L -"
                  + " %notEmpty{[%X{traceId}] }%m%n"));

  private static LogParser pattern(String pattern) {
    return CATALOGUE.pattern("pattern", pattern);
  }

  static Stream<Path> formats() throws IOException, URISyntaxException {
    return Files.list(Path.of(FormatSpecificationTest.class.getResource("formats").toURI()))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachRecordSaysWhatItsFormatPutThere(Path directory) throws IOException {
    String expected = Files.readString(directory.resolve("expected.txt"));
    assertThat(rendered(directory)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachSampleIsDetectedAsItsOwnFormatAndNoOther(Path directory) throws IOException {
    String own = Files.readAllLines(directory.resolve("expected.txt")).get(0);
    if (own.equals("pattern")) {
      return;
    }
    RecordBatch batch = batch(directory);
    assertThat(new FormatDetector(CATALOGUE).detect(batch).parser().name()).isEqualTo(own);
    LogParser named = CATALOGUE.parsers().get(own);
    double confidence = named == null ? 0.6 : named.confidence(batch);
    for (LogParser other : CATALOGUE.candidates()) {
      if (other != named) {
        assertThat(other.confidence(batch)).as(other.name()).isLessThan(confidence);
      }
    }
  }

  static RecordBatch batch(Path directory) {
    try {
      return Lines.batch(Files.readString(directory.resolve("input.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String rendered(Path directory) {
    RecordBatch batch = batch(directory);
    LogParser parser = PATTERNS.get(directory.getFileName().toString());
    if (parser == null) {
      parser = new FormatDetector(CATALOGUE).detect(batch).parser();
    }
    StringBuilder text = new StringBuilder(parser.name()).append('\n');
    LogEvent.Builder out = LogEvent.builder();
    byte[] b = batch.buffer();
    for (int i = 0; i < batch.size(); i++) {
      if (parser.startsRecord(b, batch.start(i), batch.length(i))) {
        int last = Math.min(batch.size() - 1, i + parser.headLines() - 1);
        int length = batch.end(last) - batch.start(i);
        boolean parsed = parser.parse(b, batch.start(i), length, out.reset());
        text.append(parsed ? render(out) : "rejected\n");
      }
    }
    return text.toString();
  }

  private static String render(LogEvent.Builder out) {
    LogEvent e = out.build();
    StringBuilder text = new StringBuilder("\n");
    text.append(e.instant().map(Instant::toString).orElse("-")).append(' ').append(e.severity());
    field(text, "service", e.service());
    field(text, "environment", e.environment());
    field(text, "version", e.version());
    field(text, "logger", e.logger());
    field(text, "thread", e.thread());
    field(text, "trace", e.traceId());
    field(text, "request", e.requestId());
    e.attributes().forEach((name, value) -> field(text, "@" + name, value));
    field(text, "message", e.message());
    field(text, "stack", String.join(" / ", List.of(out.stackText().strip().split("\n\\s*"))));
    return text.append('\n').toString();
  }

  private static void field(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("\n  ").append(name).append(": ").append(value);
    }
  }
}
