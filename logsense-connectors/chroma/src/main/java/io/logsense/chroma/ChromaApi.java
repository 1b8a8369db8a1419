package io.logsense.chroma;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Chroma's HTTP interface, version 2: JSON in, JSON out, each within its time and {@value
 * #MOST_BYTES} bytes. Thread-safe.
 */
final class ChromaApi {
  private static final int MOST_BYTES = 64 << 20;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MESSAGE = 300;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .build();

  /** Writes the body of a question. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Reads the body of an answer; the parser stands on its first token. */
  interface Answer<T> {
    T read(JsonParser json) throws IOException;
  }

  private final URI base;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final HttpClient http;

  ChromaApi(URI base, Map<String, String> headers, Duration timeout) {
    this.base = base;
    this.headers = headers;
    this.timeout = timeout;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** Asks; null where there is no such thing. */
  <T> @Nullable T get(String path, Answer<T> answer) {
    HttpRequest.Builder request = request(path).GET();
    try {
      HttpResponse<InputStream> response = send(request);
      try (InputStream in = response.body()) {
        return response.statusCode() == 404 ? null : read(path, response.statusCode(), in, answer);
      }
    } catch (IOException e) {
      throw unreachable(path, e);
    }
  }

  /** Tells something. */
  <T> T post(String path, Body body, Answer<T> answer) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        body.write(json);
        json.writeEndObject();
      }
      HttpResponse<InputStream> response =
          send(
              request(path)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray())));
      try (InputStream in = response.body()) {
        return read(path, response.statusCode(), in, answer);
      }
    } catch (IOException e) {
      throw unreachable(path, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogSenseException(Category.TRANSIENT, "interrupted while asking Chroma", e);
    }
  }

  private <T> T read(String path, int status, InputStream in, Answer<T> answer) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (status < OK || status >= BAD_REQUEST || bytes.length > MOST_BYTES) {
      throw refused(path, status, bytes);
    }
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      return answer.read(json);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new LogSenseException(
          Category.EXTERNAL, base + path + " did not answer as Chroma does", e);
    }
  }

  private LogSenseException refused(String path, int status, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return new LogSenseException(
          Category.LIMIT, base + path + " answers more than " + MOST_BYTES + " bytes");
    }
    String text = new String(bytes, 0, Math.min(bytes.length, MESSAGE), StandardCharsets.UTF_8);
    boolean passes = status == TOO_MANY || status >= SERVER_ERROR;
    return new LogSenseException(
        passes ? Category.TRANSIENT : Category.EXTERNAL,
        base + path + " answers with status " + status + ": " + text);
  }

  private LogSenseException unreachable(String path, IOException e) {
    return new LogSenseException(
        Category.TRANSIENT, base + path + " cannot be reached: " + e.getMessage(), e);
  }

  /** Goes through the fields of an object, on whose beginning the parser stands. */
  static void fields(JsonParser json, Field field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      field.read(name);
    }
  }

  /** Reads a field on whose value the parser stands, or skips it. */
  interface Field {
    void read(String name) throws IOException;
  }
}
