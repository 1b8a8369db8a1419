package io.logsense.chroma;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The server of Chroma's npm package, as a process. */
final class ChromaServer {
  private static final long DEADLINE = Duration.ofSeconds(60).toNanos();

  private final Process process;
  private final URI uri;

  private ChromaServer(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  private static Path command() {
    return Path.of(System.getenv().getOrDefault("LOGSENSE_SERVERS", "/opt/logsense-servers"))
        .resolve("chroma/node_modules/.bin/chroma");
  }

  static boolean isInstalled() {
    return Files.isExecutable(command());
  }

  static ChromaServer start(Path directory) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                command().toString(),
                "run",
                "--path",
                directory.resolve("data").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chroma.log").toFile())
            .start();
    ChromaServer server = new ChromaServer(process, URI.create("http://127.0.0.1:" + port));
    long end = System.nanoTime() + DEADLINE;
    while (!server.answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        server.stop();
        throw new IOException(Files.readString(directory.resolve("chroma.log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return server;
  }

  private boolean answers() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(uri.resolve("/api/v2/heartbeat")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  URI uri() {
    return uri;
  }

  void stop() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
