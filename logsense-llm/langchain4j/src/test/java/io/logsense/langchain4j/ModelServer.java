package io.logsense.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logsense.langchain4j.Protocol.Said;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one model that speaks a provider's protocol, and says what it is told to. */
final class ModelServer implements Faults, Closeable {
  static final String MODEL = "toy-1";
  static final String KEY = "sk-secret-0123456789";
  static final int WINDOW = 5_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Protocol protocol;
  private final HttpServer server;
  private final FaultyProxy proxy;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String text = "one two three four five six seven eight nine ten";

  ModelServer(Protocol protocol) throws IOException {
    this.protocol = protocol;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    proxy = FaultyProxy.to(server.getAddress());
  }

  String url() {
    return "http://" + proxy.authority();
  }

  /** What it says from now on. */
  void say(String words) {
    text = words;
  }

  List<JsonNode> requests() {
    return requests;
  }

  @Override
  public Set<Fault> supported() {
    return EnumSet.of(Fault.THROTTLED, Fault.FAILED, Fault.REFUSED, Fault.SILENT, Fault.RESET);
  }

  @Override
  public void inject(Fault fault) throws IOException {
    switch (fault) {
      case THROTTLED -> status = 429;
      case FAILED -> status = 500;
      default -> proxy.inject(fault);
    }
  }

  @Override
  public void heal() throws IOException {
    status = 200;
    proxy.heal();
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode request = JSON.readTree(body);
      requests.add(request);
      String key = protocol.keyOf(exchange.getRequestHeaders());
      if (status != 200) {
        send(exchange, status, protocol.error("overloaded", "an injected fault"));
      } else if (!key.equals(KEY)) {
        send(exchange, 401, protocol.error("bad_key", "Incorrect API key provided: " + key));
      } else if (!protocol.modelOf(exchange.getRequestURI().getPath(), request).equals(MODEL)) {
        send(exchange, 404, protocol.error("not_found", "the model does not exist"));
      } else if (body.length > WINDOW) {
        String words = "This model's maximum context length is " + WINDOW + " tokens.";
        send(exchange, 400, protocol.error("context_length_exceeded", words));
      } else if (request.path("stream").asBoolean()) {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        send(exchange, 200, protocol.stream(said(request)));
      } else {
        send(exchange, 200, protocol.answer(said(request)));
      }
    }
  }

  private Said said(JsonNode request) {
    String[] words = text.split(" ", -1);
    int most = Math.min(words.length, protocol.most(request));
    return new Said(
        String.join(" ", Arrays.asList(words).subList(0, most)), 7, most, most < words.length);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
