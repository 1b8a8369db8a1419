package io.logsense.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.llm.Completion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that really decodes, by a grammar, and has no idea what it says. */
class InProcessModelTest {
  @TempDir Path folder;

  private InProcessModel open(float quotes) throws Exception {
    Path file = ToyModel.write(folder.resolve("toy.gguf"));
    assertThat(Files.size(file)).isBetween(200_000L, 400_000L);
    try {
      return new InProcessModel(file, quotes);
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      Assumptions.abort("llama.cpp does not load on this machine: " + e);
      throw e;
    }
  }

  private static RootCauseReport report(InProcessModel model, int output) throws Exception {
    return ModelAnalyzer.builder(GuardedModel.builder(model, text -> text).build())
        .tokens(12_000, output)
        .timeout(Duration.ofMinutes(2))
        .build()
        .analyze(Incidents.nullPointer());
  }

  @Test
  void validNonsenseIsInconclusive() throws Exception {
    try (InProcessModel model = open(12)) {
      RootCauseReport report = report(model, 1500);
      assertThat(report.isInconclusive()).isTrue();
      assertThat(report.mode()).isEqualTo(RootCauseReport.Mode.MODEL);
      assertThat(report.inconclusive())
          .startsWith("the answers of the model did not hold: incident_id");
      assertThat(model.answers).hasSize(2);
      JsonNode answer = new ObjectMapper().readTree(model.answers.get(0).text());
      assertThat(answer.has("likely_root_cause")).isTrue();
      assertThat(report.cost().outputTokens())
          .isEqualTo(model.answers.stream().mapToLong(Completion::outputTokens).sum());
    }
  }

  @Test
  void whatIsCutIsInconclusive() throws Exception {
    try (InProcessModel model = open(0)) {
      RootCauseReport report = report(model, 20);

      assertThat(report.isInconclusive()).isTrue();
      assertThat(report.inconclusive()).contains("the answer was cut");
      assertThat(model.answers)
          .allSatisfy(answer -> assertThat(answer.end()).isEqualTo(Completion.End.LENGTH));
    }
  }
}
