package io.logsense.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real search engine as a process of its own, on free ports of the loopback interface. */
final class SearchServer implements AutoCloseable {
  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private SearchServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the distribution that the profile {@code servers} has unpacked.
   *
   * @param name of its directory, without the version
   * @param directory for what it writes
   */
  static SearchServer start(String name, Path directory, String... settings) throws IOException {
    String servers = System.getProperty("servers");
    assumeTrue(servers != null, "needs a server: run with -Pservers");
    Path home;
    try (Stream<Path> unpacked = Files.list(Path.of(servers))) {
      home =
          unpacked.filter(path -> path.getFileName().toString().startsWith(name)).findAny().get();
    }
    int port = freePort();
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to be root: let it believe it is somebody.
      command.addAll(List.of("unshare", "--map-user=1000", "--map-group=1000"));
    }
    command.addAll(
        List.of(
            home.resolve("bin").resolve(name).toString(),
            "-Ediscovery.type=single-node",
            "-Ehttp.port=" + port,
            "-Etransport.port=" + freePort(),
            "-Enetwork.host=127.0.0.1",
            "-Epath.data=" + directory.resolve("data"),
            "-Epath.logs=" + directory.resolve("logs"),
            "-Ecluster.routing.allocation.disk.threshold_enabled=false",
            "-Esearch.keep_alive_interval=100ms"));
    command.addAll(List.of(settings));
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String prefix : List.of("OPENSEARCH", "ES")) {
      builder.environment().put(prefix + "_JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put(prefix + "_JAVA_OPTS", "-Xms512m -Xmx512m");
    }
    Path output = directory.resolve("output");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    SearchServer server = new SearchServer(builder.start(), port);
    try {
      await(name)
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !server.process.isAlive() || server.answers());
      assertThat(server.process.isAlive()).as(() -> read(output)).isTrue();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return send("GET", "/_cluster/health?wait_for_status=yellow", "").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Calls it; fails unless it succeeds. */
  String call(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    return response.body();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }
}
