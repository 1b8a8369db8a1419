package io.logsense.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.group.Group;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Maven project of somebody else, built from the published artifacts alone, logs a million errors
 * in eight threads with 64 MB of heap.
 */
class FloodTest {
  private static final int EVENTS = 1_000_000;

  private final Path directory = Path.of("target/flood").toAbsolutePath();

  @BeforeEach
  @AfterEach
  void clear() throws IOException {
    OtherProject.delete(directory);
  }

  @Test
  void countsAreExactIdsAreThoseOfThePlainLogAndTheReducedLogAccountsForAll() throws Exception {
    OtherProject project = build();
    String output =
        project.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Ddirectory=" + directory,
            "-cp",
            "target/classes" + File.pathSeparator + "target/lib/*",
            "shop.Flood",
            String.valueOf(EVENTS));
    Map<String, Long> counted = counted(output);

    Path plain = directory.resolve("plain.log");
    List<Group> groups =
        LogSense.builder().inApp("shop").source(Sources.path(plain)).analyze().groups();
    assertThat(counted)
        .as(output)
        .hasSize(4)
        .containsExactlyInAnyOrderEntriesOf(
            groups.stream().collect(Collectors.toMap(Group::id, Group::count)));
    assertThat(counted.values()).containsOnly(EVENTS / 4L);

    Path reduced = directory.resolve("reduced.log");
    assertThat(accountedFor(reduced)).isEqualTo(EVENTS);
    long factor = Files.size(plain) / Files.size(reduced);
    System.out.println(
        "a flood of " + EVENTS + " errors is written in 1/" + factor + " of its bytes");
    assertThat(factor).isGreaterThan(100);
  }

  /** A smoke test of what the jars declare for native images. */
  @Test
  void theSameProjectCountsTheSameAsANativeImage() throws Exception {
    Path tool = nativeImage();
    assumeTrue(tool != null, "no native-image on the PATH; install a GraalVM for JDK 17 or later");
    OtherProject project = build();
    StringJoiner path = new StringJoiner(File.pathSeparator).add("target/classes");
    try (Stream<Path> jars = Files.list(project.path().resolve("target/lib"))) {
      jars.forEach(jar -> path.add(jar.toString()));
    }
    project.run(tool.toString(), "--no-fallback", "-cp", path.toString(), "shop.Flood", "flood");
    int events = 40_000;
    String output =
        project.run(
            project.path().resolve("flood").toString(),
            "-Ddirectory=" + directory,
            String.valueOf(events));
    assertThat(counted(output)).as(output).hasSize(4);
    assertThat(counted(output).values()).containsOnly(events / 4L);
  }

  private static @Nullable Path nativeImage() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path tool = Path.of(folder, "native-image");
      if (Files.isExecutable(tool)) {
        return tool;
      }
    }
    return null;
  }

  /** What the project printed: ids of groups, and their counts. */
  private static Map<String, Long> counted(String output) {
    return output
        .lines()
        .filter(line -> line.matches("(jf1|tm1):\\p{XDigit}+ \\d+"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
  }

  /** Events written in full count for one, summaries for what they say. */
  private static long accountedFor(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" reduced="))
          .map(line -> line.substring(line.lastIndexOf('=') + 1))
          .mapToLong(reduced -> Math.max(1, Long.parseLong(reduced)))
          .sum();
    }
  }

  /** The project, compiled by the Maven that runs this test. */
  private OtherProject build() throws IOException, InterruptedException {
    OtherProject project = new OtherProject("flood", directory);
    Path connectors = ShippedJars.REPOSITORY.resolve("logsense-connectors");
    project.publish("logsense-connectors", connectors, null);
    project.publish("logsense-bom", connectors.resolve("bom"), null);
    project.publish(
        "logsense-api", ShippedJars.REPOSITORY.resolve("logsense-api"), ShippedJars.API);
    project.publish(
        "logsense-core", ShippedJars.REPOSITORY.resolve("logsense-core"), ShippedJars.CORE);
    project.publish(
        "logsense-in-process", connectors.resolve("in-process"), ShippedJars.IN_PROCESS);
    project.publish("logsense-logback", connectors.resolve("logback"), ShippedJars.LOGBACK);
    project.maven("compile");
    return project;
  }
}
