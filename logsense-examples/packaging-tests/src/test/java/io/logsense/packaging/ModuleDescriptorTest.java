package io.logsense.packaging;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
  private static final int JAVA_17 = 61;

  @Test
  void theApiExportsEachOfItsPackagesToEverybody() {
    ModuleDescriptor api = descriptor(ShippedJars.API);
    assertThat(api.name()).isEqualTo("io.logsense.api");
    assertThat(exported(api)).isEqualTo(api.packages());
    assertThat(api.exports()).noneMatch(Exports::isQualified);
    assertThat(api.opens()).isEmpty();
  }

  @Test
  void theApiNeedsTheJdkAloneAtRunTime() {
    assertThat(requiredAtRunTime(ShippedJars.API)).containsOnlyKeys("java.base");
  }

  @Test
  void coreExportsOnePackageAndOpensNone() {
    ModuleDescriptor core = descriptor(ShippedJars.CORE);
    assertThat(core.name()).isEqualTo("io.logsense");
    assertThat(exported(core)).containsExactly("io.logsense");
    assertThat(core.opens()).isEmpty();
  }

  @Test
  void coreNeedsTheApiAndThreeLibrariesAndPassesOnTheApi() {
    assertThat(requiredAtRunTime(ShippedJars.CORE))
        .containsOnlyKeys(
            "java.base",
            "io.logsense.api",
            "org.slf4j",
            "com.fasterxml.jackson.core",
            "com.github.benmanes.caffeine")
        .hasEntrySatisfying(
            "io.logsense.api",
            api -> assertThat(api.modifiers()).contains(Requires.Modifier.TRANSITIVE));
  }

  @Test
  void theOnnxEmbedderNeedsTheApiJacksonAndTheRuntimeAndOffersItsModels() {
    ModuleDescriptor onnx = descriptor(ShippedJars.ONNX);
    assertThat(onnx.name()).isEqualTo("io.logsense.onnx");
    assertThat(exported(onnx)).containsExactly("io.logsense.onnx");
    assertThat(onnx.opens()).isEmpty();
    assertThat(onnx.provides())
        .flatExtracting(Provides::providers)
        .containsExactly(
            "io.logsense.onnx.internal.BgeSmallProvider",
            "io.logsense.onnx.internal.MiniLmProvider");
    assertThat(requiredAtRunTime(ShippedJars.ONNX))
        .containsOnlyKeys(
            "java.base",
            "io.logsense.api",
            "com.fasterxml.jackson.core",
            "com.microsoft.onnxruntime");
  }

  @Test
  void theAppenderOfLogbackNeedsWhatAppendersShareAndLogback() {
    ModuleDescriptor shared = descriptor(ShippedJars.IN_PROCESS);
    assertThat(exported(shared)).containsExactly("io.logsense.inprocess");
    assertThat(requiredAtRunTime(ShippedJars.IN_PROCESS))
        .containsOnlyKeys("java.base", "io.logsense");
    ModuleDescriptor logback = descriptor(ShippedJars.LOGBACK);
    assertThat(exported(logback)).containsExactly("io.logsense.logback");
    assertThat(requiredAtRunTime(ShippedJars.LOGBACK))
        .containsOnlyKeys(
            "java.base",
            "io.logsense.inprocess",
            "ch.qos.logback.classic",
            "ch.qos.logback.core",
            "org.slf4j");
  }

  @Test
  void theAppenderOfLog4j2NeedsWhatAppendersShareAndLog4j2WhichMayFillItsBuilder() {
    ModuleDescriptor log4j2 = descriptor(ShippedJars.LOG4J2);
    assertThat(exported(log4j2)).containsExactly("io.logsense.log4j2");
    assertThat(log4j2.opens())
        .singleElement()
        .satisfies(
            opened ->
                assertThat(opened.targets()).containsExactly("org.apache.logging.log4j.core"));
    assertThat(requiredAtRunTime(ShippedJars.LOG4J2))
        .containsOnlyKeys(
            "java.base",
            "java.desktop",
            "io.logsense.inprocess",
            "org.apache.logging.log4j",
            "org.apache.logging.log4j.core");
  }

  @Test
  void theHandlerOfTheJdkNeedsWhatAppendersShare() {
    assertThat(exported(descriptor(ShippedJars.JUL))).containsExactly("io.logsense.jul");
    assertThat(requiredAtRunTime(ShippedJars.JUL))
        .containsOnlyKeys("java.base", "java.logging", "io.logsense.inprocess");
  }

  @Test
  void theExtensionOfJunitNeedsNoLoggingLibraryAndHearsEachThatIsThere() {
    assertThat(requiredAtRunTime(ShippedJars.JUNIT))
        .containsOnlyKeys(
            "java.base", "io.logsense.inprocess", "io.logsense.testkit", "org.junit.jupiter.api");
    assertThat(descriptor(ShippedJars.JUNIT).uses())
        .containsExactly("io.logsense.inprocess.LogTap");
    for (Path jar : List.of(ShippedJars.JUL, ShippedJars.LOG4J2, ShippedJars.LOGBACK)) {
      assertThat(descriptor(jar).provides())
          .extracting(Provides::service)
          .containsExactly("io.logsense.inprocess.LogTap");
    }
  }

  @Test
  void theTestkitPassesOnTheApiAndJunit() {
    ModuleDescriptor testkit = descriptor(ShippedJars.TESTKIT);
    assertThat(testkit.name()).isEqualTo("io.logsense.testkit");
    assertThat(exported(testkit)).containsExactly("io.logsense.testkit");
    assertThat(requiredAtRunTime(ShippedJars.TESTKIT))
        .containsOnlyKeys(
            "java.base",
            "jdk.httpserver",
            "io.logsense.api",
            "org.junit.jupiter.api",
            "org.assertj.core");
  }

  @Test
  void everyClassRunsOnJava17() throws IOException {
    for (Path jar : ShippedJars.libraries()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        List<JarEntry> classes =
            file.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
        assertThat(classes).isNotEmpty();
        for (JarEntry entry : classes) {
          try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(JAVA_17);
          }
        }
      }
    }
  }

  private static ModuleDescriptor descriptor(Path jar) {
    ModuleDescriptor descriptor = ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    assertThat(descriptor.isAutomatic()).as("%s has no module-info", jar).isFalse();
    return descriptor;
  }

  private static Set<String> exported(ModuleDescriptor module) {
    return module.exports().stream().map(Exports::source).collect(toSet());
  }

  private static Map<String, Requires> requiredAtRunTime(Path jar) {
    return descriptor(jar).requires().stream()
        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .collect(toMap(Requires::name, requires -> requires));
  }
}
