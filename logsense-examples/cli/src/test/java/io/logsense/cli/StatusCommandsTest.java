package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandsTest {
  @TempDir Path home;
  private String log = "";
  private String id = "";

  @BeforeEach
  void analyze() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("app.log"),
            """
            2026-03-01T12:00:00Z INFO started
            2026-03-01T12:59:00Z ERROR cannot charge the card
            2026-03-01T13:00:00Z INFO stopped
            """);
    log = file.toString();
    id = card().get("id").asText();
  }

  private JsonNode card() throws IOException {
    return Run.of(home, "analyze", "--json", log).json().get("groups").get(0);
  }

  private void later() throws IOException {
    Files.writeString(
        Path.of(log),
        "2200-03-01T13:10:00Z ERROR cannot charge the card\n",
        StandardOpenOption.APPEND);
  }

  @Test
  void aResolvedGroupThatComesBackIsARegression() throws IOException {
    assertThat(card().get("status").asText()).isEqualTo("new");
    Run resolve = Run.of(home, "resolve", id, "--reason", "waits now", "--who", "ana");
    assertThat(resolve.code()).isZero();
    assertThat(resolve.out()).contains("ana  resolved " + id.substring(0, 18)).contains("waits");
    assertThat(card().get("status").asText()).isEqualTo("resolved");

    later();
    JsonNode report = Run.of(home, "analyze", "--json", log).json();
    assertThat(report.get("findings").get(0).get("kind").asText()).isEqualTo("regression");
    assertThat(report.get("groups").get(0).get("status").asText()).isEqualTo("regressed");
    assertThat(Run.of(home, "analyze", log).out()).contains("BACK cannot charge the card");
    assertThat(Run.of(home, "explain", id).out())
        .contains("resolved by ana")
        .contains("regressed by logsense");
    assertThat(Run.of(home, "history", id, "--json").out().lines()).hasSize(2);
  }

  @Test
  void anIgnoredGroupDoesNotFailAndIsNotListed() throws IOException {
    assertThat(Run.of(home, "analyze", "--fail-on", "any", log).code()).isEqualTo(1);
    assertThat(Run.of(home, "analyze", "--fail-on", "new", log).code()).isEqualTo(1);
    assertThat(Run.of(home, "ignore", id, "--until", "2 events").code()).isZero();

    assertThat(Run.of(home, "analyze", "--fail-on", "any", log).code()).isZero();
    assertThat(Run.of(home, "analyze", "--fail-on", "new", log).code()).isZero();
    assertThat(Run.of(home, "analyze", log).out())
        .contains("No problems but 1 ignored one.")
        .doesNotContain("cannot charge");
    assertThat(Run.of(home, "analyze", "--no-state", "--fail-on", "new", log).code()).isEqualTo(1);
  }

  @Test
  void anUndoTakesTheLastDecisionBackWhicheverItWas() throws IOException {
    Run.of(home, "investigate", id);
    Run.of(home, "ignore", id, "--until", "another version");
    assertThat(Run.of(home, "undo", "--preview").out()).startsWith("Takes back sc1:");
    assertThat(Run.of(home, "undo").out()).contains("investigating");
    assertThat(card().get("status").asText()).isEqualTo("investigating");
    Run.of(home, "reopen", id);
    assertThat(card().get("status").asText()).isEqualTo("new");
    assertThat(Run.of(home, "history").out().lines()).hasSize(4);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(Run.of(home, "ignore", id, "--until", "never").code()).isEqualTo(2);
    assertThat(Run.of(home, "resolve", "nothing").code()).isEqualTo(2);
    Run fixed = Run.of(home, "resolve", id, "--in", "1.2");
    assertThat(fixed.code()).isEqualTo(2);
    assertThat(fixed.err()).contains("names a version");
  }
}
