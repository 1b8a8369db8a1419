package io.logsense.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.logging.v2.LoggingClient;
import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Timestamp;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.TimeQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lists log entries in the order of their times, page by page. A look ends with the time at which
 * it began, so that it does end.
 */
final class EntryQuery implements TimeQuery {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What is no use to try again. */
  private static final Set<Code> REFUSALS =
      EnumSet.of(
          Code.INVALID_ARGUMENT,
          Code.NOT_FOUND,
          Code.PERMISSION_DENIED,
          Code.UNAUTHENTICATED,
          Code.FAILED_PRECONDITION,
          Code.OUT_OF_RANGE,
          Code.UNIMPLEMENTED);

  private final LoggingClient client;
  private final String resource;
  private final Optional<String> filter;
  private final int pageSize;
  private final Duration timeout;
  private final InstantSource clock;
  private long from;
  private long to;
  private long reached;
  private String pageToken = "";

  EntryQuery(
      LoggingClient client,
      String resource,
      Optional<String> filter,
      int pageSize,
      Duration timeout,
      InstantSource clock) {
    this.client = client;
    this.resource = resource;
    this.filter = filter;
    this.pageSize = pageSize;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public void begin(long fromMillis) {
    from = fromMillis;
    reached = fromMillis;
    to = clock.millis();
    pageToken = "";
  }

  @Override
  public boolean next(Records into) throws IOException, InterruptedException {
    ListLogEntriesResponse page = page();
    List<byte[]> lines = new ArrayList<>(page.getEntriesCount());
    for (LogEntry entry : page.getEntriesList()) {
      lines.add(EntryJson.of(entry));
    }
    pageToken = page.getNextPageToken();
    for (int i = 0; i < lines.size(); i++) {
      LogEntry entry = page.getEntries(i);
      Timestamp time = entry.getTimestamp();
      long nanos = time.getSeconds() * NANOS_PER_SECOND + time.getNanos();
      reached = Math.max(reached, Math.floorDiv(nanos, NANOS_PER_MILLI));
      // Google takes entries that are alike in these three for one.
      into.add(entry.getLogName() + "/" + nanos + "/" + entry.getInsertId(), nanos, lines.get(i));
    }
    return !pageToken.isEmpty();
  }

  private ListLogEntriesResponse page() throws IOException, InterruptedException {
    try {
      return list();
    } catch (ApiException e) {
      if (e.getStatusCode().getCode() == Code.INVALID_ARGUMENT && !pageToken.isEmpty()) {
        // The token may be too old; what is at its time is known by its id.
        pageToken = "";
        from = reached;
        throw new IOException("the next page of " + resource + " is refused; beginning anew", e);
      }
      String problem = "listing the entries of " + resource + " failed: " + e.getMessage();
      if (REFUSALS.contains(e.getStatusCode().getCode())) {
        throw new LogSenseException(Category.EXTERNAL, problem, e);
      }
      throw new IOException(problem, e);
    }
  }

  private ListLogEntriesResponse list() throws IOException, InterruptedException {
    Future<ListLogEntriesResponse> call = client.listLogEntriesCallable().futureCall(request());
    try {
      return call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException failure) {
        throw failure;
      }
      throw new IOException("listing the entries of " + resource + " failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("Google did not list entries within " + timeout, e);
    } finally {
      call.cancel(true);
    }
  }

  private ListLogEntriesRequest request() {
    String times =
        "timestamp>=\"%s\" AND timestamp<=\"%s\""
            .formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    return ListLogEntriesRequest.newBuilder()
        .addResourceNames(resource)
        .setFilter(filter.map(text -> "(" + text + ") AND " + times).orElse(times))
        .setOrderBy("timestamp asc")
        .setPageSize(pageSize)
        .setPageToken(pageToken)
        .build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
