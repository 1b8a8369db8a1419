package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.testkit.Faults.Fault;
import io.logsense.testkit.HttpReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpLanguageModelTest {
  private static final String KEY = "sk-secret-0123";
  private static final Prompt PROMPT =
      new Prompt("Be brief.", "Why?", "{\"type\":\"object\"}", 9, Duration.ofSeconds(60));

  private HttpReceiver server;

  @BeforeEach
  void start() throws IOException {
    server = HttpReceiver.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private LanguageModel model(String provider) {
    return new HttpLanguageModel(provider, "toy-1", URI.create(server.uri() + "/v1/"), KEY);
  }

  private LogSenseException failure(Prompt prompt) {
    return catchThrowableOfType(LogSenseException.class, () -> model("vllm").complete(prompt));
  }

  @Test
  void theServerIsAskedAsItsProtocolSays() throws Exception {
    server.answer(
        """
        {"choices":[{"message":{"content":"A null total."},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":12,"completion_tokens":4}}""");

    Completion completion = model("vllm").complete(PROMPT);

    assertThat(completion)
        .isEqualTo(new Completion("A null total.", 12, 4, Completion.End.COMPLETE));
    assertThat(server.received().get(0))
        .startsWith("POST /v1/chat/completions")
        .contains("Bearer " + KEY)
        .contains("\"model\":\"toy-1\"", "\"max_tokens\":9", "\"content\":\"Why?\"")
        .contains("\"schema\":{\"type\":\"object\"}");
    model("openai").complete(PROMPT);
    assertThat(server.received().get(1)).contains("\"max_completion_tokens\":9");
    assertThat(model("openai").modelId()).isEqualTo("openai/toy-1");
  }

  @Test
  void anAnswerThatIsCutOrRefusedSaysSo() throws Exception {
    server.answer("{\"choices\":[{\"message\":{\"content\":\"{\"},\"finish_reason\":\"length\"}]}");
    Completion cut = model("vllm").complete(PROMPT);
    assertThat(cut).isEqualTo(new Completion("{", -1, -1, Completion.End.LENGTH));

    server.answer("{\"choices\":[{\"message\":{},\"finish_reason\":\"content_filter\"}]}");
    assertThat(model("vllm").complete(PROMPT).end()).isEqualTo(Completion.End.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, TRANSIENT",
    "FAILED, TRANSIENT",
    "REFUSED, TRANSIENT",
    "REJECTED, EXTERNAL"
  })
  void aFailureSaysWhoCanAct(Fault fault, Category category) throws Exception {
    server.inject(fault);

    LogSenseException failure = failure(PROMPT);

    assertThat(failure.category()).as(failure.getMessage()).isEqualTo(category);
    assertThat(failure).hasMessageContaining("vllm/toy-1");
    assertThat(failure.getMessage()).doesNotContain(KEY);
  }

  @Test
  void twoHundredMillisecondsAreKept() throws Exception {
    server.inject(Fault.SILENT);
    Prompt hasty = new Prompt("", "Why?", null, 9, Duration.ofMillis(200));

    assertThat(failure(hasty).category()).isEqualTo(Category.TRANSIENT);
    server.heal();
  }

  @Test
  void anotherAddressOfTheServerIsNamed() {
    server.answer("<html>Welcome</html>");

    assertThat(failure(PROMPT)).hasMessageContaining("is " + server.uri() + "/v1/chat/completions");
  }
}
