package io.logsense.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log of Datadog.
 *
 * @param id what Datadog calls it
 * @param line one line of JSON as an agent would send it: what Datadog reserves under names of its
 *     own, beside the attributes
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
record DatadogRecord(String id, long epochNanos, byte[] line) {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The tags that are fields of an event; a tag is {@code name:value}. */
  private static final Map<String, String> TAGS =
      Map.of("env", "dd.env", "version", "dd.version", "service", "service");

  /** Reads the object at which the parser of {@code answer} stands. */
  static DatadogRecord read(JsonParser json, byte[] answer) throws IOException {
    Reader reader = new Reader(answer);
    Json.fields(json, reader::field);
    return reader.read();
  }

  private static final class Reader {
    private final byte[] answer;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> byTag = new LinkedHashMap<>();
    private String id = "";
    private byte @Nullable [] tags;
    private byte @Nullable [] attributes;

    Reader(byte[] answer) {
      this.answer = answer;
    }

    void field(String name, JsonParser json) throws IOException {
      if (name.equals("id")) {
        id = json.getText();
      } else if (name.equals("attributes")) {
        Json.fields(json, this::attribute);
      }
    }

    private void attribute(String name, JsonParser json) throws IOException {
      switch (name) {
        case "timestamp", "message", "host", "service" -> text(name, json);
        case "status" -> text("level", json);
        case "attributes" -> {
          if (json.currentToken() == JsonToken.START_OBJECT) {
            attributes = Json.slice(answer, json);
          }
        }
        case "tags" -> {
          if (json.currentToken() == JsonToken.START_ARRAY) {
            tags = Json.slice(answer, json);
            tags(tags);
          }
        }
        default -> {}
      }
    }

    private void text(String field, JsonParser json) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        fields.put(field, json.getText());
      }
    }

    private void tags(byte[] array) throws IOException {
      try (JsonParser json = Json.parser(array)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          String tag = json.getText();
          int colon = tag.indexOf(':');
          String field = colon < 0 ? null : TAGS.get(tag.substring(0, colon));
          if (field != null) {
            byTag.put(field, tag.substring(colon + 1));
          }
        }
      }
    }

    DatadogRecord read() throws IOException {
      byTag.forEach(fields::putIfAbsent);
      return new DatadogRecord(id, time(), Json.object(this::write));
    }

    private long time() throws IOException {
      String timestamp = fields.getOrDefault("timestamp", "");
      try {
        Instant time = Instant.parse(timestamp);
        return Math.addExact(
            Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
      } catch (DateTimeException | ArithmeticException e) {
        throw new IOException("log " + id + " has the timestamp '" + timestamp + "'", e);
      }
    }

    private void write(JsonGenerator json) throws IOException {
      for (Map.Entry<String, String> field : fields.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      Set<String> written = new HashSet<>(fields.keySet());
      if (tags != null) {
        json.writeFieldName("tags");
        copy(tags, json);
        written.add("tags");
      }
      if (attributes != null) {
        Json.read(
            attributes,
            (name, value) -> {
              if (written.add(name)) {
                json.writeFieldName(name);
                json.copyCurrentStructure(value);
              }
            });
      }
    }

    private static void copy(byte[] value, JsonGenerator json) throws IOException {
      try (JsonParser parser = Json.parser(value)) {
        parser.nextToken();
        json.copyCurrentStructure(parser);
      }
    }
  }
}
