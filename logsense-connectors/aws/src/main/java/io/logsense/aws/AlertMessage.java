package io.logsense.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.logsense.api.alert.Alert;
import io.logsense.api.event.LogEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;

/**
 * An alert as SNS takes it: a subject of at most 100 printable characters of ASCII, and a message
 * of at most 256 KiB, attributes included.
 *
 * <pre>{@code
 * {"id": "al1:8e1f…", "time": "2026-01-31T12:00:00Z", "summary": "…", "more": 0,
 *  "items": [{"group": "jf1:…", "kind": "NEW", "severity": "HIGH", "time": "…", "summary": "…"}]}
 * }</pre>
 *
 * <p>{@code more} says how many items there was no room for.
 */
final class AlertMessage {
  private static final int SUBJECT = 100;
  private static final int SUMMARY = 1000;
  private static final int ITEMS_CHARACTERS = 200_000;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private AlertMessage() {}

  /** The summary, as far as a subject may hold it; what it may not hold is a question mark. */
  static String subject(Alert alert) {
    StringBuilder subject = new StringBuilder("LogSense: ");
    String summary = alert.summary();
    for (int i = 0; i < summary.length() && subject.length() < SUBJECT; i++) {
      char c = summary.charAt(i);
      subject.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return subject.toString().stripTrailing();
  }

  static String json(Alert alert) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", alert.id());
      json.writeStringField("time", alert.time().toString());
      json.writeStringField("summary", cut(alert.summary()));
      json.writeArrayFieldStart("items");
      int items = 0;
      for (Alert.Item item : alert.items()) {
        json.flush();
        if (text.getBuffer().length() > ITEMS_CHARACTERS) {
          break;
        }
        write(item, json);
        items++;
      }
      json.writeEndArray();
      json.writeNumberField("more", alert.items().size() - items);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Alert.Item item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("group", item.group());
    json.writeStringField("kind", item.kind().name());
    json.writeStringField("severity", item.severity().name());
    if (item.time() != LogEvent.NO_TIMESTAMP) {
      json.writeStringField("time", Instant.EPOCH.plusNanos(item.time()).toString());
    }
    json.writeStringField("summary", cut(item.summary()));
    json.writeEndObject();
  }

  private static String cut(String summary) {
    return summary.length() <= SUMMARY ? summary : summary.substring(0, SUMMARY) + "…";
  }
}
