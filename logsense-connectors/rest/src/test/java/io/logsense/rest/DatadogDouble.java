package io.logsense.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The search of Datadog's Logs API v2 as its reference describes it: filter by time, order, pages
 * by cursor, keys, rate limits and errors. Queries are not looked at.
 */
final class DatadogDouble implements Faults, AutoCloseable {
  static final String API_KEY = "ap1-k3y-0123456789";
  static final String APPLICATION_KEY = "4pp-k3y-0123456789";

  /** A log; {@code attributes} is JSON. */
  record Log(long time, String id, String message, String tags, String attributes) {}

  final List<String> requests = new CopyOnWriteArrayList<>();
  volatile boolean forgetCursors;
  private final List<Log> logs = new CopyOnWriteArrayList<>();
  private final HttpDouble http = new HttpDouble(this::answer);
  private final FaultyProxy proxy;
  private volatile Fault fault;

  DatadogDouble() throws IOException {
    proxy = FaultyProxy.to(new InetSocketAddress(http.uri().getHost(), http.uri().getPort()));
  }

  void add(Log log) {
    logs.add(log);
  }

  URI uri() {
    return URI.create("http://" + proxy.authority());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(new String(body, UTF_8));
    if (!API_KEY.equals(exchange.getRequestHeaders().getFirst("DD-API-KEY"))
        || !APPLICATION_KEY.equals(exchange.getRequestHeaders().getFirst("DD-APPLICATION-KEY"))) {
      HttpDouble.answer(exchange, 403, "{\"errors\":[\"Forbidden\"]}".getBytes(UTF_8));
    } else if (fault == Fault.THROTTLED) {
      exchange.getResponseHeaders().add("X-RateLimit-Limit", "300");
      exchange.getResponseHeaders().add("X-RateLimit-Period", "3600");
      exchange.getResponseHeaders().add("X-RateLimit-Remaining", "0");
      exchange.getResponseHeaders().add("X-RateLimit-Reset", "1");
      HttpDouble.answer(exchange, 429, "{\"errors\":[\"Too many requests\"]}".getBytes(UTF_8));
    } else if (fault == Fault.FAILED) {
      HttpDouble.answer(exchange, 500, "{\"errors\":[\"Internal\"]}".getBytes(UTF_8));
    } else {
      search(exchange, fields(body));
    }
  }

  /** The leaves of the request, by their names. */
  private static Map<String, String> fields(byte[] body) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = Json.parser(body)) {
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue() && json.currentName() != null) {
          fields.put(json.currentName(), json.getText());
        }
      }
    }
    return fields;
  }

  private void search(HttpExchange exchange, Map<String, String> request) throws IOException {
    String cursor = request.getOrDefault("cursor", "");
    if (!cursor.isEmpty() && forgetCursors) {
      forgetCursors = false;
      HttpDouble.answer(exchange, 400, "{\"errors\":[\"Invalid page cursor\"]}".getBytes(UTF_8));
      return;
    }
    long from = Long.parseLong(request.get("from"));
    long to = Long.parseLong(request.get("to"));
    int limit = Integer.parseInt(request.get("limit"));
    List<Log> found = new ArrayList<>(logs);
    found.removeIf(log -> log.time < from || log.time > to);
    found.sort(Comparator.comparingLong(Log::time));
    String filter = "@" + from + "-" + to;
    int start = cursor.isEmpty() ? 0 : position(found, cursor, filter);
    List<Log> page = found.subList(start, Math.min(found.size(), start + limit));
    boolean more = start + page.size() < found.size();
    HttpDouble.answer(exchange, 200, Json.object(json -> write(json, page, more ? filter : "")));
  }

  /** A cursor names the last log of a page and the filter that it is for. */
  private static int position(List<Log> found, String cursor, String filter) {
    for (int i = 0; i < found.size(); i++) {
      if (cursor.equals(found.get(i).id + filter)) {
        return i + 1;
      }
    }
    throw new IllegalStateException("the filter has changed");
  }

  private static void write(JsonGenerator json, List<Log> page, String filter) throws IOException {
    json.writeArrayFieldStart("data");
    for (Log log : page) {
      json.writeStartObject();
      json.writeObjectFieldStart("attributes");
      json.writeFieldName("attributes");
      json.writeRawValue(log.attributes);
      json.writeStringField("host", "i-0123");
      json.writeStringField("message", log.message);
      json.writeStringField("service", "shop");
      json.writeStringField("status", "error");
      json.writeFieldName("tags");
      json.writeRawValue(log.tags);
      json.writeStringField("timestamp", Instant.ofEpochMilli(log.time).toString());
      json.writeEndObject();
      json.writeStringField("id", log.id);
      json.writeStringField("type", "log");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("meta");
    json.writeNumberField("elapsed", 132);
    if (!filter.isEmpty()) {
      json.writeObjectFieldStart("page");
      json.writeStringField("after", page.get(page.size() - 1).id + filter);
      json.writeEndObject();
    }
    json.writeStringField("status", "done");
    json.writeEndObject();
  }

  @Override
  public Set<Fault> supported() {
    Set<Fault> faults = EnumSet.copyOf(proxy.supported());
    faults.addAll(Set.of(Fault.THROTTLED, Fault.FAILED));
    return faults;
  }

  @Override
  public void inject(Fault next) throws IOException {
    if (proxy.supported().contains(next)) {
      proxy.inject(next);
    } else {
      fault = next;
    }
  }

  @Override
  public void heal() throws IOException {
    fault = null;
    proxy.heal();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    http.close();
  }
}
