package io.logsense.internal.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object per line. All dialects are read alike, by the field names of {@link JsonFields};
 * the dialect is a name and the fields by which it is told from the others.
 *
 * <p>Nested objects become dotted names, arrays their text. What is nested deeper than {@value
 * #DEEPEST} is dropped. A line that ends in the middle of an object is an event if its message came
 * before.
 */
final class JsonParser implements LogParser {
  private static final int DEEPEST = 12;
  private static final int LONGEST_ARRAY = 512;
  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final List<String> signature;
  private final Timestamps timestamps;

  /** A dialect whose lines contain every text of {@code signature}. */
  JsonParser(String name, Timestamps timestamps, String... signature) {
    this.name = name;
    this.timestamps = timestamps;
    this.signature = List.of(signature);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double confidence(RecordBatch batch) {
    Sample sample = Sample.of(batch);
    int objects = 0;
    int hits = 0;
    for (int i = 0; i < sample.size; i++) {
      if (startsRecord(sample.bytes, sample.starts[i], sample.ends[i] - sample.starts[i])) {
        objects++;
        hits += signed(Ascii.text(sample.bytes, sample.starts[i], sample.ends[i])) ? 1 : 0;
      }
    }
    double share = sample.size == 0 ? 0 : (double) objects / sample.size;
    boolean generic = signature.isEmpty();
    return hits * 2 <= objects ? 0 : share * (generic ? 0.9 : 0.95 + 0.005 * signature.size());
  }

  private boolean signed(String line) {
    for (String text : signature) {
      if (!line.contains(text)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean startsRecord(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int p = Ascii.skipBlanks(buffer, offset, end);
    if (p >= end || buffer[p] != '{') {
      return false;
    }
    p = Ascii.skipBlanks(buffer, p + 1, end);
    return p < end && (buffer[p] == '"' || buffer[p] == '}');
  }

  @Override
  public boolean parse(byte[] buffer, int offset, int length, LogEvent.Builder out) {
    if (!startsRecord(buffer, offset, length)) {
      return false;
    }
    JsonEvent event = new JsonEvent(timestamps);
    boolean whole = read(buffer, offset, length, event);
    if (event.isEmpty() || (!whole && !event.hasMessage())) {
      return false;
    }
    event.into(out);
    return true;
  }

  private boolean read(byte[] buffer, int offset, int length, JsonEvent event) {
    try (com.fasterxml.jackson.core.JsonParser json = JSON.createParser(buffer, offset, length)) {
      json.nextToken();
      StringBuilder path = new StringBuilder();
      object(json, path, event, 0);
      return true;
    } catch (IOException malformed) {
      return false;
    }
  }

  private void object(
      com.fasterxml.jackson.core.JsonParser json, StringBuilder path, JsonEvent event, int depth)
      throws IOException {
    int length = path.length();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      path.append(length == 0 ? "" : ".").append(field);
      JsonToken value = json.nextToken();
      if (depth == 0 && field.equals("resourceLogs") && value == JsonToken.START_ARRAY) {
        new OpenTelemetryJson(json, event).resourceLogs();
      } else {
        value(json, value, path, event, depth);
      }
      path.setLength(length);
    }
  }

  private void value(
      com.fasterxml.jackson.core.JsonParser json,
      JsonToken token,
      StringBuilder path,
      JsonEvent event,
      int depth)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      if (depth >= DEEPEST) {
        json.skipChildren();
      } else {
        object(json, path, event, depth + 1);
      }
    } else if (token == JsonToken.START_ARRAY) {
      array(json, path.toString(), event);
    } else if (token == null) {
      throw new IOException("end of input");
    } else if (token != JsonToken.VALUE_NULL) {
      event.field(path.toString(), json.getText(), token.isNumeric());
    }
  }

  /** Stack frames where the array holds them, else the elements' text with commas between. */
  private static void array(
      com.fasterxml.jackson.core.JsonParser json, String path, JsonEvent event) throws IOException {
    StringBuilder text = new StringBuilder();
    JsonToken token = json.nextToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token == JsonToken.START_OBJECT) {
        frame(json, path, event);
      } else if (token == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else if (text.length() < LONGEST_ARRAY) {
        text.append(text.isEmpty() ? "" : ",").append(json.getText());
      }
      token = json.nextToken();
    }
    if (token == null) {
      throw new IOException("end of input");
    }
    if (!text.isEmpty()) {
      event.field(path, text.toString(), false);
    }
  }

  private static void frame(
      com.fasterxml.jackson.core.JsonParser json, String path, JsonEvent event) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value != null && value.isScalarValue() && fields.size() < 16) {
        fields.put(field, json.getText());
      } else {
        json.skipChildren();
      }
    }
    String type = first(fields, "class", "className", "");
    String method = first(fields, "method", "methodName", "");
    if (!type.isEmpty() && !method.isEmpty()) {
      int parent = path.lastIndexOf('.');
      String file = first(fields, "file", "fileName", "Unknown Source");
      String line = first(fields, "line", "lineNumber", "");
      event.frame(parent < 0 ? "" : path.substring(0, parent), type, method, file, line);
    }
  }

  private static String first(Map<String, String> fields, String a, String b, String missing) {
    return fields.getOrDefault(a, fields.getOrDefault(b, missing));
  }
}
