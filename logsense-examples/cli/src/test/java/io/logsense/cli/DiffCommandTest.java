package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffCommandTest {
  private static final String[] DIFF = {"diff", "--quiet"};

  @TempDir Path folder;
  private String before = "";
  private String after = "";

  /** Two hours with steady orders; the second log has an expired certificate and more declines. */
  @BeforeEach
  void writeLogs() throws IOException {
    before = log("before.log", 1, 0, 0);
    after = log("after.log", 3, 1, 2);
  }

  private String log(String name, int declines, int certificates, int hour) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < 120; minute++) {
      String time = "2026-05-01T%02d:%02d:".formatted(8 + hour + minute / 60, minute % 60);
      for (int i = 0; i < 6; i++) {
        lines.add(time + "0" + i + "Z INFO  [main] shop.Orders - order " + minute + i + " placed");
      }
      for (int i = 0; i < 3; i++) {
        lines.add(time + "1" + i + "Z WARN  [main] shop.Stock - stock of item " + i + " is low");
      }
      for (int i = 0; i < declines; i++) {
        lines.add(time + "2" + i + "Z ERROR [main] shop.Card - card " + i + " was declined");
      }
      for (int i = 0; i < certificates; i++) {
        lines.add(time + "30Z ERROR [main] shop.Mail - the certificate has expired");
      }
    }
    return Files.write(folder.resolve(name), lines).toString();
  }

  private Run diff(String... more) {
    String[] args = new String[DIFF.length + more.length];
    System.arraycopy(DIFF, 0, args, 0, DIFF.length);
    System.arraycopy(more, 0, args, DIFF.length, more.length);
    return Run.of(folder.resolve("home"), args);
  }

  @Test
  void listsWhatChangedMostRelevantFirst() {
    Run run = diff(before, after);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("…\\S*/", "").replaceAll("tm1:[0-9a-f]+", "ID"))
        .isEqualTo(
            """
            before.log (1,200 events) → after.log (1,560 events)
            2 changes · most groups ×1.00

                      before     after   times  group
            NEW            0       120          the certificate has expired
                                                ERROR · Mail · ID
            GROWN        120       360   ×3.00  card <*> was declined
                                                ERROR · ×2.09 to ×4.32 · Card · ID
            """);
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    Run run = diff("--json", before, after);

    JsonNode json = run.json();
    assertThat(json.get("before").get("events").asLong()).isEqualTo(1200);
    assertThat(json.get("after").get("events").asLong()).isEqualTo(1560);
    assertThat(json.get("scale").asDouble()).isEqualTo(1);
    assertThat(json.get("changes")).hasSize(2);
    JsonNode fresh = json.get("changes").get(0);
    assertThat(fresh.get("kind").asText()).isEqualTo("new");
    assertThat(fresh.get("title").asText()).isEqualTo("the certificate has expired");
    assertThat(fresh.get("ratio").isNull()).isTrue();
    assertThat(fresh.get("certain").asBoolean()).isTrue();
    assertThat(fresh.get("checks").get(0).asText()).isEqualTo("events before 0 <= 0");
    JsonNode grown = json.get("changes").get(1);
    assertThat(grown.get("before").asLong()).isEqualTo(120);
    assertThat(grown.get("after").asLong()).isEqualTo(360);
    assertThat(grown.get("ratio").asDouble()).isEqualTo(3);
    assertThat(grown.get("low").asDouble()).isLessThan(3);
    assertThat(grown.get("high").asDouble()).isGreaterThan(3);
    for (int threads : new int[] {1, 2, 5}) {
      assertThat(diff("--json", "--threads", "" + threads, before, after)).isEqualTo(run);
    }
  }

  @Test
  void failsOnWhatItIsAskedFor() throws IOException {
    String calm = log("calm.log", 1, 0, 4);
    String declining = log("declining.log", 4, 0, 4);

    assertThat(diff("--fail-on", "new", before, after).code()).isEqualTo(1);
    assertThat(diff("--fail-on", "new", before, declining).code()).isZero();
    assertThat(diff("--fail-on", "grown", before, declining).code()).isEqualTo(1);
    assertThat(diff("--fail-on", "grown", declining, before).code()).isZero();
    assertThat(diff("--fail-on", "any", declining, before).code()).isEqualTo(1);
    assertThat(diff("--fail-on", "any", before, calm).code()).isZero();
    assertThat(diff(before, calm).out()).contains("no change");
  }

  @Test
  void comparesTwoWindowsOfTheSameInputs() throws IOException {
    JsonNode whole = diff("--json", before, after).json().get("changes");

    Run run =
        diff(
            "--json",
            "--windows",
            "2026-05-01T08:00Z/2026-05-01T10:00Z",
            "2026-05-01T10:00/",
            before,
            after);

    assertThat(run.code()).isZero();
    assertThat(run.json().get("changes")).isEqualTo(whole);
    assertThat(run.json().get("before").get("name").asText())
        .isEqualTo("2026-05-01T08:00Z/2026-05-01T10:00Z");
  }

  @Test
  void comparesTwoVersions() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String version = i < 200 ? "1.4" : "1.5";
      lines.add(json(i, version, "INFO", "order " + i + " placed"));
      if (i >= 200 && i % 2 == 0) {
        lines.add(json(i, version, "ERROR", "no such tax class"));
      }
    }
    String log = Files.write(folder.resolve("app.jsonl"), lines).toString();

    Run run = diff("--versions", "1.4", "1.5", log);

    assertThat(run.out())
        .startsWith("version 1.4 (200 events) → version 1.5 (300 events)\n1 change · ")
        .contains("NEW            0       100          no such tax class");
  }

  private static String json(int second, String version, String level, String message) {
    return """
        {"@timestamp":"2026-05-01T10:%02d:%02dZ","level":"%s","message":"%s","service.version":"%s"}"""
        .formatted(second / 60, second % 60, level, message, version);
  }

  @Test
  void whatIsTooRareToTellIsCountedAndListedOnDemand() throws IOException {
    Files.writeString(
        folder.resolve("after.log"),
        Files.readString(Path.of(after))
            + "2026-05-01T12:00:00Z FATAL [main] shop.Main - out of file handles\n");

    assertThat(diff(before, after).out())
        .contains("1 seen only after and 0 only before, too rarely to tell a change: --all")
        .doesNotContain("file handles");
    assertThat(diff("--all", before, after).out())
        .contains("NEW            0         1          out of file handles")
        .contains("FATAL · may be chance · Main")
        .doesNotContain("--all");
  }

  @Test
  void namesWhatItCannotCompare() {
    assertThat(diff(before)).satisfies(run -> assertThat(run.err()).contains("1 inputs"));
    assertThat(diff(before).code()).isEqualTo(2);
    assertThat(diff(before, after, before).code()).isEqualTo(2);
    assertThat(diff(before, folder.resolve("none.log").toString()).code()).isEqualTo(3);
    assertThat(diff("--windows", "/2026-05-01", "2026-05-01/", "-").err()).contains("only once");
    assertThat(
            diff("--windows", "2026-05-01/", "/2026-05-01", "--versions", "1", "2", after).code())
        .isEqualTo(2);
    assertThat(diff("--windows", "/2026-01-01", "2026-01-01/", after).out())
        .contains("nothing to compare");
    assertThat(diff("--top", "0", before, after).code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-05-01",
        "2026-05-02/2026-05-01",
        "2026-13-01/",
        "/-999999-01-01"
      })
  void aWindowThatIsNoneIsRefused(String window) {
    Run run = diff("--windows", window, "/", after);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'" + window + "'");
  }
}
