package io.logsense.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSenseMetricsTest {
  private static final LogEvent EVENT =
      LogEvent.builder().timestamp(0).severity(Severity.ERROR).message("disk full").build();

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void everyNumberOfAnEngineIsAMeter() {
    try (LogSense sense = LogSense.builder().build()) {
      new LogSenseMetrics(List.of(sense)).bindTo(registry);
      sense.accept(EVENT);
      sense.accept(EVENT);
      assertThat(registry.get("logsense.events").functionCounter().count()).isEqualTo(2);
      assertThat(registry.get("logsense.groups").gauge().value()).isEqualTo(1);
      assertThat(registry.get("logsense.findings").tag("kind", "spike").functionCounter().count())
          .isZero();
      assertThat(registry.getMeters())
          .hasSameSizeAs(sense.measures())
          .extracting(meter -> meter.getId().getName())
          .containsExactlyInAnyOrderElementsOf(
              sense.measures().stream().map(Measure::name).toList());
    }
  }

  @Test
  void prometheusSeesTheNamesThatItSeesThroughOpenTelemetry() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (LogSense sense = LogSense.builder().build()) {
      new LogSenseMetrics(List.of(sense)).bindTo(prometheus);
      sense.accept(EVENT);
      assertThat(prometheus.scrape())
          .contains("# HELP logsense_events_total Events counted in groups.")
          .contains("\nlogsense_events_total 1.0\n")
          .contains("\nlogsense_groups 1.0\n")
          .contains("\nlogsense_lag_bytes 0.0\n")
          .contains("\nlogsense_findings_total{kind=\"version_drift\"} 0.0\n");
    }
  }

  @Test
  void tagsTellEnginesApart() {
    Measured three = () -> List.of(counter(3));
    Measured four = () -> List.of(counter(4));
    new LogSenseMetrics(List.of(three), Tags.of("engine", "a")).bindTo(registry);
    new LogSenseMetrics(List.of(four), Tags.of("engine", "b")).bindTo(registry);
    assertThat(registry.get("x").tag("engine", "b").functionCounter().count()).isEqualTo(4);
    assertThat(registry.find("x").functionCounters()).hasSize(2);
  }

  /** Micrometer forgets an object that nobody else holds; a meter would then tell NaN. */
  @Test
  void whatIsMeasuredLivesAsLongAsItsMeters() {
    new LogSenseMetrics(List.of(() -> List.of(counter(3)))).bindTo(registry);
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    while (garbage.get() != null) {
      System.gc();
    }
    assertThat(registry.get("x").functionCounter().count()).isEqualTo(3);
  }

  @Test
  void anEngineMayTakeThePlaceOfAnother() {
    LogSenseMetrics first = new LogSenseMetrics(List.of(() -> List.of(counter(3))));
    first.bindTo(registry);
    first.close();
    new LogSenseMetrics(List.of(() -> List.of(counter(1)))).bindTo(registry);
    assertThat(registry.get("x").functionCounter().count()).isEqualTo(1);
  }

  private static Measure counter(double value) {
    return Measure.counter("x", "{x}", "Those.", () -> value);
  }
}
