package io.logsense.chroma;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorFilter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What questions to Chroma are made of, each written into the object that is begun. */
final class ChromaJson {
  /** Before each key of metadata, since some mean something to Chroma. */
  static final String KEY = "m.";

  private ChromaJson() {}

  static void metadata(JsonGenerator json, VectorEntry entry, Set<String> before)
      throws IOException {
    if (entry.metadata().isEmpty() && before.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    for (String key : before) {
      if (!entry.metadata().containsKey(key)) {
        json.writeNullField(KEY + key);
      }
    }
    for (Map.Entry<String, String> field : new TreeMap<>(entry.metadata()).entrySet()) {
      json.writeStringField(KEY + field.getKey(), field.getValue());
    }
    json.writeEndObject();
  }

  static void where(JsonGenerator json, VectorFilter filter) throws IOException {
    if (filter.anyOf().isEmpty()) {
      return;
    }
    boolean several = filter.anyOf().size() > 1;
    json.writeObjectFieldStart("where");
    if (several) {
      json.writeArrayFieldStart("$and");
    }
    for (Map.Entry<String, Set<String>> condition : filter.anyOf().entrySet()) {
      if (several) {
        json.writeStartObject();
      }
      json.writeObjectFieldStart(KEY + condition.getKey());
      json.writeArrayFieldStart("$in");
      for (String value : condition.getValue()) {
        json.writeString(value);
      }
      json.writeEndArray();
      json.writeEndObject();
      if (several) {
        json.writeEndObject();
      }
    }
    if (several) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  static void ids(JsonGenerator json, List<String> ids) throws IOException {
    strings(json, "ids", ids);
  }

  static void include(JsonGenerator json, String... names) throws IOException {
    strings(json, "include", List.of(names));
  }

  static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  static void vector(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartArray();
    for (float number : vector) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
