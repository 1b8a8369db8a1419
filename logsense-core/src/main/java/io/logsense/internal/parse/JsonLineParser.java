package io.logsense.internal.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line. All dialects are read alike, by the field names of {@link
 * FieldMeaning}; the dialect is a name and the fields by which it is told from the others.
 *
 * <p>Nested objects become dotted names, arrays their text. What is nested {@linkplain
 * FieldPath#isDeepest() too deep} is dropped. A line that ends in the middle of an object is an
 * event if its message came before.
 */
final class JsonLineParser implements LogParser {
  private static final int LONGEST_ARRAY = 512;
  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final List<byte[]> signature;
  private final Timestamps timestamps;
  private final RepeatedNames<FieldPath, FieldPath> paths = FieldPath.table();
  private final RepeatedTexts texts = new RepeatedTexts();

  /** A dialect whose lines contain every text of {@code signature}. */
  JsonLineParser(String name, Timestamps timestamps, String... signature) {
    this.name = name;
    this.timestamps = timestamps;
    this.signature = List.of(signature).stream().map(Ascii::bytes).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double confidence(RecordBatch batch) {
    Sample sample = Sample.of(batch);
    double objects = sample.share(this);
    double hits = sample.share(this::signed);
    boolean generic = signature.isEmpty();
    return hits * 2 <= objects ? 0 : objects * (generic ? 0.9 : 0.95 + 0.005 * signature.size());
  }

  private boolean signed(byte[] b, int from, int to) {
    for (byte[] text : signature) {
      if (Ascii.indexOf(b, from, to, text) < 0) {
        return false;
      }
    }
    return startsRecord(b, from, to - from);
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
    FieldEvent event = new FieldEvent(timestamps);
    boolean whole = read(buffer, offset, length, event);
    if (event.isEmpty() || (!whole && !event.hasMessage())) {
      return false;
    }
    event.into(out);
    return true;
  }

  private boolean read(byte[] buffer, int offset, int length, FieldEvent event) {
    try (JsonParser json = JSON.createParser(buffer, offset, length)) {
      json.nextToken();
      object(json, FieldPath.ROOT, event);
      return true;
    } catch (IOException malformed) {
      return false;
    }
  }

  private void object(JsonParser json, FieldPath parent, FieldEvent event) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_ARRAY
          && parent == FieldPath.ROOT
          && field.equals("resourceLogs")) {
        new OpenTelemetryJson(json, paths, event).resourceLogs();
      } else {
        value(json, value, paths.of(parent, field), event);
      }
    }
  }

  private void value(JsonParser json, @Nullable JsonToken token, FieldPath path, FieldEvent event)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      if (path.isDeepest()) {
        json.skipChildren();
      } else {
        object(json, path, event);
      }
    } else if (token == JsonToken.START_ARRAY) {
      array(json, path, event);
    } else if (token == null) {
      throw new IOException("end of input");
    } else if (token != JsonToken.VALUE_NULL && path.meaning() != FieldMeaning.IGNORED) {
      event.field(path, text(json, path), token.isNumeric());
    }
  }

  private String text(JsonParser json, FieldPath path) throws IOException {
    return path.repeats()
        ? texts.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength())
        : json.getText();
  }

  /** Stack frames where the array holds them, else the elements' text with commas between. */
  private static void array(JsonParser json, FieldPath path, FieldEvent event) throws IOException {
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

  private static void frame(JsonParser json, FieldPath path, FieldEvent event) throws IOException {
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
      String file = first(fields, "file", "fileName", "Unknown Source");
      String line = first(fields, "line", "lineNumber", "");
      event.frame(path.parent(), type, method, file, line);
    }
  }

  private static String first(Map<String, String> fields, String a, String b, String missing) {
    return fields.getOrDefault(a, fields.getOrDefault(b, missing));
  }
}
