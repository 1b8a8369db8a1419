package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.telemetry.Measure;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long START = TimeUnit.HOURS.toNanos(490_000);

  private Instant clock = Instant.ofEpochSecond(0, START);

  @Test
  void anEngineTellsWhatItCounted() {
    try (LogSense sense =
        LogSense.builder()
            .clock(() -> clock)
            .filter(event -> event.severity().atLeast(Severity.WARN))
            .onFinding(
                finding -> {
                  throw new IllegalStateException("listener");
                })
            .build()) {
      List<Measure> measures = sense.measures();
      for (int minute = 0; minute < 100; minute++) {
        accept(sense, minute, Severity.ERROR, "card refused");
        accept(sense, minute, Severity.INFO, "order placed");
      }
      accept(sense, 100, Severity.ERROR, "disk full");

      assertThat(value(measures, "logsense.records", "")).isEqualTo(101);
      assertThat(value(measures, "logsense.events", "")).isEqualTo(101);
      assertThat(value(measures, "logsense.filtered", "")).isEqualTo(100);
      assertThat(value(measures, "logsense.dead_letters", "")).isZero();
      assertThat(value(measures, "logsense.groups", "")).isEqualTo(2);
      assertThat(value(measures, "logsense.findings", "new")).isEqualTo(1);
      assertThat(value(measures, "logsense.findings", "spike")).isZero();
      assertThat(value(measures, "logsense.listener.failures", "")).isEqualTo(1);
      assertThat(value(measures, "logsense.outbox", "")).isZero();
      assertThat(value(measures, "logsense.lag", "")).isZero();
      assertThat(measures).allMatch(measure -> measure.description().endsWith("."));
    }
  }

  private void accept(LogSense sense, int minute, Severity severity, String text) {
    long time = START + minute * MINUTE;
    clock = Instant.ofEpochSecond(0, time);
    sense.accept(LogEvent.builder().timestamp(time).severity(severity).message(text).build());
  }

  private static double value(List<Measure> measures, String name, String kind) {
    return measures.stream()
        .filter(m -> m.name().equals(name) && m.tags().getOrDefault("kind", "").equals(kind))
        .findFirst()
        .orElseThrow()
        .value()
        .getAsDouble();
  }
}
