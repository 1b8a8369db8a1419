package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir Path home;
  private JsonNode groups;

  @BeforeEach
  void analyze() throws IOException {
    groups = Run.of(home, "analyze", "--json", Run.sample()).json().get("groups");
  }

  private String id(String title) {
    for (JsonNode group : groups) {
      if (group.get("title").asText().contains(title)) {
        return group.get("id").asText();
      }
    }
    throw new AssertionError("no group " + title);
  }

  @Test
  void anExceptionIsExplainedByItsFrames() {
    Run run = Run.of(home, "explain", id("NullPointerException"));

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("Together because of the stack trace")
        .contains("strict")
        .containsPattern("kept +com\\.shop\\.checkout\\.PriceCalculator\\.discountFor")
        .containsPattern("dropped +\\d+ frames");
  }

  @Test
  void aTraceTooDeepToKeepIsExplainedByTheFingerprintsOfTheWholeTrace() throws IOException {
    StringBuilder log =
        new StringBuilder("2026-05-01 10:00:00,000 ERROR [a] com.shop.Tree - failed\n")
            .append("java.lang.IllegalStateException: too deep\n");
    for (int i = 0; i < 200; i++) {
      log.append("\tat com.shop.Level").append(i % 150).append(".walk(Tree.java:7)\n");
    }
    Path file = Files.writeString(home.resolve("deep.log"), log.toString());
    JsonNode deep = Run.of(home, "analyze", "--json", file.toString()).json().get("groups").get(0);

    assertThat(Run.of(home, "explain", deep.get("id").asText()).out())
        .contains(deep.get("fingerprint").get("strict").asText())
        .contains("The trace is cut");
  }

  @Test
  void framesJudgedByOtherPackagesThanInTheRunAreSaidToBe() {
    String id = id("NullPointerException");

    assertThat(Run.of(home, "explain", id).out()).doesNotContain("--in-app");
    assertThat(Run.of(home, "explain", id, "--in-app", "com.shop.checkout").out())
        .contains("give the same --in-app");
  }

  @Test
  void aMessageIsExplainedByItsWords() {
    Run run = Run.of(home, "explain", id("Stock of"));

    assertThat(run.out())
        .contains("Together because of the message")
        .containsPattern("template +Stock of")
        .containsPattern("example +Stock of SKU-\\d+");
  }

  @Test
  void theBeginningOfAnIdWillDo() {
    String id = id("NullPointerException");

    assertThat(Run.of(home, "explain", id.substring(0, 16)).out()).contains(id);
    assertThat(Run.of(home, "explain", "jf1").code()).isEqualTo(2);
    assertThat(Run.of(home, "explain", "jf1").err()).contains("is the beginning of");
  }

  @Test
  void twoExceptionsAreComparedLevelByLevel() {
    Run run = Run.of(home, "explain", id("NullPointerException"), id("SQLTimeoutException"));

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("strict +≠ differ")
        .containsPattern("root +≠ differ")
        .contains("= com.shop.checkout.CheckoutException")
        .contains("-   com.shop.checkout.PriceCalculator.discountFor")
        .contains("+   com.shop.orders.Database.update");
  }

  @Test
  void aMessageAndAnExceptionHaveNothingToCompareButWords() {
    Run run = Run.of(home, "explain", id("NullPointerException"), id("Stock of"));

    assertThat(run.out()).contains("only one of them has a stack trace");
  }

  @Test
  void anUnknownIdIsAUsageError() {
    Run run = Run.of(home, "explain", "jf1:ffff");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no group 'jf1:ffff'").contains("logsense analyze");
  }
}
