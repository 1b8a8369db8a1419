package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.testkit.Faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LanguageModel} must do. Extend it, and say how to open one, at best with a
 * {@link FaultyProxy} before its server.
 */
public abstract class LanguageModelContract {
  private static final int THREADS = 16;
  private static final int TOKENS = 64;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  private LanguageModel model;

  /** For the class that extends this. */
  protected LanguageModelContract() {}

  /** A model that answers, which the test closes. */
  protected abstract LanguageModel open() throws Exception;

  /** A model of a name that the server does not know; none unless overridden. */
  protected Optional<LanguageModel> unknown() throws Exception {
    return Optional.empty();
  }

  /** A model with a key that the server does not accept; none unless overridden. */
  protected Optional<LanguageModel> unauthorized() throws Exception {
    return Optional.empty();
  }

  /** What is too long a question for the model; nothing unless overridden. */
  protected Optional<String> tooLong() {
    return Optional.empty();
  }

  /** What is answered with far more than one token; {@code Count from one to one hundred.} */
  protected String question() {
    return "Count from one to one hundred.";
  }

  /** What can break the connection or the server; nothing unless overridden. */
  protected Optional<Faults> faults() {
    return Optional.empty();
  }

  /** Keys and tokens in use, which must not be seen; none unless overridden. */
  protected Set<String> secrets() {
    return Set.of();
  }

  /** How long any single answer may take on the slowest of machines: 60 s unless overridden. */
  protected Duration deadline() {
    return Duration.ofSeconds(60);
  }

  @BeforeEach
  void openTheModel() throws Exception {
    model = open();
  }

  @AfterEach
  void closeTheModel() throws Exception {
    new Watch(deadline()).run("close", model::close);
  }

  private Prompt prompt(String user, int tokens, Duration timeout) {
    return new Prompt("You answer briefly.", user, null, tokens, timeout);
  }

  private Completion ask(LanguageModel asked, Prompt prompt) throws Exception {
    return new Watch(deadline().multipliedBy(2)).call("complete", () -> asked.complete(prompt));
  }

  private Completion ask(String user) throws Exception {
    return ask(model, prompt(user, TOKENS, deadline()));
  }

  @Test
  void aPromptIsAnswered() throws Exception {
    Completion completion = ask(question());

    assertThat(completion.text()).isNotBlank();
    assertThat(completion.inputTokens()).isGreaterThanOrEqualTo(Completion.UNKNOWN);
    assertThat(completion.outputTokens()).isGreaterThanOrEqualTo(Completion.UNKNOWN);
  }

  @Test
  void aPromptMayAskForASchemaAndHoldAnyText() throws Exception {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";
    assertThat(ask(model, new Prompt("", "1+1?", schema, TOKENS, deadline())).text()).isNotNull();
    for (String text :
        List.of(
            "\"quoted\" \\ {json: [}", "a\0b\u0007", "\uD83D\uDD25 \u8FDE", "lone \uD83D", " ")) {
      assertThat(ask(text).text()).isNotNull();
    }
  }

  @Test
  void anAnswerThatIsCutSaysSo() throws Exception {
    Completion completion = ask(model, prompt(question(), 1, deadline()));

    assertThat(completion.end()).isEqualTo(Completion.End.LENGTH);
    assertThat(completion.outputTokens()).isLessThanOrEqualTo(1);
  }

  @Test
  void theIdIsAlwaysTheSameAndNeedsNoServer() throws Exception {
    String id = model.modelId();
    assertThat(id).hasSizeBetween(1, 200).matches("[!-~]+");
    try (LanguageModel another = open()) {
      assertThat(another.modelId()).isEqualTo(id);
    }
    for (String secret : secrets()) {
      assertThat(id).doesNotContain(secret);
      assertThat(model.toString()).doesNotContain(secret);
    }
    Optional<Faults> faults = faults().filter(some -> some.supported().contains(Fault.REFUSED));
    if (faults.isPresent()) {
      faults.get().inject(Fault.REFUSED);
      assertThat(model.modelId()).isEqualTo(id);
      faults.get().heal();
    }
  }

  @Test
  void sixteenThreadsAreAnswered() throws Exception {
    List<Watch.Call<Completion>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String user = question() + " Question " + i;
      Duration patience = deadline().multipliedBy(THREADS);
      calls.add(
          new Watch(patience)
              .start("complete", () -> model.complete(prompt(user, TOKENS, patience))));
    }
    for (Watch.Call<Completion> call : calls) {
      assertThat(call.get().text()).isNotBlank();
    }
  }

  @Test
  void anUnknownModelIsForTheOperator() throws Exception {
    assertRefused(unknown());
  }

  @Test
  void aWrongKeyIsForTheOperatorAndIsNotShown() throws Exception {
    assertRefused(unauthorized());
  }

  private void assertRefused(Optional<LanguageModel> refused) throws Exception {
    assumeThat(refused).as("a fixture for it").isPresent();
    try (LanguageModel other = refused.orElseThrow()) {
      assertFails(other, prompt(question(), TOKENS, deadline()), Category.EXTERNAL);
    }
  }

  @Test
  void aPromptThatIsTooLongIsALimit() throws Exception {
    assumeThat(tooLong()).as("a fixture for it").isPresent();
    assertFails(model, prompt(tooLong().orElseThrow(), TOKENS, deadline()), Category.LIMIT);
  }

  @Test
  void aRefusedConnectionIsTransient() throws Exception {
    assertTransientUnder(Fault.REFUSED, deadline());
  }

  @Test
  void aLostConnectionIsTransient() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.RESET);
    faults.inject(Fault.RESET);
    try {
      assertThat(ask(model, prompt(question(), TOKENS, deadline())).text()).isNotBlank();
    } catch (LogSenseException e) {
      assertThat(e.category()).isEqualTo(Category.TRANSIENT);
    }
    faults.heal();
    assertThat(ask(question()).text()).isNotBlank();
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsTransient() throws Exception {
    assertTransientUnder(Fault.SILENT, SHORT);
  }

  @Test
  void tooManyCallsAreTransient() throws Exception {
    assertTransientUnder(Fault.THROTTLED, deadline());
  }

  @Test
  void aServerThatFailsIsTransient() throws Exception {
    assertTransientUnder(Fault.FAILED, deadline());
  }

  private void assertTransientUnder(Fault fault, Duration timeout) throws Exception {
    Faults faults = Assume.faults(faults(), fault);
    faults.inject(fault);
    assertFails(model, prompt(question(), TOKENS, timeout), Category.TRANSIENT);
    faults.heal();
    assertThat(ask(question()).text()).as("after the fault").isNotBlank();
  }

  private void assertFails(LanguageModel asked, Prompt prompt, Category category) {
    assertThatThrownBy(() -> ask(asked, prompt))
        .isInstanceOfSatisfying(
            LogSenseException.class,
            e -> {
              assertThat(e.category()).as(e.getMessage()).isEqualTo(category);
              secrets()
                  .forEach(secret -> assertThat(NotifierContract.shown(e)).doesNotContain(secret));
            });
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Faults faults = Assume.faults(faults(), Fault.SILENT);
    faults.inject(Fault.SILENT);
    Watch.Call<Completion> call =
        new Watch(deadline())
            .start("complete", () -> model.complete(prompt(question(), TOKENS, LONG)));
    call.interrupt();
    assertThatThrownBy(call::get).isInstanceOf(InterruptedException.class);
    faults.heal();
  }

  @Test
  void closingTwiceIsOnce() throws Exception {
    LanguageModel another = open();
    another.close();
    another.close();

    assertThat(ask(question()).text()).as("of one that was not closed").isNotBlank();
  }
}
