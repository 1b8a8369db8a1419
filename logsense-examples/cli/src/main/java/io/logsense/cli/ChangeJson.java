package io.logsense.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.finding.Change;
import io.logsense.api.group.Group;
import io.logsense.cli.DiffCommand.Comparison;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A comparison as JSON; the order of fields is fixed. */
final class ChangeJson {
  private ChangeJson() {}

  /** Writes one line with the first {@code top} of the changes. */
  static void write(Comparison comparison, List<Change> changes, int top, Writer out)
      throws IOException {
    try (JsonGenerator json = JsonReport.generator(out)) {
      json.writeStartObject();
      sample(json, "before", comparison.before(), comparison.changes().before());
      sample(json, "after", comparison.after(), comparison.changes().after());
      finite(json, "scale", comparison.changes().scale());
      json.writeArrayFieldStart("changes");
      for (Change change : changes.stream().limit(top).toList()) {
        change(json, change);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void sample(JsonGenerator json, String field, String name, long events)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("name", name);
    json.writeNumberField("events", events);
    json.writeEndObject();
  }

  private static void change(JsonGenerator json, Change change) throws IOException {
    Group group = change.group();
    json.writeStartObject();
    json.writeStringField("kind", JsonReport.name(change.kind()));
    json.writeStringField("group", group.id());
    json.writeStringField("title", group.title());
    json.writeStringField("location", group.location());
    json.writeStringField("severity", group.severity().name());
    json.writeNumberField("before", change.before());
    json.writeNumberField("after", change.after());
    finite(json, "ratio", change.ratio().estimate());
    json.writeNumberField("low", change.ratio().low());
    finite(json, "high", change.ratio().high());
    json.writeNumberField("probability", change.probability());
    json.writeBooleanField("certain", change.isCertain());
    JsonReport.checks(json, change.checks());
    json.writeStringField("example", TraceText.of(group.representative()));
    json.writeEndObject();
  }

  private static void finite(JsonGenerator json, String name, double value) throws IOException {
    JsonReport.number(json, name, Double.isNaN(value) ? Double.POSITIVE_INFINITY : value);
  }
}
