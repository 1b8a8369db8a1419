package io.logsense.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.logsense.Analysis;
import io.logsense.Clusters;
import io.logsense.Triage;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Correlation;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.Trend;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An analysis as JSON; the order of fields is fixed. */
final class JsonReport {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonReport() {}

  /**
   * Writes one line with at most {@code top} groups, and with their clusters, status and services
   * if there are any.
   */
  static void write(
      Analysis analysis,
      @Nullable Clusters clusters,
      @Nullable Triage triage,
      @Nullable ServiceCatalogue services,
      int top,
      Writer out)
      throws IOException {
    TimeSpan span = TimeSpan.of(analysis.groups());
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeNumberField("records", analysis.records());
      json.writeNumberField("events", analysis.events());
      json.writeNumberField("deadLetters", analysis.deadLetters());
      json.writeArrayFieldStart("groups");
      for (Group group : analysis.groups().stream().limit(top).toList()) {
        group(json, group, analysis.trend(group), clusters, triage, services, span);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("findings");
      for (Finding finding : analysis.findings()) {
        finding(json, finding);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("correlations");
      for (Correlation correlation : analysis.correlations()) {
        correlation(json, correlation);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("formats");
      for (Analysis.InputFormat format : analysis.formats()) {
        json.writeStartObject();
        json.writeStringField("input", format.input());
        json.writeStringField("format", format.format());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  /** A generator that leaves {@code out} open. */
  static JsonGenerator generator(Writer out) throws IOException {
    return JSON.createGenerator(out);
  }

  private static void group(
      JsonGenerator json,
      Group group,
      Trend trend,
      @Nullable Clusters clusters,
      @Nullable Triage triage,
      @Nullable ServiceCatalogue services,
      TimeSpan span)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", group.id());
    json.writeStringField("kind", group.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("count", group.count());
    time(json, "firstSeen", group.firstSeen());
    time(json, "lastSeen", group.lastSeen());
    json.writeStringField("severity", group.severity().name());
    json.writeStringField("title", group.title());
    json.writeStringField("template", group.template());
    fingerprint(json, group.fingerprint().orElse(null));
    counts(json, "services", group.services());
    json.writeBooleanField("new", group.isNew());
    sparkline(json, group, span);
    json.writeStringField("example", TraceText.of(group.representative()));
    json.writeStringField("location", group.location());
    counts(json, "versions", group.versions());
    counts(json, "environments", group.environments());
    json.writeStringField("trend", name(trend));
    if (clusters != null) {
      json.writeStringField("cluster", clusters.of(group.id()).id());
    }
    if (triage != null) {
      json.writeStringField("status", StatusText.name(triage.status(group)));
    }
    if (services != null) {
      service(json, Surroundings.service(services, group).orElse(null));
    }
    json.writeEndObject();
  }

  /** Who stands behind a service: an object, or null when that is unknown. */
  static void service(JsonGenerator json, ServiceCatalogue.@Nullable Entry service)
      throws IOException {
    if (service == null) {
      json.writeNullField("service");
      return;
    }
    json.writeObjectFieldStart("service");
    json.writeStringField("name", service.system());
    json.writeStringField("department", service.department());
    json.writeStringField("owner", service.owner());
    json.writeNumberField("criticality", service.criticality());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", name(finding.kind()));
    json.writeStringField("group", finding.group().id());
    time(json, "time", finding.time());
    json.writeStringField("severity", name(finding.severity()));
    json.writeStringField("summary", finding.summary());
    json.writeNumberField("observed", finding.observed());
    number(json, "low", finding.low());
    number(json, "high", finding.high());
    json.writeNumberField("probability", finding.probability());
    if (!finding.version().isEmpty()) {
      json.writeStringField("version", finding.version());
    }
    checks(json, finding.checks());
    json.writeEndObject();
  }

  private static void correlation(JsonGenerator json, Correlation correlation) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("groups");
    for (Group group : correlation.groups()) {
      json.writeString(group.id());
    }
    json.writeEndArray();
    json.writeStringField("summary", correlation.summary());
    json.writeArrayFieldStart("links");
    for (Correlation.Link link : correlation.links()) {
      json.writeStartObject();
      json.writeStringField("from", link.from());
      json.writeStringField("to", link.to());
      json.writeNumberField("lagSeconds", link.lag());
      json.writeNumberField("sharedTraces", link.sharedTraces());
      json.writeNumberField("traces", link.traces());
      json.writeNumberField("intervals", link.intervals());
      json.writeNumberField("probability", link.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
    checks(json, correlation.checks());
    json.writeEndObject();
  }

  /** Writes {@code "checks":[text]}. */
  static void checks(JsonGenerator json, List<Check> checks) throws IOException {
    json.writeArrayFieldStart("checks");
    for (Check check : checks) {
      json.writeString(check.toString());
    }
    json.writeEndArray();
  }

  /** The name of an enum's value as it is written. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Null when there is no bound. */
  static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isInfinite(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** Writes {@code "sparkline":[24 counts]}. */
  static void sparkline(JsonGenerator json, Group group, TimeSpan span) throws IOException {
    json.writeArrayFieldStart("sparkline");
    for (long count : span.counts(group, Sparkline.BUCKETS)) {
      json.writeNumber(count);
    }
    json.writeEndArray();
  }

  private static void fingerprint(JsonGenerator json, @Nullable StackFingerprint fingerprint)
      throws IOException {
    if (fingerprint == null) {
      json.writeNullField("fingerprint");
      return;
    }
    json.writeObjectFieldStart("fingerprint");
    json.writeStringField("strict", fingerprint.strict().toString());
    json.writeStringField("site", fingerprint.site().toString());
    json.writeStringField("root", fingerprint.root().toString());
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** Null when there is none. */
  static void time(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos == LogEvent.NO_TIMESTAMP) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, TimeSpan.iso(nanos));
    }
  }

  /** Writes {@code "examples":[text]}. */
  static void examples(JsonGenerator json, List<LogEvent> events) throws IOException {
    json.writeArrayFieldStart("examples");
    for (LogEvent event : events) {
      json.writeString(TraceText.of(event));
    }
    json.writeEndArray();
  }
}
