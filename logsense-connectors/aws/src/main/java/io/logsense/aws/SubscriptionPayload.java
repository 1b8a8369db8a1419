package io.logsense.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.RecordBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * What a subscription of CloudWatch Logs writes into a stream: JSON in gzip, with the fields {@code
 * messageType}, {@code logGroup}, {@code logStream}, {@code owner} and {@code logEvents}, each of
 * which has {@code id}, {@code timestamp} and {@code message}.
 */
final class SubscriptionPayload {
  /** Unpacked bytes looked at; what has more is no such payload. */
  static final int MOST_BYTES = 64 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  private record Event(String id, long millis, String message) {}

  private SubscriptionPayload() {}

  /** Adds the events in {@code data}; false, and nothing added, when it is something else. */
  static boolean unpack(byte[] data, RecordBuffer into) {
    if (data.length < 2 || data[0] != 0x1f || data[1] != (byte) 0x8b) {
      return false;
    }
    List<Event> events = new ArrayList<>();
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(data))) {
      byte[] json = gzip.readNBytes(MOST_BYTES);
      if (json.length == MOST_BYTES || !parse(json, events)) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    for (Event event : events) {
      long nanos =
          event.millis == LogEvent.NO_TIMESTAMP
              ? LogEvent.NO_TIMESTAMP
              : TimeUnit.MILLISECONDS.toNanos(event.millis);
      into.add(event.message, RecordBuffer.offsetOf(event.id), nanos);
    }
    return true;
  }

  private static boolean parse(byte[] json, List<Event> events) throws IOException {
    String type = "";
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("messageType")) {
          type = parser.getText();
        } else if (name.equals("logEvents") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            events.add(event(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    if (type.equals("CONTROL_MESSAGE")) {
      events.clear(); // Asks whether the stream can be written to.
      return true;
    }
    return type.equals("DATA_MESSAGE");
  }

  private static Event event(JsonParser parser) throws IOException {
    String id = "";
    String message = "";
    long millis = LogEvent.NO_TIMESTAMP;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getText();
        case "message" -> message = parser.getText();
        case "timestamp" -> millis = parser.getValueAsLong(LogEvent.NO_TIMESTAMP);
        default -> parser.skipChildren();
      }
    }
    return new Event(id, millis, message);
  }
}
