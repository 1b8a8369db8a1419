package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackCommandTest {
  private static final String SOURCE = Path.of("..", "sample-app").toString();

  @TempDir Path home;
  private String id = "";

  @BeforeEach
  void analyze() throws IOException {
    for (JsonNode group : Run.of(home, "analyze", "--json", Run.sample()).json().get("groups")) {
      if (group.get("title").asText().contains("NullPointerException")) {
        id = group.get("id").asText();
      }
    }
  }

  private String best() throws IOException {
    return Run.of(home, "why", id, "--src", SOURCE, "--json")
        .json()
        .get("rootCause")
        .get("symbol")
        .asText();
  }

  @Test
  void aRejectedCauseIsNotNamedAgain() throws IOException {
    String first = best();
    Run run = Run.of(home, "feedback", id, "reject", "--src", SOURCE, "--note", "it is the caller");

    assertThat(run.out()).isEqualTo("rejected " + first + System.lineSeparator());
    assertThat(best()).isNotEqualTo(first);
  }

  @Test
  void anAcceptedCandidateIsNamedFromNowOn() throws IOException {
    JsonNode second =
        Run.of(home, "why", id, "--src", SOURCE, "--json").json().get("candidates").get(1);
    String symbol = second.get("symbol").asText();
    Run.of(home, "feedback", id, "accept", "--src", SOURCE, "--symbol", symbol);

    assertThat(best()).isEqualTo(symbol);
    assertThat(Run.of(home, "why", id, "--src", SOURCE).out())
        .contains("· people mostly accepted it as a root cause: +0.50");
  }

  @Test
  void whatIsNoCandidateIsRefused() {
    Run run = Run.of(home, "feedback", id, "accept", "--src", SOURCE, "--symbol", "com.None#x/0");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("com.None#x/0 is no candidate");
    assertThat(Run.of(home, "feedback", id, "perhaps", "--src", SOURCE).code()).isEqualTo(2);
  }
}
