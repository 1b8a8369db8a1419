package io.logsense.internal.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.Severity;
import io.logsense.internal.text.Ascii;
import java.io.IOException;

/**
 * The OTLP JSON encoding: {@code resourceLogs → scopeLogs → logRecords}. The first log record of a
 * line is its event; how many more there were is the attribute {@code otlp.further_records}.
 */
final class OpenTelemetryJson {
  private static final int DEEPEST = 16;

  private final JsonParser json;
  private final RepeatedNames<FieldPath, FieldPath> paths;
  private final FieldEvent event;
  private int records;

  OpenTelemetryJson(JsonParser json, RepeatedNames<FieldPath, FieldPath> paths, FieldEvent event) {
    this.json = json;
    this.paths = paths;
    this.event = event;
  }

  /** Reads the array that the parser has just entered. */
  void resourceLogs() throws IOException {
    elements(() -> fields(this::resourceField));
    if (records > 1) {
      field("otlp.further_records", Integer.toString(records - 1), true);
    }
  }

  private void field(String name, String value, boolean number) {
    event.field(paths.of(FieldPath.ROOT, name), value, number);
  }

  private interface Reader {
    void read() throws IOException;
  }

  private interface FieldReader {
    void read(String name, JsonToken value) throws IOException;
  }

  private void resourceField(String name, JsonToken value) throws IOException {
    if (name.equals("scopeLogs") && value == JsonToken.START_ARRAY) {
      elements(() -> fields(this::scopeField));
    } else if (name.equals("resource") && value == JsonToken.START_OBJECT) {
      fields(this::attributesField);
    } else {
      json.skipChildren();
    }
  }

  private void scopeField(String name, JsonToken value) throws IOException {
    if (name.equals("logRecords") && value == JsonToken.START_ARRAY) {
      elements(
          () -> {
            if (records++ == 0) {
              fields(this::recordField);
            } else {
              json.skipChildren();
            }
          });
    } else if (name.equals("scope") && value == JsonToken.START_OBJECT) {
      fields(
          (field, token) -> {
            if (field.equals("name") && token.isScalarValue()) {
              field("scope.name", json.getText(), false);
            } else {
              json.skipChildren();
            }
          });
    } else {
      json.skipChildren();
    }
  }

  private void recordField(String name, JsonToken value) throws IOException {
    switch (name) {
      case "timeUnixNano" -> field("timestamp", json.getText(), true);
      case "severityNumber" -> {
        Severity severity = SeverityWords.ofOpenTelemetry(Ascii.number(json.getText()));
        field("severityText", severity.name(), false);
      }
      case "traceId" -> field("traceId", json.getText(), false);
      case "spanId" -> field("span.id", json.getText(), false);
      case "body" -> field("body", anyValue(value, 0), false);
      default -> attributesField(name, value);
    }
  }

  private void attributesField(String name, JsonToken value) throws IOException {
    if (name.equals("attributes") && value == JsonToken.START_ARRAY) {
      elements(this::keyValue);
    } else {
      json.skipChildren();
    }
  }

  private void keyValue() throws IOException {
    String[] pair = {"", ""};
    fields(
        (field, token) -> {
          if (field.equals("key") && token.isScalarValue()) {
            pair[0] = json.getText();
          } else if (field.equals("value")) {
            pair[1] = anyValue(token, 0);
          } else {
            json.skipChildren();
          }
        });
    if (!pair[0].isEmpty()) {
      field(pair[0], pair[1], false);
    }
  }

  /** The text of an {@code AnyValue}: its one scalar, or all scalars inside with blanks between. */
  private String anyValue(JsonToken token, int depth) throws IOException {
    if (token.isScalarValue()) {
      return json.getText();
    }
    if (depth >= DEEPEST) {
      json.skipChildren();
      return "";
    }
    StringBuilder text = new StringBuilder();
    JsonToken next = json.nextToken();
    while (next != null && next != JsonToken.END_OBJECT && next != JsonToken.END_ARRAY) {
      if (next != JsonToken.FIELD_NAME) {
        String part = anyValue(next, depth + 1);
        text.append(text.isEmpty() || part.isEmpty() ? "" : " ").append(part);
      }
      next = json.nextToken();
    }
    if (next == null) {
      throw new IOException("end of input");
    }
    return text.toString();
  }

  private void elements(Reader reader) throws IOException {
    JsonToken token = json.nextToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token == JsonToken.START_OBJECT) {
        reader.read();
      } else {
        json.skipChildren();
      }
      token = json.nextToken();
    }
  }

  private void fields(FieldReader reader) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == null) {
        throw new IOException("end of input");
      }
      reader.read(name, value);
    }
  }
}
