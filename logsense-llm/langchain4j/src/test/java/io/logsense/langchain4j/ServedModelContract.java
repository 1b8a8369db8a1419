package io.logsense.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.testkit.Faults;
import io.logsense.testkit.Faults.Fault;
import io.logsense.testkit.LanguageModelContract;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract and what servers do wrong, for a model of a provider before a real connection. */
abstract class ServedModelContract extends LanguageModelContract {
  static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"cause\":{\"type\":\"string\"}},\"required\":[\"cause\"]}";

  private final Protocol protocol;
  private ModelServer server;

  ServedModelContract(Protocol protocol) {
    this.protocol = protocol;
  }

  /** A model of the provider that has this name there and is given this key. */
  abstract LanguageModel model(String url, String name, String key);

  @BeforeEach
  void startTheServer() throws IOException {
    server();
  }

  @AfterEach
  void stopTheServer() throws IOException {
    server.close();
  }

  ModelServer server() {
    try {
      server = server == null ? new ModelServer(protocol) : server;
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected LanguageModel open() {
    return model(server().url(), ModelServer.MODEL, ModelServer.KEY);
  }

  @Override
  protected Optional<LanguageModel> unknown() {
    return Optional.of(model(server().url(), "nobody", ModelServer.KEY));
  }

  @Override
  protected Optional<LanguageModel> unauthorized() {
    return protocol == Protocol.OLLAMA
        ? Optional.empty()
        : Optional.of(model(server().url(), ModelServer.MODEL, "sk-wrong-9876"));
  }

  @Override
  protected Optional<String> tooLong() {
    return Optional.of("word ".repeat(ModelServer.WINDOW));
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(server());
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(ModelServer.KEY, "sk-wrong-9876");
  }

  private static Prompt prompt(Duration timeout) {
    return new Prompt("You find causes.", "Why?", SCHEMA, 50, timeout);
  }

  @Test
  void theServerIsGivenTheSchemaAndTheLimit() throws Exception {
    server.say("{\"cause\":\"a null total\"}");
    Completion completion = open().complete(prompt(deadline()));

    assertThat(completion.text()).isEqualTo("{\"cause\":\"a null total\"}");
    assertThat(completion.end()).isEqualTo(Completion.End.COMPLETE);
    assertThat(completion.inputTokens()).isEqualTo(7);
    assertThat(completion.outputTokens()).isEqualTo(3);
    assertThat(protocol.most(server.requests().get(0))).isEqualTo(50);
    String request = server.requests().get(0).toString();
    assertThat(request).contains("You find causes.", "Why?");
    assertThat(request.contains("\"cause\":{\"type\":\"string\"}")).isEqualTo(protocol.hasSchema());
  }

  @Test
  void proseIsHandedOnAsItIsWhereTheSchemaIsIgnored() throws Exception {
    server.say("I think that the total is null.");

    Completion completion = open().complete(prompt(deadline()));
    assertThat(completion.text()).isEqualTo("I think that the total is null.");
    assertThat(completion.end()).isEqualTo(Completion.End.COMPLETE);
  }

  @Test
  void jsonThatIsCutSaysSo() throws Exception {
    server.say("{\"cause\": \"" + "a ".repeat(100) + "\"}");

    Completion completion = open().complete(prompt(deadline()));
    assertThat(completion.end()).isEqualTo(Completion.End.LENGTH);
    assertThat(completion.text()).startsWith("{\"cause\"").doesNotContain("}");
  }

  @Test
  void twoHundredMillisecondsAreKept() throws Exception {
    server.inject(Fault.SILENT);
    LogSenseException failure =
        catchThrowableOfType(
            LogSenseException.class, () -> open().complete(prompt(Duration.ofMillis(200))));

    assertThat(failure.category()).isEqualTo(Category.TRANSIENT);
    assertThat(failure).hasMessageContaining("PT0.2S");
    server.heal();
  }

  @Test
  void oneCallIsOneRequest() throws Exception {
    server.inject(Fault.FAILED);
    catchThrowableOfType(LogSenseException.class, () -> open().complete(prompt(deadline())));

    assertThat(server.requests()).hasSize(1);
  }
}
