package org.example.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one stream, page by page. */
final class PageReader implements PartitionReader {
  private static final int RECORD_BYTES = 1 << 20;
  private static final long PAUSE_MILLIS = 100;

  private final PageSource source;
  private final String stream;
  private final long end;
  private final RecordBuffer buffer = new RecordBuffer(RECORD_BYTES);
  private long place;
  private boolean closed;

  PageReader(PageSource source, String stream, long place, long end) {
    this.source = source;
    this.stream = stream;
    this.place = place;
    this.end = end;
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the reader of " + stream + " is closed");
    }
    long until = System.nanoTime() + timeout.toNanos();
    while (place < end) {
      JsonNode page = source.page(stream, place, source.limit());
      long left = (until - System.nanoTime()) / 1_000_000;
      if (!page.path("records").isEmpty() || left <= 0) {
        return batch(page);
      }
      Thread.sleep(Math.min(left, PAUSE_MILLIS));
    }
    return null;
  }

  private RecordBatch batch(JsonNode page) {
    buffer.clear();
    for (JsonNode record : page.path("records")) {
      long id = record.path("id").asLong();
      if (id <= end) {
        buffer.add(record.path("text").asText(), id, time(record.path("time").asText()));
        place = id;
      }
    }
    return buffer.batch();
  }

  private static long time(String text) {
    try {
      Instant time = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return LogEvent.NO_TIMESTAMP;
    }
  }

  @Override
  public Checkpoint position() {
    return new Checkpoint(Long.toString(place));
  }

  @Override
  public Map<String, String> labels() {
    return Map.of("service", stream);
  }

  @Override
  public void close() {
    closed = true;
  }
}
