package io.logsense.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of all properties says what editors are told. */
class PropertiesPageTest {
  private static final Path PAGE = Path.of("../../docs/spring-boot.md");

  @Test
  void thePageListsEveryPropertyAsItIs() throws Exception {
    List<String> rows = new ArrayList<>();
    try (InputStream metadata =
        LogSenseProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new JsonMapper().readTree(metadata).path("properties")) {
        if (property.path("name").asString().startsWith("logsense.")) {
          rows.add(
              "| `%s` | %s | %s |"
                  .formatted(
                      property.path("name").asString(),
                      property.path("defaultValue").asString(""),
                      property.path("description").asString("")));
        }
      }
    }
    try (Stream<String> lines = Files.lines(PAGE)) {
      assertThat(lines.filter(line -> line.startsWith("| `logsense.")))
          .containsExactlyInAnyOrderElementsOf(rows)
          .hasSizeGreaterThan(10);
    }
  }
}
