package io.logsense.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A Docker engine of its own, with one image: busybox. */
final class Engine implements AutoCloseable {
  static final String IMAGE = "local/busybox:1";
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final Path directory;
  private final Process process;
  private final DockerClient client;

  private Engine(Path directory, Process process, DockerClient client) {
    this.directory = directory;
    this.process = process;
    this.client = client;
  }

  /** Starts it, or skips the tests where that cannot be. */
  static Engine start() throws IOException, InterruptedException {
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(
        root && Files.isExecutable(Path.of("/usr/sbin/dockerd")) && Files.exists(BUSYBOX),
        "run as root after: apt-get install --no-install-recommends docker.io busybox-static");
    // The name of a socket is short.
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "ls-docker");
    Process process =
        new ProcessBuilder(
                "dockerd",
                "--iptables=false",
                "--ip6tables=false",
                "--bridge=none",
                "--storage-driver=vfs",
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("pid"),
                "-H",
                host(directory))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host(directory))
            .build();
    DockerClient client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> client.pingCmd().exec() == null);
    Engine engine = new Engine(directory, process, client);
    engine.importImage();
    return engine;
  }

  private void importImage() throws IOException, InterruptedException {
    Path bin = Files.createDirectories(directory.resolve("root/bin"));
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    for (String name : List.of("sh", "sleep", "seq", "cat", "head", "tr", "usleep")) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
    String[] tar = {"tar", "c", "-C", directory.resolve("root").toString(), "."};
    String[] load = {"/usr/bin/docker", "-H", host(), "import", "-", IMAGE};
    List<Process> both =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder(tar),
                new ProcessBuilder(load).redirectOutput(directory.resolve("import").toFile())));
    if (both.get(1).waitFor() != 0) {
      throw new IOException(new String(both.get(1).getErrorStream().readAllBytes(), UTF_8));
    }
  }

  private static String host(Path directory) {
    return "unix://" + directory.resolve("d.sock");
  }

  String host() {
    return host(directory);
  }

  Path socket() {
    return directory.resolve("d.sock");
  }

  DockerClient client() {
    return client;
  }

  /** The file that the engine keeps the log of a container in. */
  Path logFile(String id) {
    return directory.resolve("data/containers/" + id + "/" + id + "-json.log");
  }

  /** Starts a shell script in a container; returns its id. */
  String run(String name, String script) {
    return run(name, script, Map.of(), UnaryOperator.identity());
  }

  String run(
      String name,
      String script,
      Map<String, String> labels,
      UnaryOperator<CreateContainerCmd> more) {
    CreateContainerCmd create =
        client
            .createContainerCmd(IMAGE)
            .withName(name)
            .withLabels(labels)
            .withCmd("/bin/sh", "-c", script)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"));
    String id = more.apply(create).exec().getId();
    client.startContainerCmd(id).exec();
    return id;
  }

  /** Runs it to its end. */
  String runToEnd(String name, String script) {
    String id = run(name, script);
    awaitEnd(id);
    return id;
  }

  void awaitEnd(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> "exited".equals(client.inspectContainerCmd(id).exec().getState().getStatus()));
  }

  @Override
  public void close() throws IOException {
    client
        .listContainersCmd()
        .withShowAll(true)
        .exec()
        .forEach(container -> client.removeContainerCmd(container.getId()).withForce(true).exec());
    client.close();
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    new ProcessBuilder("rm", "-rf", directory.toString()).start().onExit().join();
  }
}
