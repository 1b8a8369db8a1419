package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeCommandTest {
  @TempDir Path folder;

  private String log() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append("2026-05-01T10:00:")
          .append(10 + i)
          .append("Z WARN  [main] shop.Db - slow query of orders took 2.5 s\n");
    }
    return Files.writeString(folder.resolve("app.log"), text).toString();
  }

  @Test
  void withoutANameTheRecipesAreListed() {
    Run run = Run.of(folder, "recipe");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(4)
        .contains("silence        What came steadily and stopped.");
  }

  @Test
  void aRecipeAnswersInWords() throws IOException {
    Run run = Run.of(folder, "recipe", "slow_queries", "--quiet", log());

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            The slowest of 1 statement takes 2.5 s at the 95th percentile; 0 time-outs.

            Statements, slowest first
              events  p50    p95    p99    max    statement
              50      2.5 s  2.5 s  2.5 s  2.5 s  slow query of orders took <*> s
            """);
  }

  @Test
  void aRecipeAnswersInJson() throws IOException {
    JsonNode json = Run.of(folder, "recipe", "slow_queries", "--json", log()).json();

    assertThat(json.get("recipe").asText()).isEqualTo("slow_queries");
    assertThat(json.get("summary").asText()).startsWith("The slowest of 1 statement");
    assertThat(json.get("sections").get(0).get("columns")).hasSize(6);
    assertThat(json.get("sections").get(0).get("rows").get(0).get(2).asText()).isEqualTo("2.5 s");
  }

  @Test
  void anUnknownRecipeIsRefusedWithTheNamesThatExist() {
    Run run = Run.of(folder, "recipe", "slow", "app.log");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no recipe is named 'slow'; there are error_spikes,");
    assertThat(Run.of(folder, "recipe", "silence").code()).isEqualTo(2);
    assertThat(Run.of(folder, "recipe", "silence", folder.resolve("none.log").toString()).code())
        .isEqualTo(3);
  }
}
