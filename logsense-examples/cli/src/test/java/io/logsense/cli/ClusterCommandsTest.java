package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandsTest {
  @TempDir Path home;
  private JsonNode groups;

  @BeforeEach
  void analyze() throws IOException {
    groups = analyzed(Path.of(Run.sample()));
  }

  private JsonNode analyzed(Path log) throws IOException {
    return Run.of(home, "analyze", "--json", log.toString()).json().get("groups");
  }

  private String id(String title) {
    for (JsonNode group : groups) {
      if (group.get("title").asText().contains(title)) {
        return group.get("id").asText();
      }
    }
    throw new AssertionError("no group " + title);
  }

  private String cluster(String id) throws IOException {
    for (JsonNode group : analyzed(Path.of(Run.sample()))) {
      if (group.get("id").asText().equals(id)) {
        return group.get("cluster").asText();
      }
    }
    throw new AssertionError("no group " + id);
  }

  @Test
  void aMergeIsShownThenKeptAndFoldsTheListOfProblems() throws IOException {
    String one = id("NullPointerException");
    String two = id("SQLTimeoutException");
    long problems = Run.of(home, "analyze", Run.sample()).out().lines().count();

    Run preview = Run.of(home, "merge", "--preview", one, two);
    assertThat(preview.out()).contains("- " + one.substring(0, 18)).contains("+ ");
    assertThat(cluster(one)).isNotEqualTo(cluster(two));

    assertThat(Run.of(home, "merge", one, two, "--why", "one outage", "--who", "ana").code())
        .isZero();
    assertThat(cluster(one)).isEqualTo(cluster(two));
    assertThat(Run.of(home, "analyze", Run.sample()).out()).contains("+1 alike");
    assertThat(Run.of(home, "analyze", Run.sample()).out().lines().count()).isLessThan(problems);
    assertThat(Run.of(home, "explain", one, two).out())
        .contains("Together because they were merged")
        .contains("by ana")
        .contains("one outage");
  }

  @Test
  void aSplitUndoneIsAMergeAgainAndTheHistorySaysSo() throws IOException {
    String one = id("NullPointerException");
    String two = id("SQLTimeoutException");
    Run.of(home, "merge", one, two);
    Run.of(home, "split", one, "--why", "no");
    assertThat(cluster(one)).isNotEqualTo(cluster(two));
    assertThat(Run.of(home, "explain", one, two).out()).contains("Apart because they were split");

    assertThat(Run.of(home, "undo").code()).isZero();
    assertThat(cluster(one)).isEqualTo(cluster(two));

    Run history = Run.of(home, "history", one);
    assertThat(history.out().lines()).hasSize(3);
    assertThat(history.out()).contains("merge").contains("split").contains("undo");
    assertThat(Run.of(home, "history", "--json").out().lines())
        .allMatch(line -> line.startsWith("{\"id\":\"co1:"));
  }

  @Test
  void aVariantThatIsSplitOffIsAGroupOfItsOwnInTheNextRun() throws IOException {
    Path log =
        Files.writeString(
            home.resolve("two.log"), trace("com.shop.Web.post") + trace("com.shop.Batch.run"));
    JsonNode before = analyzed(log);
    assertThat(before).hasSize(1);
    String strict = before.get(0).get("fingerprint").get("strict").asText();

    assertThat(Run.of(home, "split", strict).code()).isZero();

    JsonNode after = analyzed(log);
    assertThat(after).hasSize(2);
    assertThat(after.get(0).get("count").asInt() + after.get(1).get("count").asInt()).isEqualTo(2);
  }

  private static String trace(String caller) {
    return """
        2026-03-01 12:00:00.000 ERROR [main] com.shop.Web - order failed
        java.lang.IllegalStateException: no stock
        \tat com.shop.Stock.take(Stock.java:10)
        \tat com.shop.Order.place(Order.java:20)
        \tat com.shop.Order.submit(Order.java:30)
        \tat com.shop.Order.handle(Order.java:40)
        \tat %s(Caller.java:50)
        """
        .formatted(caller);
  }

  @Test
  void similarAndSearchNameGroupsBestFirst() throws IOException {
    JsonNode similar = Run.of(home, "similar", id("Stock of"), "--json").json();
    assertThat(similar.size()).isPositive();
    assertThat(similar.get(0).get("score").asDouble()).isBetween(0.0, 1.0);

    JsonNode found = Run.of(home, "search", "stock", "--json").json();
    assertThat(found.get(0).get("title").asText()).containsIgnoringCase("stock");
    assertThat(Run.of(home, "search", "stock", "--service", "nowhere").out()).isEmpty();
    assertThat(Run.of(home, "search", "stock").out())
        .contains(found.get(0).get("title").asText().substring(0, 10));
  }

  @Test
  void nothingToDoIsAUsageError() {
    assertThat(Run.of(home, "undo").err()).contains("nothing was decided");
    assertThat(Run.of(home, "split", id("Stock of")).code()).isEqualTo(2);
    assertThat(Run.of(home, "merge", id("Stock of"), id("Stock of")).code()).isEqualTo(2);
    assertThat(Run.of(home, "history").out()).contains("Nothing was decided");
  }

  @Test
  void withoutStateARunNeitherReadsNorKeepsDecisions() throws IOException {
    JsonNode group =
        Run.of(home, "analyze", "--json", "--no-state", Run.sample()).json().get("groups").get(0);

    assertThat(group.has("cluster")).isFalse();
  }
}
