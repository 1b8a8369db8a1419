package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsCommandTest {
  @TempDir Path home;

  @Test
  void templatesComeMostFrequentFirstWithTheirShare() throws IOException {
    JsonNode json = Run.of(home, "patterns", "--json", Run.sample()).json();

    double shares = 0;
    long before = Long.MAX_VALUE;
    for (JsonNode pattern : json.get("patterns")) {
      assertThat(pattern.get("count").asLong()).isLessThanOrEqualTo(before);
      before = pattern.get("count").asLong();
      shares += pattern.get("share").asDouble();
      assertThat(pattern.get("examples")).hasSize(1);
    }
    assertThat(shares).isBetween(0.999, 1.001);
    assertThat(json.get("patterns").get(0).get("template").asText()).startsWith("GET ");
  }

  @Test
  void numbersThatMakeNoSenseAreUsageErrors() {
    assertThat(Run.of(home, "patterns", "--top", "0", Run.sample()).code()).isEqualTo(2);
    assertThat(Run.of(home, "patterns", "--examples", "-1", Run.sample()).code()).isEqualTo(2);
  }

  @Test
  void theTableHasExamplesAndSaysWhatItLeavesOut() {
    Run run = Run.of(home, "patterns", "--top", "2", Run.sample());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("998  33.9%  GET ")
        .contains("GET /api/products/1706 200 in 38 ms")
        .contains("more: --top");
    assertThat(run.out().lines()).allMatch(line -> Printable.width(line) <= 100);
  }
}
