package io.logsense.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the poms promise to those who depend on the artifacts. */
class PomTest {
  /** Modules among the connectors that put an application together and so may use the engine. */
  private static final Set<String> ASSEMBLIES =
      Set.of(
          "logsense-in-process",
          "logsense-logback",
          "logsense-log4j2",
          "logsense-jul",
          "logsense-junit",
          "logsense-maven-plugin",
          "logsense-spring-boot-starter",
          "logsense-scale-out");

  private static final Set<String> OPEN_TO_PLUGINS = Set.of("logsense-api", "logsense-testkit");

  @Test
  void theBomListsEveryPublishedArtifact() throws Exception {
    Set<String> published = new TreeSet<>();
    for (Path pom : poms()) {
      Element project = read(pom);
      String name = text(project, "artifactId");
      boolean isLibrary = !Set.of("pom", "maven-plugin").contains(text(project, "packaging"));
      if (isLibrary && !isUnder(pom, "logsense-examples") && !isUnder(pom, "benchmarks")) {
        published.add(name);
      }
    }
    Element bom = read(ShippedJars.REPOSITORY.resolve("logsense-connectors/bom/pom.xml"));
    List<String> listed =
        dependencies(child(bom, "dependencyManagement")).stream()
            .map(dependency -> text(dependency, "artifactId"))
            .toList();
    assertThat(published).contains("logsense-api", "logsense-core");
    assertThat(listed).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void connectorsAndLanguageModelsKnowTheApiOnly() throws Exception {
    for (Path pom : poms()) {
      if (isUnder(pom, "logsense-connectors") || isUnder(pom, "logsense-llm")) {
        Element project = read(pom);
        if (!ASSEMBLIES.contains(text(project, "artifactId"))) {
          assertThat(ownDependencies(project)).as("%s", pom).isSubsetOf(OPEN_TO_PLUGINS);
        }
      }
    }
  }

  @Test
  void examplesAndBenchmarksAreNeverPublished() throws Exception {
    for (String directory : List.of("logsense-examples", "benchmarks")) {
      Element project = read(ShippedJars.REPOSITORY.resolve(directory).resolve("pom.xml"));
      assertThat(text(child(project, "properties"), "maven.deploy.skip"))
          .as(directory)
          .isEqualTo("true");
    }
  }

  @Test
  void whatTheCompilerOfAModuleNeedsIsNotOptional() throws Exception {
    for (String module : List.of("logsense-api", "logsense-core", "logsense-llm/embedder-onnx")) {
      Element project = read(ShippedJars.REPOSITORY.resolve(module).resolve("pom.xml"));
      assertThat(dependencies(project))
          .as(module)
          .noneMatch(dependency -> "true".equals(text(dependency, "optional")));
    }
  }

  private static List<String> ownDependencies(Element project) {
    return dependencies(project).stream()
        .filter(dependency -> "io.logsense".equals(text(dependency, "groupId")))
        .filter(dependency -> !"test".equals(text(dependency, "scope")))
        .map(dependency -> text(dependency, "artifactId"))
        .toList();
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> files = Files.walk(ShippedJars.REPOSITORY, 4)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }

  private static boolean isUnder(Path pom, String directory) {
    return pom.startsWith(ShippedJars.REPOSITORY.resolve(directory));
  }

  private static Element read(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(pom.toFile())
        .getDocumentElement();
  }

  private static List<Element> dependencies(Element parent) {
    return children(child(parent, "dependencies"), "dependency");
  }

  private static Element child(Element parent, String name) {
    return parent == null ? null : children(parent, name).stream().findFirst().orElse(null);
  }

  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = parent == null ? null : parent.getChildNodes();
    for (int i = 0; nodes != null && i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }
}
