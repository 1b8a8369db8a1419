package io.logsense.clickhouse;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.testkit.FaultyProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** ClickHouse's engine, in a process of node, behind a front for tests. */
final class TestServer implements AutoCloseable {
  private static final Path CHDB =
      Path.of(
          System.getenv().getOrDefault("LOGSENSE_SERVERS", "/opt/logsense-servers"),
          "clickhouse/node_modules/chdb");

  private final Process process;
  private final InetSocketAddress address;
  private int databases;

  private TestServer(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it on a free port; {@code directory} becomes its data. */
  static TestServer start(Path directory) throws IOException {
    assumeTrue(
        Files.isDirectory(CHDB),
        "install npm's chdb 3.4.0 into " + CHDB.getParent().getParent() + ", or run .ci/servers");
    Path front = directory.resolve("front.cjs");
    try (InputStream in = requireNonNull(TestServer.class.getResourceAsStream("/front.cjs"))) {
      Files.copy(in, front);
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "node",
                front.toString(),
                CHDB.toString(),
                directory.resolve("data").toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("front.log").toFile())
            .start();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    await("the front")
        .atMost(Duration.ofMinutes(2))
        .failFast("the front has ended", () -> !process.isAlive())
        .until(() -> accepts(address));
    return new TestServer(process, address);
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  FaultyProxy proxy() throws IOException {
    return FaultyProxy.to(address);
  }

  String authority() {
    return "127.0.0.1:" + address.getPort();
  }

  /** The name of a database that no test has had. */
  String database() {
    return "test'`\\\"" + ++databases;
  }

  ClickHouseStore.Builder store(String database) {
    return ClickHouseStore.at(URI.create("http://" + authority())).database(database);
  }

  /** What the store itself has no way to ask. */
  Server sql() {
    return new Server(URI.create("http://" + authority()), "", "", Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
