package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.parse.LogParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ParsersTest {
  private final Parsers parsers = Parsers.defaults();

  private static LogEvent parse(LogParser parser, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    LogEvent.Builder out = LogEvent.builder();
    assertThat(parser.startsRecord(bytes, 0, bytes.length)).isTrue();
    assertThat(parser.parse(bytes, 0, bytes.length, out)).isTrue();
    return out.build();
  }

  @Test
  void aPatternIsReadAsItWasWritten() {
    LogParser parser =
        parsers.logback(
            "%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} [%X{requestId:-}] - %msg%n");
    LogEvent event = parse(parser, "12:00:00.123 [pool 1] WARN  c.a.Shop [r-17] - [x] - y");
    assertThat(event.severity()).isEqualTo(Severity.WARN);
    assertThat(event.thread()).isEqualTo("pool 1");
    assertThat(event.logger()).isEqualTo("c.a.Shop");
    assertThat(event.requestId()).isEqualTo("r-17");
    assertThat(event.message()).isEqualTo("[x] - y");
  }

  @Test
  void theDatePatternDecidesWhichNumberIsTheDay() {
    LogEvent event =
        parse(parsers.log4j2("%d{dd/MM/yyyy HH:mm} %p %m%n"), "03/04/2024 05:06 INFO x");
    assertThat(event.instant()).contains(Instant.parse("2024-04-03T05:06:00Z"));
  }

  @Test
  void aLineOfAnotherPatternDoesNotStartARecord() {
    byte[] line = "\tat a.b.C.d(C.java:1)".getBytes(StandardCharsets.UTF_8);
    assertThat(parsers.logback("%d %p %m").startsRecord(line, 0, line.length)).isFalse();
  }

  @Test
  void aPatternWithoutAMessageIsRefused() {
    assertThatThrownBy(() -> parsers.logback("%d %p%n"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("without a message");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> parsers.named("sysolg"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("sysolg")
        .hasMessageContaining("syslog-rfc3164");
  }

  @Test
  void theZoneGivenIsThatOfTimesWithoutOne() {
    Parsers berlin =
        Parsers.with(
            ZoneId.of("Europe/Berlin"), InstantSource.fixed(Instant.parse("2024-08-01T00:00:00Z")));
    LogEvent event = parse(berlin.named("syslog-rfc3164"), "Jul  2 10:00:00 web sshd[1]: hello");
    assertThat(event.instant()).contains(Instant.parse("2024-07-02T08:00:00Z"));
  }

  @Test
  void plainTextKeepsTheLineAndNotesItsSeverity() {
    LogEvent event = parse(parsers.plainText(), "ERROR: disk full");
    assertThat(event.message()).isEqualTo("ERROR: disk full");
    assertThat(event.severity()).isEqualTo(Severity.ERROR);
  }
}
