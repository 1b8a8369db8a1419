package io.logsense.spring;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.api.group.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The list of problems, and what is known of each. Everything shown has been masked. */
@Endpoint(id = "logsense")
final class LogSenseEndpoint {
  private static final int MOST_GROUPS = 100;
  private static final long NANOS = 1_000_000_000;

  private final LogSense sense;
  private final RecentFindings findings;

  LogSenseEndpoint(LogSense sense, RecentFindings findings) {
    this.sense = sense;
    this.findings = findings;
  }

  /** The worst groups first, and the latest findings. */
  @ReadOperation
  Problems problems() {
    var now = sense.snapshot();
    return new Problems(
        now.events(),
        now.groups().size(),
        now.top(MOST_GROUPS).stream().map(LogSenseEndpoint::summary).toList(),
        findings.newestFirst().stream().map(LogSenseEndpoint::told).toList());
  }

  /** One group with its examples; null, which is 404, when there is none. */
  @ReadOperation
  @Nullable Details problem(@Selector String id) {
    return sense.snapshot().find(id).map(LogSenseEndpoint::details).orElse(null);
  }

  private static Summary summary(Group group) {
    return new Summary(
        group.id(),
        group.title(),
        group.location(),
        group.severity(),
        group.count(),
        instant(group.firstSeen()),
        instant(group.lastSeen()),
        group.isNew());
  }

  private static Told told(Finding finding) {
    return new Told(
        finding.kind(),
        finding.severity(),
        finding.summary(),
        instant(finding.time()),
        finding.group().id(),
        finding.checks().stream().map(Check::toString).toList());
  }

  private static Details details(Group group) {
    Map<Instant, Long> timeline = new LinkedHashMap<>();
    group.timeline().forEach((start, count) -> timeline.put(instant(start), count));
    return new Details(
        summary(group),
        group.template(),
        group.severities(),
        timeline,
        group.timelineInterval() / NANOS,
        group.examples().stream().map(LogSenseEndpoint::example).toList());
  }

  private static Example example(LogEvent event) {
    return new Example(
        instant(event.timestamp()),
        event.severity(),
        event.logger(),
        event.thread(),
        event.message(),
        event.attributes(),
        lines(event.exception()));
  }

  /** The exception as Java prints it, shortened like all examples. */
  private static List<String> lines(@Nullable StackTrace trace) {
    List<String> lines = new ArrayList<>();
    String before = "";
    for (ThrownError error = trace == null ? null : trace.error();
        error != null;
        error = error.cause()) {
      lines.add(before + error);
      error.frames().forEach(frame -> lines.add("\tat " + frame));
      if (error.framesInCommon() > 0) {
        lines.add("\t... " + error.framesInCommon() + " more");
      }
      before = "Caused by: ";
    }
    return lines;
  }

  private static @Nullable Instant instant(long epochNanos) {
    return epochNanos == LogEvent.NO_TIMESTAMP
        ? null
        : Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS));
  }

  /**
   * What the endpoint answers.
   *
   * @param events counted
   * @param groupCount how many groups there are, listed or not
   * @param groups worst first, at most 100
   * @param findings newest first, at most 100
   */
  record Problems(long events, int groupCount, List<Summary> groups, List<Told> findings) {}

  /** One group in a few words. */
  record Summary(
      String id,
      String title,
      String location,
      Severity severity,
      long count,
      @Nullable Instant firstSeen,
      @Nullable Instant lastSeen,
      boolean isNew) {}

  /** A finding, and the facts that make it one. */
  record Told(
      FindingKind kind,
      FindingSeverity severity,
      String summary,
      @Nullable Instant time,
      String group,
      List<String> checks) {}

  /** Everything about a group. */
  record Details(
      Summary group,
      String template,
      Map<Severity, Long> severities,
      Map<Instant, Long> timeline,
      long timelineSeconds,
      List<Example> examples) {}

  /** One of its events. */
  record Example(
      @Nullable Instant time,
      Severity severity,
      String logger,
      String thread,
      String message,
      Map<String, String> attributes,
      List<String> exception) {}
}
