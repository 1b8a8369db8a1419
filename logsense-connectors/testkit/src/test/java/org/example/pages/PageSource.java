package org.example.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records of an HTTP endpoint that answers with pages of JSON. */
final class PageSource implements LogSource {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI base;
  private final boolean follow;
  private final int limit;
  private final Duration timeout;

  PageSource(URI base, boolean follow, int limit, Duration timeout) {
    this.base = base;
    this.follow = follow;
    this.limit = limit;
    this.timeout = timeout;
  }

  @Override
  public String id() {
    return "pages:" + base;
  }

  @Override
  public List<String> partitions() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      get("streams").forEach(name -> names.add(name.asText()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    names.sort(null);
    return names;
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    long last;
    try {
      last = page(partition, 0, 0).path("last").asLong();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return new PageReader(this, partition, place(from, last), follow ? Long.MAX_VALUE : last);
  }

  private static long place(Checkpoint from, long last) {
    try {
      long place = from.value().isEmpty() ? 0 : Long.parseLong(from.value());
      if (place >= 0 && place <= last) {
        return place;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new LogSenseException(
        Category.USAGE, "checkpoint '" + from + "' is not a number from 0 to " + last);
  }

  /** At most {@code most} records behind the one with the id {@code after}. */
  JsonNode page(String stream, long after, int most) throws IOException, InterruptedException {
    String name = URLEncoder.encode(stream, StandardCharsets.UTF_8);
    return get("streams/" + name + "?after=" + after + "&limit=" + most);
  }

  int limit() {
    return limit;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = base.resolve(path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    int status = answer.statusCode();
    if (status == 429 || status >= 500) {
      throw new IOException(uri + " answered " + status);
    }
    if (status != 200) {
      throw new LogSenseException(Category.EXTERNAL, uri + " answered " + status);
    }
    try {
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException(uri + " answered with no JSON", e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException thrown = new InterruptedIOException("interrupted while opening");
    thrown.initCause(e);
    return thrown;
  }
}
