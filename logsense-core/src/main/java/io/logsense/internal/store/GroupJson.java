package io.logsense.internal.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.util.Map;

/** Writes a group as one JSON object, version 1 of the format; empty fields are left out. */
final class GroupJson {
  private final JsonGenerator json;

  GroupJson(JsonGenerator json) {
    this.json = json;
  }

  void write(Group group) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", group.id());
    json.writeStringField("kind", group.kind().name());
    json.writeStringField("title", group.title());
    json.writeStringField("template", group.template());
    text("location", group.location());
    json.writeNumberField("count", group.count());
    time("firstSeen", group.firstSeen());
    time("lastSeen", group.lastSeen());
    counts("severities", group.severities());
    counts("services", group.services());
    counts("environments", group.environments());
    counts("versions", group.versions());
    json.writeNumberField("interval", group.timelineInterval());
    counts("timeline", group.timeline());
    if (group.fingerprint().isPresent()) {
      fingerprint(group.fingerprint().get());
    }
    counts("variants", group.variants());
    if (!group.formerIds().isEmpty()) {
      json.writeArrayFieldStart("formerIds");
      for (String id : group.formerIds()) {
        json.writeString(id);
      }
      json.writeEndArray();
    }
    json.writeArrayFieldStart("examples");
    for (LogEvent event : group.examples()) {
      write(event);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void fingerprint(StackFingerprint print) throws IOException {
    json.writeObjectFieldStart("fingerprint");
    json.writeStringField("exact", print.exact().toString());
    json.writeStringField("strict", print.strict().toString());
    json.writeStringField("site", print.site().toString());
    json.writeStringField("root", print.root().toString());
    json.writeStringField("quality", print.quality().name());
    json.writeEndObject();
  }

  private void write(LogEvent event) throws IOException {
    json.writeStartObject();
    time("timestamp", event.timestamp());
    json.writeStringField("severity", event.severity().name());
    text("service", event.service());
    text("environment", event.environment());
    text("version", event.version());
    text("commit", event.commit());
    text("logger", event.logger());
    text("thread", event.thread());
    text("message", event.message());
    text("traceId", event.traceId());
    text("requestId", event.requestId());
    if (!event.attributes().isEmpty()) {
      json.writeObjectFieldStart("attributes");
      for (Map.Entry<String, String> entry : event.attributes().entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    }
    SourcePosition position = event.position();
    text("source", position.source());
    json.writeNumberField("offset", position.offset());
    json.writeNumberField("line", position.line());
    json.writeNumberField("lines", position.lines());
    StackTrace trace = event.exception();
    if (trace != null) {
      json.writeObjectFieldStart("exception");
      json.writeStringField("language", trace.language());
      json.writeNumberField("firstLine", trace.firstLine());
      json.writeNumberField("lines", trace.lines());
      json.writeBooleanField("truncated", trace.truncated());
      json.writeFieldName("error");
      write(trace.error());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void write(ThrownError error) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", error.type());
    if (error.message() != null) {
      json.writeStringField("message", error.message());
    }
    json.writeArrayFieldStart("frames");
    for (StackFrame frame : error.frames()) {
      json.writeStartArray();
      json.writeString(frame.className());
      json.writeString(frame.method());
      json.writeString(frame.file());
      json.writeNumber(frame.line());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("framesInCommon", error.framesInCommon());
    if (error.cause() != null) {
      json.writeFieldName("cause");
      write(error.cause());
    }
    if (!error.suppressed().isEmpty()) {
      json.writeArrayFieldStart("suppressed");
      for (ThrownError other : error.suppressed()) {
        write(other);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void text(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private void time(String name, long epochNanos) throws IOException {
    if (epochNanos != LogEvent.NO_TIMESTAMP) {
      json.writeNumberField(name, epochNanos);
    }
  }

  private <K> void counts(String name, Map<K, Long> counts) throws IOException {
    if (counts.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (Map.Entry<K, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().toString(), entry.getValue());
    }
    json.writeEndObject();
  }
}
