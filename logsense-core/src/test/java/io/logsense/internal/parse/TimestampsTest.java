package io.logsense.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final InstantSource REFERENCE =
      InstantSource.fixed(Instant.parse("2024-03-10T12:00:00Z"));
  private final Timestamps timestamps = new Timestamps(new TimeContext(ZoneOffset.UTC, REFERENCE));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-01-12T03:04:05Z                 | 2024-01-12T03:04:05Z
          2024-01-12T03:04:05.123Z             | 2024-01-12T03:04:05.123Z
          2024-01-12T03:04:05.123456789Z       | 2024-01-12T03:04:05.123456789Z
          2024-01-12T03:04:05.123456+02:00     | 2024-01-12T01:04:05.123456Z
          2024-01-12T03:04:05.123+0200         | 2024-01-12T01:04:05.123Z
          2024-01-12T03:04:05+01:00[Europe/Paris] | 2024-01-12T02:04:05Z
          2024-01-12 03:04:05                  | 2024-01-12T03:04:05Z
          2024-01-12 03:04:05,123              | 2024-01-12T03:04:05.123Z
          2024-01-12 03:04:05.5                | 2024-01-12T03:04:05.500Z
          2024-01-12 03:04:05.123 UTC          | 2024-01-12T03:04:05.123Z
          2024-01-12 03:04:05.123 CET          | 2024-01-12T02:04:05.123Z
          2024-01-12 03:04:05 -0700            | 2024-01-12T10:04:05Z
          2024-01-12 03:04                     | 2024-01-12T03:04:00Z
          2024/01/12 03:04:05                  | 2024-01-12T03:04:05Z
          2024-01-12-15.42.50.675872           | 2024-01-12T15:42:50.675872Z
          20240112T030405Z                     | 2024-01-12T03:04:05Z
          20240112-03:04:05:606                | 2024-01-12T03:04:05.606Z
          20240112-3:4:5:6                     | 2024-01-12T03:04:05.006Z
          20240112030405                       | 2024-01-12T03:04:05Z
          20240112030405678                    | 2024-01-12T03:04:05.678Z
          240112 030405                        | 2024-01-12T03:04:05Z
          240112 03:04:05                      | 2024-01-12T03:04:05Z
          24/01/12 03:04:05                    | 2024-01-12T03:04:05Z
          1/12/24 3:04:05:678 UTC              | 2024-01-12T03:04:05.678Z
          1/12/2024 3:04:05 PM                 | 2024-01-12T15:04:05Z
          13/01/2024 03:04:05                  | 2024-01-13T03:04:05Z
          12.01.2024 03:04:05                  | 2024-01-12T03:04:05Z
          12-Jan-2024 03:04:05.123             | 2024-01-12T03:04:05.123Z
          12 Jan 2024 03:04:05.123             | 2024-01-12T03:04:05.123Z
          10/Oct/2000:13:55:36 -0700           | 2000-10-10T20:55:36Z
          Sun Dec 04 04:47:44 2005             | 2005-12-04T04:47:44Z
          Sun Dec 04 04:47:44.123456 2005      | 2005-12-04T04:47:44.123456Z
          Fri Jan 12 03:04:05 UTC 2024         | 2024-01-12T03:04:05Z
          Mon, 02 Jan 2006 15:04:05 -0700      | 2006-01-02T22:04:05Z
          Jan 12, 2024 3:04:05 PM              | 2024-01-12T15:04:05Z
          Jan 12, 2024 12:04:05 AM             | 2024-01-12T00:04:05Z
          January 12, 2024 3:04:05 AM          | 2024-01-12T03:04:05Z
          Jan 12 2024 03:04:05                 | 2024-01-12T03:04:05Z
          Mar 11 06:55:46                      | 2024-03-11T06:55:46Z
          Mar 12 06:55:46                      | 2023-03-12T06:55:46Z
          Dec 10 06:55:46                      | 2023-12-10T06:55:46Z
          Jul  1 09:00:55                      | 2023-07-01T09:00:55Z
          Feb 29 10:00:00                      | 2024-02-29T10:00:00Z
          03-17 16:13:38.811                   | 2023-03-17T16:13:38.811Z
          10.30 16:49:06                       | 2023-10-30T16:49:06Z
          03:41:13                             | 2024-03-10T03:41:13Z
          12:59:59.5                           | 2024-03-10T12:59:59.500Z
          23:59:59,999                         | 2024-03-09T23:59:59.999Z
          1705028645                           | 2024-01-12T03:04:05Z
          1705028645.25                        | 2024-01-12T03:04:05.250Z
          1705028645123                        | 2024-01-12T03:04:05.123Z
          1705028645123456                     | 2024-01-12T03:04:05.123456Z
          1705028645123456789                  | 2024-01-12T03:04:05.123456789Z
          """)
  void eachFormatMeansItsInstant(String text, Instant expected) {
    assertThat(instant(timestamps, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "yesterday", "12", "2024-13-12 03:04:05", "2024-01-32 03:04:05",
            "2023-02-29 01:02:03",
        "25:04:05", "03:61:05", "2024-01-12x", "1.2.3.4", "v1.2.3", "12345", "99999999999999999999",
        "10.251.73.220:50010", "0:0:0:0:0:0:0:0:2181", "Mar", "Mar 99 06:55:46", "2024-01-12T",
      })
  void whatIsNoTimestampHasNone(String text) {
    assertThat(timestamps.epochNanos(text)).isEqualTo(LogEvent.NO_TIMESTAMP);
  }

  @Test
  void aTimeWithoutZoneIsInTheZoneGiven() {
    Timestamps berlin = new Timestamps(new TimeContext(ZoneId.of("Europe/Berlin"), REFERENCE));
    assertThat(instant(berlin, "2024-07-12 03:04:05")).isEqualTo("2024-07-12T01:04:05Z");
    assertThat(instant(berlin, "2024-01-12 03:04:05")).isEqualTo("2024-01-12T02:04:05Z");
    assertThat(instant(berlin, "2024-01-12T03:04:05Z")).isEqualTo("2024-01-12T03:04:05Z");
  }

  @Test
  void theNarrowSpaceBeforePmIsRead() {
    assertThat(instant(timestamps, "Jan 12, 2024, 3:04:05\u202fPM"))
        .isEqualTo("2024-01-12T15:04:05Z");
  }

  @Test
  void aTimestampEndsWhereItsTextEnds() {
    byte[] line = "2024-01-12 03:04:05,123 - INFO".getBytes(StandardCharsets.UTF_8);
    assertThat(TimestampScanner.scan(line, 0, line.length, new TimestampFields())).isEqualTo(23);
  }

  private static Instant instant(Timestamps timestamps, String text) {
    long nanos = timestamps.epochNanos(text);
    assertThat(nanos).as(text).isNotEqualTo(LogEvent.NO_TIMESTAMP);
    return LogEvent.builder().timestamp(nanos).build().instant().orElseThrow();
  }
}
