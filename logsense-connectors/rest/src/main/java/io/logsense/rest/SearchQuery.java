package io.logsense.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.TimeQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a search engine for documents in the order of their times: every look has a point in time, a
 * view of the index that does not change, and each page goes on behind the sort values of the one
 * before. A point in time that the server has given up is replaced.
 */
final class SearchQuery implements TimeQuery {
  private static final int NOT_FOUND = 404;
  private static final int LEAST_PAGE = 2;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RestClient client;
  private final SearchDialect dialect;
  private final String indexPath;
  private final String timeField;
  private final Optional<String> query;
  private final PageSize size;
  private final String keepAlive;

  private long from;
  private @Nullable String pit;
  private @Nullable String after;
  private boolean nothingThere;

  SearchQuery(
      RestClient client,
      SearchDialect dialect,
      String indexPath,
      String timeField,
      Optional<String> query,
      int pageSize,
      String keepAlive) {
    this.client = client;
    this.dialect = dialect;
    this.indexPath = indexPath;
    this.timeField = timeField;
    this.query = query;
    this.keepAlive = keepAlive;
    this.size = new PageSize(LEAST_PAGE, pageSize);
  }

  @Override
  public void begin(long fromMillis) throws IOException, InterruptedException {
    close(pit);
    from = fromMillis;
    open();
  }

  private void open() throws IOException, InterruptedException {
    after = null;
    String path = indexPath + dialect.pitPath() + "?keep_alive=" + keepAlive;
    Answer answer = client.call("POST", path, new byte[0]);
    // What OpenSearch 2 says when no index matches a pattern.
    nothingThere = answer.status() == 400 && answer.reason().equals("invalid id: [null]");
    if (nothingThere) {
      return;
    }
    Json.read(
        answer.orRefuse(indexPath).body(),
        (name, json) -> {
          if (name.equals(dialect.pitField())) {
            pit = json.getText();
          }
        });
  }

  @Override
  public boolean next(Records into) throws IOException, InterruptedException {
    if (nothingThere) {
      return false;
    }
    boolean renewed = pit == null;
    if (renewed) {
      open();
    }
    Answer answer = search();
    if (answer.status() == NOT_FOUND) {
      pit = null;
      if (renewed) {
        throw new IOException("the server has given up a point in time that it had just opened");
      }
      return next(into);
    }
    SearchPage page = SearchPage.of(answer.orRefuse("the search in " + indexPath).body());
    List<SearchPage.Hit> hits = page.hits();
    boolean last = hits.size() < size.now();
    if (!last) {
      goOnBehind(hits);
    }
    size.grow();
    pit = page.pit() == null ? pit : page.pit();
    for (SearchPage.Hit hit : hits) {
      into.add(hit.id(), hit.epochNanos(), hit.source());
    }
    return !last;
  }

  /** A page, of fewer documents when they are large. */
  private Answer search() throws IOException, InterruptedException {
    while (true) {
      try {
        return client.call(
            "POST", "/_search?allow_partial_search_results=false", Json.object(this::request));
      } catch (TooLargeException e) {
        size.shrink(e);
      }
    }
  }

  /** Other documents may share the last place of the page: the next begins with all of them. */
  private void goOnBehind(List<SearchPage.Hit> hits) {
    String last = hits.get(hits.size() - 1).place();
    for (int i = hits.size() - 2; i >= 0; i--) {
      if (!hits.get(i).place().equals(last)) {
        after = hits.get(i).place();
        from = Math.floorDiv(hits.get(i).epochNanos(), NANOS_PER_MILLI);
        return;
      }
    }
    throw new LogSenseException(
        Category.LIMIT, "a page of documents at one place, " + last + ": raise pageSize");
  }

  private void request(JsonGenerator json) throws IOException {
    json.writeNumberField("size", size.now());
    json.writeBooleanField("track_total_hits", false);
    json.writeObjectFieldStart("pit");
    json.writeStringField("id", pit);
    json.writeStringField("keep_alive", keepAlive);
    json.writeEndObject();
    json.writeArrayFieldStart("sort");
    json.writeStartObject();
    json.writeStringField(timeField, "asc");
    json.writeEndObject();
    dialect.tiebreaker(json);
    json.writeEndArray();
    if (after != null) {
      json.writeFieldName("search_after");
      json.writeRawValue(after);
    }
    json.writeObjectFieldStart("query");
    json.writeObjectFieldStart("bool");
    json.writeArrayFieldStart("filter");
    range(json);
    if (query.isPresent()) {
      json.writeStartObject();
      json.writeObjectFieldStart("query_string");
      json.writeStringField("query", query.get());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void range(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("range");
    json.writeObjectFieldStart(timeField);
    json.writeNumberField("gte", from);
    json.writeStringField("format", "epoch_millis");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    try {
      close(pit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server gives it up by itself.
    }
  }

  private void close(@Nullable String opened) throws InterruptedException {
    pit = null;
    if (opened != null) {
      try {
        client.call("DELETE", dialect.pitPath(), dialect.closing(opened));
      } catch (IOException | LogSenseException e) {
        // The server gives it up by itself.
      }
    }
  }
}
