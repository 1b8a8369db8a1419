package io.logsense.spring;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingSeverity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up with the numbers of the engine, unless down was asked for and a finding is as severe. */
final class LogSenseHealthIndicator extends AbstractHealthIndicator {
  private static final Set<String> DETAILS = Set.of("logsense.events", "logsense.groups");

  private final LogSense sense;
  private final RecentFindings findings;
  private final LogSenseProperties.Health properties;
  private final InstantSource clock;

  LogSenseHealthIndicator(
      LogSense sense,
      RecentFindings findings,
      LogSenseProperties.Health properties,
      InstantSource clock) {
    this.sense = sense;
    this.findings = findings;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    List<String> severe = severe();
    if (severe.isEmpty()) {
      health.up();
    } else {
      health.down().withDetail("findings", severe);
    }
    sense.measures().stream()
        .filter(measure -> DETAILS.contains(measure.name()))
        .forEach(number -> health.withDetail(number.name(), (long) number.value().getAsDouble()));
  }

  private List<String> severe() {
    FindingSeverity downAt = properties.downAt();
    if (downAt == null) {
      return List.of();
    }
    Instant from = clock.instant().minus(properties.downFor());
    long fromNanos = TimeUnit.SECONDS.toNanos(from.getEpochSecond()) + from.getNano();
    return findings.newestFirst().stream()
        .filter(finding -> finding.severity().atLeast(downAt))
        .filter(finding -> finding.time() == LogEvent.NO_TIMESTAMP || finding.time() >= fromNanos)
        .map(Finding::summary)
        .toList();
  }
}
