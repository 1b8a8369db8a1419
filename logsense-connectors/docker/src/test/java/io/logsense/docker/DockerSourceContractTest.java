package io.logsense.docker;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.logsense.api.source.LogSource;
import io.logsense.testkit.SourceContract;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container of a real engine that writes what comes through two pipes. */
class DockerSourceContractTest extends SourceContract {
  private static Engine engine;

  private String id;
  private long lines;
  @TempDir private Path pipes;

  @BeforeAll
  static void startEngine() throws Exception {
    engine = Engine.start();
  }

  @AfterAll
  static void stopEngine() throws Exception {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void startContainer() throws Exception {
    new ProcessBuilder("mkfifo", pipe("stdout").toString(), pipe("stderr").toString())
        .start()
        .waitFor();
    id =
        engine.run(
            "writer",
            "cat <>/pipes/stderr >&2 & exec cat <>/pipes/stdout",
            Map.of(),
            create ->
                create.withHostConfig(
                    HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withBinds(new Bind(pipes.toString(), new Volume("/pipes")))));
  }

  @AfterEach
  void removeContainer() {
    engine.client().removeContainerCmd(id).withForce(true).exec();
  }

  private Path pipe(String name) {
    return pipes.resolve(name);
  }

  @Override
  protected List<String> partitions() {
    String shortId = id.substring(0, 12);
    return List.of(shortId + "/stdout", shortId + "/stderr");
  }

  @Override
  protected void write(String partition, List<byte[]> records) throws Exception {
    try (OutputStream pipe = Files.newOutputStream(pipe(partition.substring(13)))) {
      for (byte[] record : records) {
        pipe.write(record);
        pipe.write('\n');
      }
    }
    lines += records.size();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> writtenLines() == lines);
  }

  /** Of both streams; a piece of a line that the engine split has no line feed. */
  private long writtenLines() throws Exception {
    try (var log = Files.lines(engine.logFile(id))) {
      return log.filter(line -> line.contains("\\n\",\"stream\"")).count();
    }
  }

  @Override
  protected LogSource open(boolean follow) {
    return DockerSource.builder().host(engine.host()).containers("writer").follow(follow).build();
  }

  /** An engine keeps lines of text. */
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.LINE_FEEDS, Capability.ANY_BYTES));
  }
}
