package io.logsense.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Maven project of somebody else below {@code src/test/projects}, built by the Maven that runs
 * these tests, offline, from published artifacts alone.
 */
final class OtherProject {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  private final Path project;
  private final Path repository;

  /** A copy of the project, and a repository that has all but our artifacts. */
  OtherProject(String name, Path directory) throws IOException {
    project = directory.resolve(name);
    copy(Path.of("src/test/projects", name), project);
    repository = directory.resolve("repository");
    Path local = Path.of(System.getProperty("maven.repository"));
    link(local, repository, "io");
    link(local.resolve("io"), repository.resolve("io"), "logsense");
    publish("logsense-parent", ShippedJars.REPOSITORY, null);
  }

  Path path() {
    return project;
  }

  /** Lays an artifact out as an installed one; a pom alone if there is no {@code jar}. */
  void publish(String artifact, Path module, @Nullable Path jar) throws IOException {
    Path to =
        Files.createDirectories(
            repository.resolve("io/logsense").resolve(artifact).resolve(VERSION));
    String name = artifact + "-" + VERSION;
    Files.copy(module.resolve("pom.xml"), to.resolve(name + ".pom"));
    if (jar != null) {
      Files.copy(jar, to.resolve(name + ".jar"));
    }
  }

  /** Runs Maven in the project. */
  void maven(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-o",
                "-B",
                "-q",
                "-Dmaven.repo.local=" + repository));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  /** Runs a command in the project, and gives what it wrote. */
  String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Removes a directory of projects, but nothing that is linked from there. */
  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file); // of a link, the link
        }
      }
    }
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
}
