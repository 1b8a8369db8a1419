package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelationListTest {
  @TempDir Path folder;

  /** Ten minutes of requests, of which the 40 of the eighth minute fail in two services. */
  private String cascade() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      lines.add(line(i, "000", "INFO", "web", "order placed"));
      if (i >= 280 && i < 320) {
        lines.add(line(i, "500", "ERROR", "web", "upstream answered with bad gateway"));
        lines.add(line(i, "100", "ERROR", "orders", "connection to primary lost"));
      }
    }
    return Files.write(folder.resolve("app.jsonl"), lines).toString();
  }

  private static String line(int i, String millis, String level, String service, String message) {
    int second = i * 3 / 2;
    return """
        {"@timestamp":"2026-05-01T10:%02d:%02d.%sZ","level":"%s","service.name":"%s",\
        "trace.id":"%032x","message":"%s"}"""
        .formatted(second / 60, second % 60, millis, level, service, i * 7919, message);
  }

  @Test
  void whatCameTogetherIsListedInTheOrderOfItsBeginning() throws IOException {
    assertThat(Run.of(folder, "analyze", "--no-state", cascade()).out())
        .contains(
            """
            TOGETHER  connection to primary lost
                then  upstream answered with bad gateway · 0.400 s later, 40 of 40 traces
            """);
  }

  @Test
  void jsonNamesTheGroupsAndWhatTiesThem() throws IOException {
    JsonNode json = Run.of(folder, "analyze", "--no-state", "--json", cascade()).json();

    JsonNode found = json.get("correlations");
    assertThat(found).hasSize(1);
    JsonNode link = found.get(0).get("links").get(0);
    assertThat(link.get("from")).isEqualTo(found.get(0).get("groups").get(0));
    assertThat(link.get("to")).isEqualTo(found.get(0).get("groups").get(1));
    assertThat(link.get("lagSeconds").asDouble()).isEqualTo(0.4);
    assertThat(link.get("sharedTraces").asInt()).isEqualTo(40);
    assertThat(link.get("traces").asInt()).isEqualTo(40);
    assertThat(link.get("probability").asDouble()).isLessThan(1e-6);
    assertThat(found.get(0).get("checks").get(0).asText())
        .startsWith("probability of coming together by chance ")
        .endsWith(" <= 0.02");
  }
}
