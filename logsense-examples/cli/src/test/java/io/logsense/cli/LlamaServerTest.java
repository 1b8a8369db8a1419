package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.Prompt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** llama.cpp's own server, where one runs. Any model will do: nothing here depends on its wits. */
class LlamaServerTest {
  private static final @Nullable String ADDRESS = System.getenv("LOGSENSE_LLAMA_SERVER");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SOURCE = Path.of("..", "sample-app").toString();

  @TempDir Path home;

  @BeforeEach
  void isThere() {
    assumeThat(ADDRESS)
        .as(
            "LOGSENSE_LLAMA_SERVER, such as http://localhost:8080/v1: install llama-server (on"
                + " Debian the package llama.cpp-tools) and run 'llama-server -m MODEL.gguf -c"
                + " 16384'")
        .isNotNull();
  }

  private static Completion ask(String user, @Nullable String schema, int tokens, Duration timeout)
      throws InterruptedException {
    URI address = URI.create(String.valueOf(ADDRESS));
    return new HttpLanguageModel("llama", "any", address, "")
        .complete(new Prompt("You answer briefly.", user, schema, tokens, timeout));
  }

  private static LogSenseException failure(String user, Duration timeout) {
    return catchThrowableOfType(LogSenseException.class, () -> ask(user, null, 1000, timeout));
  }

  @Test
  void whatItSaysIsAReportThatHoldsOrIsNone() throws IOException {
    Path trace =
        Files.writeString(
            home.resolve("trace.txt"),
            """
            java.lang.NullPointerException: no tier
            \tat com.shop.checkout.PriceCalculator.discountFor(PriceCalculator.java:20)
            \tat com.shop.checkout.PriceCalculator.discounted(PriceCalculator.java:15)
            """);
    JsonNode report =
        Run.of(
                home,
                "why",
                "--trace",
                trace.toString(),
                "--src",
                SOURCE,
                "--model",
                "llama/any",
                "--base-url",
                String.valueOf(ADDRESS),
                "--json")
            .json();

    assertThat(report.at("/cost/model").asText()).isEqualTo("llama/any");
    JsonNode cause = report.get("rootCause");
    if (report.get("mode").asText().equals("deterministic")) { // a server may refuse nonsense
      assertThat(report.at("/cost/note").asText()).contains("llama/any");
    } else if (cause.isNull()) {
      assertThat(report.get("inconclusive").asText()).isNotBlank();
    } else {
      assertThat(Path.of(SOURCE, cause.get("file").asText())).isRegularFile();
    }
  }

  @Test
  void itKeepsToASchema() throws Exception {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"]}";
    Completion completion = ask("Is it?", schema, 500, PATIENCE);

    assertThat(completion.end()).isEqualTo(Completion.End.COMPLETE);
    assertThat(new ObjectMapper().readTree(completion.text()).get("ok").isBoolean()).isTrue();
    assertThat(completion.inputTokens()).isPositive();
    assertThat(completion.outputTokens()).isPositive();
  }

  @Test
  void anAnswerThatIsCutSaysSo() throws Exception {
    String schema = "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":100}";
    Completion completion = ask("Which?", schema, 5, PATIENCE);

    assertThat(completion.end()).isEqualTo(Completion.End.LENGTH);
    assertThat(completion.outputTokens()).isEqualTo(5);
  }

  @Test
  void whatIsTooLongForItIsALimit() {
    assertThat(failure("word ".repeat(20_000), PATIENCE).category()).isEqualTo(Category.LIMIT);
  }

  @Test
  void aTimeThatIsTooShortIsKept() {
    assertThat(failure("Count to a thousand.", Duration.ofMillis(1)))
        .hasMessageContaining("PT0.001S")
        .extracting(LogSenseException::category)
        .isEqualTo(Category.TRANSIENT);
  }
}
