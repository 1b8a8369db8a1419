package io.logsense.opentelemetry;

import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;
import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.attributeEntry;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.telemetry.Measure;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogSenseMetricsTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final SdkMeterProvider meters =
      SdkMeterProvider.builder().registerMetricReader(reader).build();

  @AfterEach
  void shutDown() {
    meters.close();
  }

  @Test
  void everyNumberOfAnEngineIsAnInstrument() {
    try (LogSense sense = LogSense.builder().build()) {
      LogSenseMetrics metrics = new LogSenseMetrics(meters.get("io.logsense"), List.of(sense));
      sense.accept(
          LogEvent.builder().timestamp(0).severity(Severity.ERROR).message("disk full").build());
      assertThat(metric("logsense.events"))
          .hasUnit("{event}")
          .hasDescription("Events counted in groups.")
          .hasDoubleSumSatisfying(
              sum -> sum.isMonotonic().hasPointsSatisfying(point -> point.hasValue(1)));
      assertThat(metric("logsense.lag"))
          .hasUnit("By")
          .hasDoubleGaugeSatisfying(gauge -> gauge.hasPointsSatisfying(point -> point.hasValue(0)));
      assertThat(metric("logsense.findings").getDoubleSumData().getPoints())
          .hasSize(5)
          .anySatisfy(
              point ->
                  assertThat(point.getAttributes())
                      .containsOnly(attributeEntry("kind", "version_drift")));
      assertThat(reader.collectAllMetrics())
          .extracting(MetricData::getName)
          .containsExactlyInAnyOrderElementsOf(
              sense.measures().stream().map(Measure::name).collect(Collectors.toSet()));
      metrics.close();
      assertThat(reader.collectAllMetrics()).isEmpty();
    }
  }

  private MetricData metric(String name) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
