package io.logsense.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;
import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.equalTo;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FindingRecorderTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setLoggerProvider(
              SdkLoggerProvider.builder()
                  .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                  .build())
          .build();

  @AfterEach
  void shutDown() {
    telemetry.close();
  }

  @Test
  void aFindingIsAnEventInTheTraceOfItsExample() {
    LogEvent event = failure().attribute("traceId", TRACE).attribute("spanId", SPAN).build();
    Group group = found(event);
    LogRecordData record = logs.getFinishedLogRecordItems().get(0);
    assertThat(record)
        .hasEventName("logsense.finding")
        .hasTimestamp(group.firstSeen())
        .hasSeverity(io.opentelemetry.api.logs.Severity.WARN)
        .hasBody("New: IllegalStateException: no price")
        .hasAttributesSatisfying(
            equalTo(stringKey("logsense.finding.kind"), "new"),
            equalTo(stringKey("logsense.finding.severity"), "medium"),
            equalTo(stringKey("logsense.fingerprint"), group.id()),
            equalTo(stringKey("logsense.template"), "cannot sell"),
            equalTo(longKey("logsense.group.count"), 1),
            equalTo(stringKey("exception.type"), "com.shop.SaleException"),
            equalTo(stringKey("exception.message"), "sale failed"),
            equalTo(stringKey("code.function.name"), "com.shop.Prices.find"),
            equalTo(stringKey("code.file.path"), "Prices.java"),
            equalTo(longKey("code.line.number"), 17));
    assertThat(record.getSpanContext().getTraceId()).isEqualTo(TRACE);
    assertThat(record.getSpanContext().getSpanId()).isEqualTo(SPAN);
  }

  @Test
  void theExemplarOfTheCounterLeadsToTheTrace() {
    found(failure().traceId(TRACE.substring(16)).attribute("span_id", SPAN).build());
    LongPointData point = reported().getLongSumData().getPoints().iterator().next();
    assertThat(point.getValue()).isEqualTo(1);
    assertThat(point.getAttributes().asMap())
        .containsOnlyKeys(
            stringKey("logsense.finding.kind"),
            stringKey("logsense.finding.severity"),
            stringKey("exception.type"));
    assertThat(point.getExemplars()).hasSize(1);
    assertThat(point.getExemplars().get(0).getSpanContext().getTraceId())
        .isEqualTo("0".repeat(16) + TRACE.substring(16));
    assertThat(point.getExemplars().get(0).getSpanContext().getSpanId()).isEqualTo(SPAN);
  }

  @Test
  void anEventWithoutTraceIsRecordedAsWell() {
    found(failure().attribute("traceId", "none").attribute("spanId", "none").build());
    assertThat(logs.getFinishedLogRecordItems()).hasSize(1);
    assertThat(logs.getFinishedLogRecordItems().get(0).getSpanContext().isValid()).isFalse();
    assertThat(reported().getLongSumData().getPoints().iterator().next().getExemplars()).isEmpty();
  }

  @Test
  void withoutAnSdkNothingHappens() {
    LogSense.builder().onFinding(new FindingRecorder(OpenTelemetry.noop())).build().close();
  }

  /** What a real engine finds when {@code event} comes after an hour of something else. */
  private Group found(LogEvent event) {
    try (LogSense sense =
        LogSense.builder()
            .inApp("com.shop")
            .clock(() -> START)
            .previous(List.of())
            .onFinding(new FindingRecorder(telemetry))
            .build()) {
      String id = sense.accept(event);
      return sense.snapshot().groups().stream()
          .filter(group -> group.id().equals(id))
          .findFirst()
          .orElseThrow();
    }
  }

  private static LogEvent.Builder failure() {
    ThrownError cause =
        new ThrownError(
            "java.lang.IllegalStateException",
            "no price",
            List.of(
                new StackFrame("java.util.Map", "of", "Map.java", 3),
                new StackFrame("com.shop.Prices", "find", "Prices.java", 17)),
            0,
            null,
            List.of());
    ThrownError error =
        new ThrownError(
            "com.shop.SaleException",
            "sale failed",
            List.of(new StackFrame("com.shop.Cart", "sell", "Cart.java", 42)),
            0,
            cause,
            List.of());
    return LogEvent.builder()
        .timestamp(TimeUnit.SECONDS.toNanos(START.getEpochSecond()))
        .severity(Severity.ERROR)
        .message("cannot sell")
        .exception(new StackTrace("java", error, 0, 1, false));
  }

  private MetricData reported() {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals("logsense.findings.reported"))
        .findFirst()
        .orElseThrow();
  }
}
