package io.logsense.aws;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server in a process of its own, on a free port of the loopback interface. */
final class ServerProcess implements Closeable {
  /** Where servers are that no package manager installs: {@code LOGSENSE_SERVERS}. */
  static final Path DIRECTORY =
      Path.of(
          Optional.ofNullable(System.getenv("LOGSENSE_SERVERS")).orElse("/opt/logsense-servers"));

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ServerProcess start(Map<String, String> environment, IntFunction<String[]> command)
      throws IOException {
    int port = freePort();
    ServerProcess server = new ServerProcess(begin(environment, command.apply(port)), port);
    await("server on port " + port)
        .atMost(PATIENCE)
        .failFast("the server has ended", () -> !server.process.isAlive())
        .until(server::accepts);
    return server;
  }

  /** Whether a command ends well. */
  static boolean succeeds(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Process process = begin(environment, command);
    return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static Process begin(Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
