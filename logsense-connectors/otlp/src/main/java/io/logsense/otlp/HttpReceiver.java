package io.logsense.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** OTLP over HTTP: {@code POST /v1/logs}, protocol buffers or JSON, gzip or not. */
final class HttpReceiver implements Closeable {
  private static final String PATH = "/v1/logs";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final String RETRY_SECONDS = "1";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Intake intake;
  private final int requestBytes;

  private HttpReceiver(
      HttpServer server, ExecutorService threads, Intake intake, int requestBytes) {
    this.server = server;
    this.threads = threads;
    this.intake = intake;
    this.requestBytes = requestBytes;
  }

  /** A request that is answered with {@code status}. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  static HttpReceiver start(
      InetSocketAddress address,
      @Nullable SSLContext tls,
      int threads,
      Intake intake,
      int requestBytes)
      throws IOException {
    HttpServer server;
    try {
      server = tls == null ? HttpServer.create(address, 0) : secure(address, tls);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "logsense-otlp-" + server.getAddress().getPort());
              thread.setDaemon(true);
              return thread;
            });
    HttpReceiver receiver = new HttpReceiver(server, executor, intake, requestBytes);
    server.setExecutor(executor);
    server.createContext("/", receiver::handle);
    server.start();
    return receiver;
  }

  private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (Refused e) {
        send(
            exchange,
            e.status,
            "text/plain",
            String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      throw new Refused(404, "logs go to " + PATH);
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      throw new Refused(405, "logs are posted");
    }
    String type = contentType(exchange);
    byte[] body = body(exchange);
    ExportLogsServiceResponse taken = intake.take(records(type, body));
    if (taken == null) {
      exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
      throw new Refused(429, "no room; try again later");
    }
    send(exchange, 200, type, type.equals(JSON) ? json(taken) : taken.toByteArray());
  }

  private static String contentType(HttpExchange exchange) throws Refused {
    String header = exchange.getRequestHeaders().getFirst("Content-Type");
    String type = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    type = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    if (!type.equals(PROTOBUF) && !type.equals(JSON)) {
      throw new Refused(
          415, "the content is '" + type + "'; it must be " + PROTOBUF + " or " + JSON);
    }
    return type;
  }

  private byte[] body(HttpExchange exchange) throws IOException {
    String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    boolean gzip = "gzip".equalsIgnoreCase(coding);
    if (!gzip && coding != null && !coding.equalsIgnoreCase("identity")) {
      throw new Refused(415, "the encoding is '" + coding + "'; it must be gzip");
    }
    byte[] body;
    try (InputStream raw = exchange.getRequestBody();
        InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
      body = in.readNBytes(requestBytes + 1);
    } catch (ZipException | EOFException e) {
      throw new Refused(400, "no gzip: " + e.getMessage());
    }
    if (body.length > requestBytes) {
      throw new Refused(413, "a request has more than " + requestBytes + " bytes");
    }
    return body;
  }

  private static List<byte[]> records(String type, byte[] body) throws IOException {
    try {
      return type.equals(JSON)
          ? OtlpJson.records(body)
          : OtlpJson.records(ExportLogsServiceRequest.parseFrom(body));
    } catch (IOException e) {
      throw new Refused(400, "the request cannot be read: " + e.getMessage());
    }
  }

  private static byte[] json(ExportLogsServiceResponse taken) {
    return (taken.hasPartialSuccess()
            ? "{\"partialSuccess\":{\"rejectedLogRecords\":\"%d\",\"errorMessage\":\"%s\"}}"
                .formatted(
                    taken.getPartialSuccess().getRejectedLogRecords(),
                    taken.getPartialSuccess().getErrorMessage())
            : "{}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
