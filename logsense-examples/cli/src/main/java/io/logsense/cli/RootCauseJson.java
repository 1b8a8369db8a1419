package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.InvolvedParameter;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.event.LogEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a report as fields of a JSON object. */
final class RootCauseJson {
  private RootCauseJson() {}

  static void cause(JsonGenerator out, @Nullable RootCause cause) throws IOException {
    if (cause == null) {
      out.writeNullField("rootCause");
      return;
    }
    out.writeObjectFieldStart("rootCause");
    out.writeStringField("file", cause.file());
    out.writeStringField("symbol", cause.symbol());
    out.writeNumberField("start", cause.startLine());
    out.writeNumberField("end", cause.endLine());
    out.writeNumberField("confidence", cause.confidence());
    out.writeStringField("reasoning", cause.reasoning());
    out.writeEndObject();
  }

  /** What speaks for the cause, as items of an array that is begun. */
  static void evidence(JsonGenerator out, List<Evidence> evidence) throws IOException {
    for (Evidence one : evidence) {
      out.writeStartObject();
      if (one.event().isEmpty()) {
        out.writeStringField("file", one.file());
        out.writeNumberField("line", one.line());
      } else {
        out.writeStringField("event", one.event());
      }
      out.writeStringField("quote", one.quote());
      out.writeEndObject();
    }
  }

  /** All but the cause and the evidence. */
  static void rest(JsonGenerator out, RootCauseReport report) throws IOException {
    out.writeStringField("mode", report.mode().name().toLowerCase(Locale.ROOT));
    out.writeStringField("incident", report.incident());
    out.writeArrayFieldStart("parameters");
    for (InvolvedParameter parameter : report.parameters()) {
      out.writeStartObject();
      out.writeStringField("name", parameter.name());
      out.writeStringField("value", parameter.value());
      out.writeStringField("why", parameter.why());
      out.writeEndObject();
    }
    out.writeEndArray();
    texts(out, "fixes", report.fixes());
    texts(out, "tests", report.tests());
    out.writeStringField("inconclusive", report.inconclusive());
    out.writeObjectFieldStart("cost");
    out.writeStringField("model", report.cost().model());
    out.writeNumberField("inputTokens", report.cost().inputTokens());
    out.writeNumberField("outputTokens", report.cost().outputTokens());
    out.writeStringField("note", report.cost().note());
    out.writeEndObject();
  }

  /** What is known around the problem. */
  static void surroundings(JsonGenerator out, RootCauses.Found found) throws IOException {
    JsonReport.service(out, found.service());
    texts(out, "facts", found.facts());
    out.writeArrayFieldStart("events");
    for (Incident.Event item : found.incident().events()) {
      LogEvent event = item.event();
      out.writeStartObject();
      out.writeStringField("id", item.id());
      JsonReport.time(out, "time", event.timestamp());
      out.writeStringField("severity", event.severity().name());
      out.writeStringField("logger", event.logger());
      out.writeStringField("message", event.message());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("similar");
    for (Incident.Past past : found.incident().similar()) {
      out.writeStartObject();
      out.writeStringField("group", past.group());
      out.writeStringField("title", past.title());
      out.writeStringField("outcome", past.outcome());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
