package io.logsense.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.LogSense;
import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordQueue;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpSourceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Path ROTEL =
      Path.of(
          System.getenv().getOrDefault("LOGSENSE_SERVERS", "/opt/logsense-servers"),
          "rotel/node_modules/@streamfold/rotel-linux-x64/bin/rotel-agent");
  private static final Resource SHOP =
      Resource.create(
          Attributes.of(
              AttributeKey.stringKey("service.name"), "shop",
              AttributeKey.stringKey("service.version"), "1.4.2",
              AttributeKey.stringKey("deployment.environment.name"), "staging"));

  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpSource source = builder().build();
  private PartitionReader reader;

  private static OtlpSource.Builder builder() {
    return OtlpSource.builder()
        .http(new InetSocketAddress(LOOPBACK, 0))
        .grpc(new InetSocketAddress(LOOPBACK, 0));
  }

  private void listen(OtlpSource.Builder builder) throws IOException {
    source = builder.build();
    reader = source.open(RecordQueue.PARTITION, Checkpoint.START);
  }

  @AfterEach
  void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private String url() {
    return "http://127.0.0.1:" + source.httpPort() + "/v1/logs";
  }

  private List<String> read(int count) {
    List<String> texts = new ArrayList<>();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(LONG)
        .until(
            () -> {
              RecordBatch batch = reader.poll(Duration.ofMillis(100));
              for (int i = 0; i < batch.size(); i++) {
                texts.add(new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8));
              }
              return texts.size() >= count;
            });
    return texts;
  }

  private double measure(String name) {
    return source.measures().stream()
        .filter(measure -> measure.name().endsWith(name))
        .mapToDouble(measure -> measure.value().getAsDouble())
        .sum();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(LONG).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String type, String encoding, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url()))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(encoding.isEmpty() ? request : request.header("Content-Encoding", encoding));
  }

  private HttpResponse<String> postJson(String body) throws Exception {
    return post("application/json; charset=utf-8", "", body.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String request(String... bodies) {
    List<String> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(
          "{\"timeUnixNano\":\"1772366400000000000\",\"body\":{\"stringValue\":\"" + body + "\"}}");
    }
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\"shop\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":\"com.shop\"},"
        + "\"logRecords\":["
        + String.join(",", records)
        + "]}]}]}";
  }

  private static LogRecordExporter http(String url) {
    return OtlpHttpLogRecordExporter.builder().setEndpoint(url).setCompression("gzip").build();
  }

  private static LogRecordExporter grpc(int port) {
    return OtlpGrpcLogRecordExporter.builder()
        .setEndpoint("http://127.0.0.1:" + port)
        .setCompression("gzip")
        .build();
  }

  /** Logs through the SDK; returns whether the exporter was told that all has arrived. */
  private static boolean log(LogRecordExporter exporter, int count) {
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(SHOP)
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(exporter).setMaxExportBatchSize(50).build())
            .build()) {
      Logger logger = provider.get("com.shop.Cart");
      for (int i = 0; i < count; i++) {
        logger
            .logRecordBuilder()
            .setSeverity(io.opentelemetry.api.logs.Severity.ERROR)
            .setBody("order " + i + " failed")
            .setTimestamp(1_772_366_400_000_000_000L + i, TimeUnit.NANOSECONDS)
            .setAttribute(AttributeKey.longKey("order"), (long) i)
            .setException(new IllegalStateException("stock"))
            .emit();
      }
      return provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess();
    }
  }

  @Test
  void theSdkOfOpenTelemetryIsUnderstoodOverHttpAndGrpc() throws Exception {
    listen(builder());
    for (LogRecordExporter exporter : List.of(http(url()), grpc(source.grpcPort()))) {
      assertThat(log(exporter, 500)).isTrue();
      List<String> records = read(500);
      assertThat(records).hasSize(500);
      assertThat(records.get(7))
          .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}")
          .contains("\"scope\":{\"name\":\"com.shop.Cart\"}")
          .contains("\"timeUnixNano\":\"1772366400000000007\"")
          .contains("\"body\":{\"stringValue\":\"order 7 failed\"}")
          .contains("{\"key\":\"order\",\"value\":{\"intValue\":\"7\"}}")
          .contains("exception.stacktrace")
          .doesNotContain("\n");
    }
    assertThat(measure("received")).isEqualTo(1000);
  }

  @Test
  void theEngineFindsServiceVersionSeverityAndStackTrace() {
    source = builder().build();
    try (LogSense sense = LogSense.builder().source(source).build()) {
      sense.start();
      await().atMost(LONG).until(() -> source.grpcPort() != 0);
      assertThat(log(grpc(source.grpcPort()), 20)).isTrue();
      await()
          .atMost(LONG)
          .until(() -> sense.snapshot().groups().stream().mapToLong(Group::count).sum() == 20);
      assertThat(sense.snapshot().groups()).hasSize(1);
      Group group = sense.snapshot().groups().get(0);
      LogEvent event = group.representative();
      assertThat(group.severity()).isEqualTo(Severity.ERROR);
      assertThat(event.service()).isEqualTo("shop");
      assertThat(event.version()).isEqualTo("1.4.2");
      assertThat(event.environment()).isEqualTo("staging");
      assertThat(event.exception()).isNotNull();
    }
  }

  @Test
  void rotelForwardsWhatItCollects() throws Exception {
    assumeTrue(
        Files.isExecutable(ROTEL), "npm install @streamfold/rotel-linux-x64@0.0.8-alpha, " + ROTEL);
    listen(builder());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      port = free.getLocalPort();
    }
    Process rotel =
        new ProcessBuilder(
                ROTEL.toString(),
                "start",
                "--otlp-grpc-endpoint",
                "127.0.0.1:" + port,
                "--otlp-http-endpoint",
                "127.0.0.1:0",
                "--exporter",
                "otlp",
                "--otlp-exporter-endpoint",
                "http://127.0.0.1:" + source.httpPort(),
                "--otlp-exporter-protocol",
                "http")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await().atMost(LONG).until(() -> log(grpc(port), 1));
      assertThat(read(1).get(0)).contains("order 0 failed").contains("exception.stacktrace");
    } finally {
      rotel.destroyForcibly().onExit().join();
    }
  }

  @Test
  void jsonIsUnderstood() throws Exception {
    listen(builder());
    HttpResponse<String> answer = postJson(request("one", "two\\nlines"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    byte[] zipped = gzip(request("three").getBytes(UTF_8));
    assertThat(post("application/json", "gzip", zipped).statusCode()).isEqualTo(200);
    assertThat(read(3)).containsExactly(request("one"), request("two\\nlines"), request("three"));
  }

  @Test
  void recordsThatAreTooLongAreRejectedAndTheOthersTaken() throws Exception {
    listen(builder().recordBytes(500));
    HttpResponse<String> answer = postJson(request("one", "x".repeat(1000), "two"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"rejectedLogRecords\":\"1\"")
        .contains("more than 500 bytes");
    assertThat(read(2)).hasSize(2);
    assertThat(measure("dropped")).isEqualTo(1);
  }

  @Test
  void whenThereIsNoRoomNothingIsTakenAndTheSenderIsToldToTryAgain() throws Exception {
    listen(builder().queueBytes(600));
    assertThat(postJson(request("one")).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = postJson(request("two", "three"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(read(1)).hasSize(1);
    assertThat(postJson(request("two")).statusCode()).isEqualTo(200);
    assertThat(read(1)).containsExactly(request("two"));
  }

  @Test
  void aSenderThatTriesAgainLosesNothing() throws Exception {
    listen(builder().queueBytes(300_000));
    for (LogRecordExporter exporter : List.of(http(url()), grpc(source.grpcPort()))) {
      Thread sender = new Thread(() -> log(exporter, 300));
      sender.start();
      await().atMost(LONG).until(() -> measure("waiting") > 0);
      assertThat(read(300)).hasSize(300).doesNotHaveDuplicates();
      sender.join();
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    listen(builder().requestBytes(100_000));
    byte[] nonsense = {(byte) 0xFF, 1, 2, 3};
    assertThat(post("application/x-protobuf", "", nonsense).statusCode()).isEqualTo(400);
    assertThat(post("application/x-protobuf", "gzip", nonsense).statusCode()).isEqualTo(400);
    assertThat(postJson("{\"resourceLogs\":").statusCode()).isEqualTo(400);
    assertThat(postJson("[]").statusCode()).isEqualTo(400);
    assertThat(postJson("").statusCode()).isEqualTo(400);
    assertThat(postJson("[".repeat(50_000)).statusCode()).isEqualTo(400);
    assertThat(postJson("{\"resourceLogs\":{\"a\":3}}").statusCode()).isEqualTo(200);
    assertThat(post("text/plain", "", nonsense).statusCode()).isEqualTo(415);
    assertThat(post("application/json", "br", nonsense).statusCode()).isEqualTo(415);
    assertThat(postJson(" ".repeat(120_000)).statusCode()).isEqualTo(413);
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(post("application/json", "gzip", bomb).statusCode()).isEqualTo(413);
    assertThat(send(HttpRequest.newBuilder(URI.create(url()))).statusCode()).isEqualTo(405);
    URI traces = URI.create(url().replace("logs", "traces"));
    assertThat(send(HttpRequest.newBuilder(traces)).statusCode()).isEqualTo(404);
    assertThat(measure("received")).isZero();
  }

  @Test
  void closingFreesThePorts() throws Exception {
    listen(builder());
    int http = source.httpPort();
    int grpc = source.grpcPort();
    reader.close();
    listen(
        OtlpSource.builder()
            .http(new InetSocketAddress(LOOPBACK, http))
            .grpc(new InetSocketAddress(LOOPBACK, grpc)));
    OtlpSource another =
        OtlpSource.builder().http(null).grpc(new InetSocketAddress(LOOPBACK, grpc)).build();
    assertThatThrownBy(() -> another.open(RecordQueue.PARTITION, Checkpoint.START))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(grpc));
  }

  @Test
  void aUriNamesThePorts() {
    LogSourceProvider provider =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.scheme().equals("otlp"))
            .findFirst()
            .orElseThrow();
    URI uri = URI.create("otlp://127.0.0.1:4318?grpc=4317&queueBytes=1000");
    assertThat(provider.open(uri, true).id()).isEqualTo("otlp://127.0.0.1:4318");
    assertThatThrownBy(() -> provider.open(uri, false))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("follow");
    assertThatThrownBy(() -> OtlpSource.builder().http(null).threads(0).build())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("no address")
        .hasMessageContaining("threads");
  }
}
