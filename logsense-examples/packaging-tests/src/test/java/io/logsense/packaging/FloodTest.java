package io.logsense.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.group.Group;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
  private static final String VERSION = "0.1.0-SNAPSHOT";

  private final Path directory = Path.of("target/flood").toAbsolutePath();

  @BeforeEach
  @AfterEach
  void clear() throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file); // of a link, the link
        }
      }
    }
  }

  @Test
  void countsAreExactIdsAreThoseOfThePlainLogAndTheReducedLogAccountsForAll() throws Exception {
    Path project = build();
    String output =
        run(
            project,
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
    Path project = build();
    StringJoiner path = new StringJoiner(File.pathSeparator).add("target/classes");
    try (Stream<Path> jars = Files.list(project.resolve("target/lib"))) {
      jars.forEach(jar -> path.add(jar.toString()));
    }
    run(project, tool.toString(), "--no-fallback", "-cp", path.toString(), "shop.Flood", "flood");
    int events = 40_000;
    String output =
        run(
            project,
            project.resolve("flood").toString(),
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
  private Path build() throws IOException, InterruptedException {
    Path project = directory.resolve("flood");
    copy(Path.of("src/test/projects/flood"), project);
    Path repository = directory.resolve("repository");
    Path local = Path.of(System.getProperty("maven.repository"));
    link(local, repository, "io");
    link(local.resolve("io"), repository.resolve("io"), "logsense");
    publish(repository, "logsense-parent", ShippedJars.REPOSITORY, null);
    Path connectors = ShippedJars.REPOSITORY.resolve("logsense-connectors");
    publish(repository, "logsense-connectors", connectors, null);
    publish(repository, "logsense-bom", connectors.resolve("bom"), null);
    publish(
        repository,
        "logsense-api",
        ShippedJars.REPOSITORY.resolve("logsense-api"),
        ShippedJars.API);
    publish(
        repository,
        "logsense-core",
        ShippedJars.REPOSITORY.resolve("logsense-core"),
        ShippedJars.CORE);
    publish(
        repository,
        "logsense-in-process",
        connectors.resolve("in-process"),
        ShippedJars.IN_PROCESS);
    publish(repository, "logsense-logback", connectors.resolve("logback"), ShippedJars.LOGBACK);
    run(
        project,
        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
        "-o",
        "-B",
        "-q",
        "-Dmaven.repo.local=" + repository,
        "compile");
    return project;
  }

  /** Makes everything but one directory be found under another one, too. */
  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        if (!child.endsWith(except)) {
          Files.createSymbolicLink(to.resolve(child.getFileName()), child);
        }
      }
    }
  }

  /** Lays an artifact out as an installed one. */
  private static void publish(Path repository, String artifact, Path module, Path jar)
      throws IOException {
    Path to =
        Files.createDirectories(
            repository.resolve("io/logsense").resolve(artifact).resolve(VERSION));
    String name = artifact + "-" + VERSION;
    Files.copy(module.resolve("pom.xml"), to.resolve(name + ".pom"));
    if (jar != null) {
      Files.copy(jar, to.resolve(name + ".jar"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static String run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
