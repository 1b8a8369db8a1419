package io.logsense.benchmarks.stability;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the scenarios need besides this module: proxy libraries and a second JDK. */
final class Libraries {
  private static final Path INSTALLED_JDKS = Path.of("/usr/lib/jvm");

  private final Path repository =
      Path.of(
          System.getProperty(
              "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));

  /** The jars of spring-core of that version, empty when the local repository has none. */
  Optional<List<Path>> spring(String version) {
    Optional<Path> core = jar("org/springframework", "spring-core", version);
    Optional<Path> logging = jar("org/springframework", "spring-jcl", version);
    return core.isPresent() && logging.isPresent()
        ? Optional.of(List.of(core.get(), logging.get()))
        : Optional.empty();
  }

  /** The newest jar of Byte Buddy that the local repository has. */
  Optional<Path> byteBuddy() {
    return versions("net/bytebuddy", "byte-buddy").stream()
        .filter(version -> !version.contains("-"))
        .max(Comparator.comparing(Libraries::ordered))
        .flatMap(version -> jar("net/bytebuddy", "byte-buddy", version));
  }

  private static String ordered(String version) {
    StringBuilder key = new StringBuilder();
    for (String part : version.split("\\.", -1)) {
      key.append("0".repeat(Math.max(0, 6 - part.length()))).append(part);
    }
    return key.toString();
  }

  /** The libraries as a class path. */
  String path(String springVersion) {
    List<String> jars = new ArrayList<>();
    spring(springVersion).ifPresent(found -> found.forEach(jar -> jars.add(jar.toString())));
    byteBuddy().ifPresent(jar -> jars.add(jar.toString()));
    return String.join(File.pathSeparator, jars);
  }

  /** The newest installed JDK that is newer than this one. */
  Optional<Path> newerJdk() {
    String named = System.getProperty("stability.jdk");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    if (!Files.isDirectory(INSTALLED_JDKS)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(INSTALLED_JDKS)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
          .filter(home -> feature(home) > Runtime.version().feature())
          .max(Comparator.comparingInt(Libraries::feature).thenComparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", ""))
          .mapToInt(version -> Integer.parseInt(version.split("\\.", -1)[0]))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private Optional<Path> jar(String group, String artifact, String version) {
    Path jar =
        repository
            .resolve(group)
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".jar");
    return Files.isRegularFile(jar) ? Optional.of(jar) : Optional.empty();
  }

  private List<String> versions(String group, String artifact) {
    Path home = repository.resolve(group).resolve(artifact);
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(home)) {
      return found
          .filter(version -> jar(group, artifact, version.getFileName().toString()).isPresent())
          .map(version -> version.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
