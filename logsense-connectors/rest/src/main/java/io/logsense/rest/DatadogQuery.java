package io.logsense.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.logsense.api.source.TimeQuery;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Datadog for logs in the order of their times, by the Logs API v2: {@code POST
 * /api/v2/logs/events/search}, each page behind the cursor of the one before. A look ends with the
 * time at which it began, so that it does end.
 */
final class DatadogQuery implements TimeQuery {
  static final int MOST_PAGE = 1000;
  private static final String PATH = "/api/v2/logs/events/search";
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int BAD_REQUEST = 400;

  private final RestClient client;
  private final String query;
  private final List<String> indexes;
  private final InstantSource clock;
  private final PageSize size;
  private long from;
  private long reached;
  private long to;
  private @Nullable String cursor;

  DatadogQuery(
      RestClient client, String query, List<String> indexes, int pageSize, InstantSource clock) {
    this.client = client;
    this.query = query;
    this.indexes = indexes;
    this.size = new PageSize(1, pageSize);
    this.clock = clock;
  }

  @Override
  public void begin(long fromMillis) {
    from = fromMillis;
    reached = fromMillis;
    to = clock.millis();
    cursor = null;
  }

  @Override
  public boolean next(Records into) throws IOException, InterruptedException {
    Answer answer = search();
    if (answer.status() == BAD_REQUEST && cursor != null) {
      // A cursor that is no longer known; what is at its time is known by its id.
      cursor = null;
      from = reached;
      answer = search();
    }
    Page page = new Page(answer.orRefuse("the search in Datadog").body());
    size.grow();
    cursor = page.after;
    for (DatadogRecord found : page.records) {
      reached = Math.max(reached, Math.floorDiv(found.epochNanos(), NANOS_PER_MILLI));
      into.add(found.id(), found.epochNanos(), found.line());
    }
    return cursor != null;
  }

  private Answer search() throws IOException, InterruptedException {
    while (true) {
      try {
        return client.call("POST", PATH, Json.object(this::request));
      } catch (TooLargeException e) {
        size.shrink(e);
      }
    }
  }

  private void request(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("filter");
    json.writeStringField("query", query);
    json.writeStringField("from", Long.toString(from));
    json.writeStringField("to", Long.toString(to));
    if (!indexes.isEmpty()) {
      json.writeArrayFieldStart("indexes");
      for (String index : indexes) {
        json.writeString(index);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeStringField("sort", "timestamp");
    json.writeObjectFieldStart("page");
    json.writeNumberField("limit", size.now());
    if (cursor != null) {
      json.writeStringField("cursor", cursor);
    }
    json.writeEndObject();
  }

  @Override
  public void close() {
    // Cursors end by themselves.
  }

  private static final class Page {
    private final byte[] answer;
    private final List<DatadogRecord> records = new ArrayList<>();
    private @Nullable String after;

    Page(byte[] answer) throws IOException {
      this.answer = answer;
      Json.read(answer, this::field);
    }

    private void field(String name, JsonParser json) throws IOException {
      if (name.equals("meta")) {
        Json.fields(json, Page.this::meta);
      } else if (name.equals("data") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          records.add(DatadogRecord.read(json, answer));
        }
      }
    }

    private void meta(String name, JsonParser json) throws IOException {
      if (name.equals("page")) {
        Json.fields(
            json,
            (inner, value) -> {
              if (inner.equals("after") && value.currentToken() == JsonToken.VALUE_STRING) {
                after = value.getText();
              }
            });
      } else if (name.equals("status") && json.getText().equals("timeout")) {
        throw new IOException("Datadog did not search to the end within its own time");
      }
    }
  }
}
