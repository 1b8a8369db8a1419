package org.example.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.source.LogSourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The guide shows this package's connector and its test, whole, but for the imports. */
class GuideTest {
  private static final Path GUIDE = Path.of("../../docs/write-a-connector.md");
  private static final Path SOURCES = Path.of("src/test/java/org/example/pages");

  @Test
  void theGuideShowsWhatIsCompiledAndTested() throws IOException {
    List<String> compiled = new ArrayList<>();
    for (String file :
        List.of("PageSource", "PageReader", "PageSourceProvider", "PageSourceTest")) {
      compiled.addAll(Files.readAllLines(SOURCES.resolve(file + ".java")));
    }
    compiled.removeIf(line -> line.startsWith("package ") || line.startsWith("import "));
    compiled.removeIf(String::isBlank);

    assertThat(shown()).containsExactlyElementsOf(compiled);
  }

  private static List<String> shown() throws IOException {
    List<String> shown = new ArrayList<>();
    boolean java = false;
    for (String line : Files.readAllLines(GUIDE)) {
      if (line.startsWith("```")) {
        java = line.equals("```java");
      } else if (java && !line.isBlank()) {
        shown.add(line);
      }
    }
    return shown;
  }

  @Test
  void theProviderIsFoundByItsScheme() {
    assertThat(ServiceLoader.load(LogSourceProvider.class))
        .extracting(LogSourceProvider::scheme)
        .contains("pages");
  }
}
