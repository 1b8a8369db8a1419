package io.logsense.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.logsense.Sources;
import io.logsense.api.source.Checkpoint;
import io.logsense.cli.Main;
import io.logsense.code.CodeIndexer;
import io.logsense.hnswlib.HnswlibVectorStore;
import io.logsense.inprocess.EventIntake;
import io.logsense.logback.Enrichment;
import io.logsense.onnx.OnnxEmbedder;
import io.logsense.testkit.VectorStoreContract;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;

/** The jars that the build made, and those they need. */
final class ShippedJars {
  static final Path API = jarOf(Checkpoint.class);
  static final Path CORE = jarOf(Sources.class);
  static final Path CLI = jarOf(Main.class);
  static final Path ONNX = jarOf(OnnxEmbedder.class);
  static final Path CODE_INDEX = jarOf(CodeIndexer.class);
  static final Path HNSWLIB = jarOf(HnswlibVectorStore.class);
  static final Path IN_PROCESS = jarOf(EventIntake.class);
  static final Path JUL = jarWith("io/logsense/jul/Enrichment.class");
  static final Path JUNIT = jarWith("io/logsense/junit/LogSenseExtension.class");
  static final Path LOG4J2 = jarWith("io/logsense/log4j2/Enrichment.class");
  static final Path LOGBACK = jarOf(Enrichment.class);
  static final Path MAVEN_PLUGIN = jarWith("io/logsense/maven/IndexMojo.class");
  static final Path MICROMETER = jarWith("io/logsense/micrometer/LogSenseMetrics.class");
  static final Path OPENTELEMETRY = jarWith("io/logsense/opentelemetry/LogSenseMetrics.class");
  static final Path SPRING = jarWith("io/logsense/spring/LogSenseAutoConfiguration.class");
  static final Path TESTKIT = jarOf(VectorStoreContract.class);
  private static final Path ONNX_RUNTIME = jarOf(OrtEnvironment.class);
  private static final Path SLF4J = jarOf(Logger.class);
  private static final Path JACKSON = jarOf(JsonFactory.class);
  private static final Path CAFFEINE = jarOf(Caffeine.class);
  private static final Path JSPECIFY = jarOf(NullMarked.class);

  /** The root of the repository: tests run in the directory of their module. */
  static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();

  private ShippedJars() {}

  /** Everything that is published. */
  static List<Path> libraries() {
    return Stream.concat(Stream.of(API, CORE), Module.all().stream().map(Module::jar)).toList();
  }

  /** What a program that uses the engine needs, and nothing else. */
  static List<Path> runtime() {
    return List.of(API, CORE, SLF4J, JACKSON, CAFFEINE);
  }

  /** What a program that embeds with ONNX Runtime needs, but for a model. */
  static List<Path> onnxRuntime() {
    return List.of(API, ONNX, ONNX_RUNTIME, JACKSON);
  }

  /** What the compiler of such programs is given. */
  static List<Path> compileTime() {
    return List.of(API, CORE, ONNX, ONNX_RUNTIME, SLF4J, JACKSON, CAFFEINE, JSPECIFY);
  }

  static JavaClasses classes(Path... jars) {
    return new ClassFileImporter()
        .importLocations(Arrays.stream(jars).map(jar -> Location.of(jar.toUri())).toList());
  }

  /** The jar on the class path that has {@code resource}. */
  static Path jarWith(String resource) {
    String url = String.valueOf(ShippedJars.class.getClassLoader().getResource(resource));
    assertThat(url).as(resource).startsWith("jar:").contains("!/");
    return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
  }

  private static Path jarOf(Class<?> type) {
    try {
      Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      assertThat(place)
          .as("the subject of these tests is the jar; run them with 'mvnw verify'")
          .isRegularFile();
      return place;
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
