package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.stack.AllocatedBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParsingAllocationTest {
  private static final Catalogue CATALOGUE = FormatSpecificationTest.CATALOGUE;
  private static final int ROUNDS = 200;

  static Stream<LogParser> parsers() {
    return MalformedInputTest.parsers();
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void askingWhetherALineStartsARecordAllocatesNothing(LogParser parser) throws Exception {
    List<Path> directories = FormatSpecificationTest.formats().toList();
    for (Path directory : directories) {
      RecordBatch batch = FormatSpecificationTest.batch(directory);
      records(parser, batch);
      long before = AllocatedBytes.now();
      records(parser, batch);
      assertThat(AllocatedBytes.now() - before).as(directory.toString()).isZero();
    }
  }

  private static int records(LogParser parser, RecordBatch batch) {
    int records = 0;
    for (int i = 0; i < batch.size(); i++) {
      records += parser.startsRecord(batch.buffer(), batch.start(i), batch.length(i)) ? 1 : 0;
    }
    return records;
  }

  /** What a line costs whose names were there before: its message, and a draft of the event. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          spring-boot~280~2024-01-12T03:04:05.123Z  INFO 4242 --- [shop] [    exec-1] com.acme.Shop : order 4711 placed by customer c-9
          logback~200~2024-01-12 03:04:05.123 [exec-1] INFO  com.acme.Shop - order 4711 placed by customer c-9
          log4j-hadoop~200~2024-01-12 03:04:05,123 INFO  [exec-1] com.acme.Shop: order 4711 placed by customer c-9
          syslog-rfc5424~400~<165>1 2024-01-12T03:04:05.123Z web-1 shop 77 ID48 [app@1 user="ann"] order 4711 placed by customer c-9
          syslog-rfc3164~280~Jan 12 03:04:05 web-1 sshd[4242]: order 4711 placed by customer c-9
          access-log~620~10.0.0.1 - - [12/Jan/2024:03:04:05 +0000] "GET /shop/items/17 HTTP/1.1" 200 4711 "-" "curl/8.5.0"
          glog~280~I0112 03:04:05.123456       1 controller.go:117] order 4711 placed by customer c-9
          logfmt~700~time=2024-01-12T03:04:05Z level=info msg="order 4711 placed" logger=com.acme.Shop thread=exec-1
          plain-text~200~2024-01-12 03:04:05 order 4711 placed by customer c-9
          logstash-json~1600~{"@timestamp":"2024-01-12T03:04:05.123Z","@version":"1","message":"order 4711 placed","logger_name":"com.acme.Shop","thread_name":"exec-1","level":"INFO"}
          """)
  void aRepeatedLineCostsLittleMoreThanItsMessage(String format, long limit, String line) {
    LogParser parser = Objects.requireNonNull(CATALOGUE.parsers().get(format));
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    LogEvent.Builder out = LogEvent.builder();
    assertThat(parses(parser, bytes, out)).isEqualTo(ROUNDS);
    long before = AllocatedBytes.now();
    int parsed = parses(parser, bytes, out);
    long allocated = AllocatedBytes.now() - before;
    assertThat(parsed).isEqualTo(ROUNDS);
    assertThat(allocated / ROUNDS).isLessThanOrEqualTo(limit);
  }

  private static int parses(LogParser parser, byte[] bytes, LogEvent.Builder out) {
    int parsed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      parsed += parser.parse(bytes, 0, bytes.length, out.reset()) ? 1 : 0;
    }
    return parsed;
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aLineThatFailsCostsNoMoreThanADraft(LogParser parser) {
    byte[] bytes = "nothing that any format begins with".getBytes(StandardCharsets.UTF_8);
    LogEvent.Builder out = LogEvent.builder();
    if (parses(parser, bytes, out) == 0) {
      long before = AllocatedBytes.now();
      parses(parser, bytes, out);
      assertThat((AllocatedBytes.now() - before) / ROUNDS).isLessThanOrEqualTo(240);
    }
  }
}
