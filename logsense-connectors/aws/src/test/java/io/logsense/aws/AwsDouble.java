package io.logsense.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * A service of AWS with the JSON protocol, of which a test says what it answers: for what emulators
 * cannot do, such as throttling or events that are found late.
 */
final class AwsDouble implements Closeable {
  static {
    // Else each answer waits for the acknowledgement of its first half.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final BiFunction<String, Map<String, String>, String> service;
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private record Failure(int status, String code) {}

  /** Thrown by a service to refuse a call. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Refused(String code) {
      super(code);
      this.code = code;
    }
  }

  private AwsDouble(HttpServer server, BiFunction<String, Map<String, String>, String> service) {
    this.server = server;
    this.service = service;
  }

  /**
   * Starts a service.
   *
   * @param service answers an operation, given the numbers and texts of its request, with JSON
   */
  static AwsDouble start(BiFunction<String, Map<String, String>, String> service)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AwsDouble started = new AwsDouble(http, service);
    http.createContext("/", started::answer);
    http.start();
    return started;
  }

  /** The next calls fail with that status and code. */
  void fail(int times, int status, String code) {
    for (int i = 0; i < times; i++) {
      failures.add(new Failure(status, code));
    }
  }

  /** The operations that were called. */
  List<String> calls() {
    return calls;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = target.substring(target.indexOf('.') + 1);
      calls.add(operation);
      Map<String, String> request = scalars(exchange.getRequestBody().readAllBytes());
      Failure failure = failures.poll();
      if (failure != null) {
        send(exchange, failure.status, error(failure.code));
        return;
      }
      try {
        send(exchange, 200, service.apply(operation, request));
      } catch (Refused e) {
        send(exchange, 400, error(e.code));
      }
    }
  }

  private static String error(String code) {
    return "{\"__type\":\"" + code + "\",\"message\":\"as the test wants it\"}";
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Map<String, String> scalars(byte[] json) throws IOException {
    Map<String, String> values = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          values.put(String.valueOf(parser.currentName()), parser.getText());
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
