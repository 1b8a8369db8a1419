package io.logsense.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeIndex;
import io.logsense.api.code.CodeOrigin;
import io.logsense.code.CandidateRanking;
import io.logsense.code.CodeIndexFile;
import io.logsense.inprocess.LiveTraces;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project of somebody else is built with the Maven plugin, and its jar knows its own code. */
class MavenPluginTest {
  private final Path directory = Path.of("target/indexed").toAbsolutePath();

  @BeforeEach
  @AfterEach
  void clear() throws IOException {
    OtherProject.delete(directory);
  }

  @Test
  void aFailureOfTheJarLeadsToItsLineWithoutACheckout() throws Exception {
    OtherProject project = build();
    String commit = "0123456789012345678901234567890123456789";
    project.maven("package", "-Dmaven.test.skip", "-Dlogsense.commit=" + commit);
    Path jar = project.path().resolve("target/indexed-2.3.1.jar");
    byte[] first = Files.readAllBytes(jar);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      CodeIndex index = CodeIndexFile.onClassPath(loader).orElseThrow();
      assertThat(index.origin()).isEqualTo(new CodeOrigin("indexed", "2.3.1", commit));
      Class<?> cart = loader.loadClass("shop.Cart");
      Throwable failure =
          catchThrowableOfType(
                  InvocationTargetException.class,
                  () ->
                      cart.getMethod("discountFor", String.class)
                          .invoke(cart.getConstructor().newInstance(), (Object) null))
              .getCause();
      Candidate best = CandidateRanking.over(index).rank(LiveTraces.of(failure), 5).get(0);
      assertThat(best.block().symbol()).isEqualTo("shop.Cart#discountFor/1");
      assertThat(best.block().file()).endsWith("src/main/java/shop/Cart.java");
      assertThat(best.line()).isEqualTo(9);
      assertThat(best.block().origin().commit()).isEqualTo(commit);
    }
    OtherProject.delete(project.path().resolve("target"));
    project.maven("package", "-Dmaven.test.skip", "-Dlogsense.commit=" + commit);
    assertThat(jar).hasBinaryContent(first);
  }

  private OtherProject build() throws IOException {
    OtherProject project = new OtherProject("indexed", directory);
    Path llm = ShippedJars.REPOSITORY.resolve("logsense-llm");
    project.publish("logsense-llm", llm, null);
    project.publish(
        "logsense-api", ShippedJars.REPOSITORY.resolve("logsense-api"), ShippedJars.API);
    project.publish("logsense-code-index", llm.resolve("code-index"), ShippedJars.CODE_INDEX);
    project.publish("logsense-maven-plugin", llm.resolve("maven-plugin"), ShippedJars.MAVEN_PLUGIN);
    return project;
  }
}
