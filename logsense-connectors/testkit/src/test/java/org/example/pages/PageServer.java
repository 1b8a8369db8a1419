package org.example.pages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** An endpoint that answers with pages of JSON, on a free port. */
final class PageServer implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("/streams/(.+)\\?after=(\\d+)&limit=(\\d+)");

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, List<String>> streams = new TreeMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  PageServer(String... names) throws IOException {
    for (String name : names) {
      streams.put(name, new ArrayList<>());
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  synchronized void add(String stream, List<String> texts) {
    streams.get(stream).addAll(texts);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Object answer = answer(exchange.getRequestURI());
      byte[] body = json.writeValueAsBytes(answer);
      exchange.sendResponseHeaders(answer.equals("unknown") ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Object answer(URI uri) {
    Matcher page = PAGE.matcher(uri.toString());
    if (!page.matches()) {
      return uri.getPath().equals("/streams") ? streams.keySet() : "unknown";
    }
    List<String> texts = streams.get(page.group(1));
    if (texts == null) {
      return "unknown";
    }
    int after = Integer.parseInt(page.group(2));
    int last = (int) Math.min(texts.size(), after + Long.parseLong(page.group(3)));
    return Map.of(
        "last",
        texts.size(),
        "records",
        IntStream.range(after, Math.max(after, last))
            .mapToObj(i -> Map.of("id", i + 1, "text", texts.get(i)))
            .toList());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
