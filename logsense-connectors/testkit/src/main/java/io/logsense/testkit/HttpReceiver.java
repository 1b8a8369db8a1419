package io.logsense.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on the loopback interface that keeps what it is sent, for tests of what sends. It
 * can refuse, fail and fall silent. Users call it; thread-safe.
 */
public final class HttpReceiver implements Faults, Closeable {
  private final HttpServer server;
  private final FaultyProxy proxy;
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpReceiver::daemon);
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = "{\"ok\":true}";

  private HttpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    proxy = FaultyProxy.to(server.getAddress());
  }

  /** A server on a free port. */
  public static HttpReceiver start() throws IOException {
    return new HttpReceiver();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "http-receiver");
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens, with an empty path. */
  public URI uri() {
    return URI.create("http://" + proxy.authority());
  }

  /** Bodies of requests that it accepted, in order: head line and headers, an empty line, body. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** What it answers from now on, where nothing fails: {@code {"ok":true}} until then. */
  public HttpReceiver answer(String body) {
    answer = body;
    return this;
  }

  @Override
  public Set<Fault> supported() {
    Set<Fault> all = EnumSet.of(Fault.THROTTLED, Fault.FAILED, Fault.REJECTED);
    all.addAll(proxy.supported());
    return all;
  }

  @Override
  public void inject(Fault fault) throws IOException {
    switch (fault) {
      case THROTTLED -> status = 429;
      case FAILED -> status = 500;
      case REJECTED -> status = 400;
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
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int now = status;
      if (now == 200) {
        received.add(head(exchange) + "\n" + body);
      }
      byte[] bytes = (now == 200 ? answer : "{\"error\":true}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(now, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String head(HttpExchange exchange) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> head.append('\n').append(name).append(": ").append(values));
    return head.append('\n').toString();
  }
}
