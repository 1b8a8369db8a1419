package io.logsense.testkit;

import io.logsense.api.llm.LanguageModel;
import java.util.Optional;

class ScriptedLanguageModelTest extends LanguageModelContract {
  private final ScriptedLanguageModel model =
      ScriptedLanguageModel.answering("one two three four five");

  @Override
  protected LanguageModel open() {
    return model;
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(model);
  }
}
