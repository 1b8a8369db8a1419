package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.testkit.HttpReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code why --model}, before a server that speaks the protocol. */
class ModelOptionsTest {
  private static final String SOURCE = Path.of("..", "sample-app").toString();
  private static final String FILE = "src/main/java/com/shop/checkout/PriceCalculator.java";
  private static final String SYMBOL = "com.shop.checkout.PriceCalculator#discountFor/1";

  private static final String TRACE =
      """
      java.lang.NullPointerException: no tier for jane@example.com
      \tat com.shop.checkout.PriceCalculator.discountFor(PriceCalculator.java:20)
      \tat com.shop.checkout.PriceCalculator.discounted(PriceCalculator.java:15)
      """;

  @TempDir Path home;
  private HttpReceiver server;
  private Path trace;

  @BeforeEach
  void start() throws IOException {
    server = HttpReceiver.start();
    trace = Files.writeString(home.resolve("trace.txt"), TRACE);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Run why(String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("why", "--trace", trace.toString(), "--src", SOURCE, "--json"),
                Stream.of(more))
            .toList();
    return new Run.Terminal(home)
        .set("LOGSENSE_MODEL_KEY", "sk-secret-0123")
        .run(arguments.toArray(String[]::new));
  }

  private Run ask(String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("--model", "local/toy-1", "--base-url", server.uri() + "/v1"),
                Stream.of(more))
            .toList();
    return why(arguments.toArray(String[]::new));
  }

  private void answer(String text) {
    ObjectMapper json = new ObjectMapper();
    var completion = json.createObjectNode();
    var choice = completion.putArray("choices").addObject().put("finish_reason", "stop");
    choice.putObject("message").put("content", text);
    completion.putObject("usage").put("prompt_tokens", 2000).put("completion_tokens", 90);
    server.answer(completion.toString());
  }

  private String cause(String file, int line) throws IOException {
    String incident = why().json().get("incident").asText();
    return """
        {"incident_id":"%s","likely_root_cause":{"file_path":"%s","symbol":"%s",
        "line_range":[20,20],"confidence":0.9,"reasoning":"Guests have no tier."},
        "supporting_evidence":[{"event_id":null,"file_path":"%s","line":%d,"quote":"cart.tier()"}],
        "involved_parameters":[],"fix_suggestions":["Use a default for guests."],
        "tests_to_add":["A guest has no discount."],"no_root_cause_reason":null}"""
        .formatted(incident, file, SYMBOL, file, line);
  }

  @Test
  void aCheckedAnswerIsTheReportAndIsAskedForOnce() throws IOException {
    answer(cause(FILE, 20));
    JsonNode report = ask().json();

    assertThat(report.get("mode").asText()).isEqualTo("model");
    assertThat(report.get("rootCause").get("reasoning").asText()).isEqualTo("Guests have no tier.");
    assertThat(report.get("rootCause").get("start").asInt()).isEqualTo(20);
    assertThat(report.get("fixes").get(0).asText()).isEqualTo("Use a default for guests.");
    assertThat(report.get("cost").get("inputTokens").asLong()).isEqualTo(2000);
    assertThat(server.received()).hasSize(1);
    assertThat(server.received().get(0)).doesNotContain("jane@example.com");
    assertThat(home.resolve("analysis/prompt")).isNotEmptyDirectory();

    assertThat(ask().json().get("cost").get("note").asText()).isEqualTo("answered before");
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void whoIsAskedAboutAServiceIsNeverSent() throws IOException {
    Path log =
        Files.writeString(
            home.resolve("shop.jsonl"),
            "{\"@timestamp\":\"2026-05-01T10:00:00Z\",\"log.level\":\"ERROR\","
                + "\"service.name\":\"till\",\"message\":\"No tier for a guest\"}\n");
    Path catalogue =
        Files.writeString(
            home.resolve("catalogue.csv"),
            "system_name,department,owner_email,criticality\ntill,Payments,Ann Owner,5\n");
    String id =
        Run.of(home, "analyze", "--json", log.toString()).json().at("/groups/0/id").asText();
    answer(cause(FILE, 20));
    Run run =
        Run.of(
            home,
            "why",
            id,
            "--src",
            SOURCE,
            "--catalogue",
            catalogue.toString(),
            "--model",
            "local/toy-1",
            "--base-url",
            server.uri() + "/v1");

    assertThat(run.out()).contains("Ask Ann Owner.");
    assertThat(server.received().get(0)).contains("till belongs to Payments");
    assertThat(server.received()).noneMatch(sent -> sent.contains("Ann Owner"));
  }

  @Test
  void anInventedPlaceIsInconclusive() throws IOException {
    answer(cause("src/main/java/com/shop/Invented.java", 3));
    JsonNode report = ask().json();

    assertThat(report.get("rootCause").isNull()).isTrue();
    assertThat(report.get("inconclusive").asText()).contains("not together under CODE");
    assertThat(report.get("candidates")).isNotEmpty();
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void withoutTokensLeftTheRankingAnswers() throws IOException {
    JsonNode report = ask("--max-tokens-per-day", "100").json();

    assertThat(report.get("mode").asText()).isEqualTo("deterministic");
    assertThat(report.get("rootCause").get("symbol").asText()).isEqualTo(SYMBOL);
    assertThat(report.get("cost").get("note").asText()).contains("0 of 100 tokens are used");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereLeavesTheRanking() throws IOException {
    server.close();
    JsonNode report = ask().json();

    assertThat(report.get("mode").asText()).isEqualTo("deterministic");
    assertThat(report.get("cost").get("note").asText()).contains("local/toy-1");
  }

  @Test
  void aModelWithoutAnAddressIsWrongUsage() {
    assertThat(why("--model", "local/toy-1").err()).contains("--base-url");
    assertThat(why("--model", "toy-1").code()).isEqualTo(2);
  }
}
