package io.logsense.resilience;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;

/**
 * A model that is left alone while it fails, and asked no more often than agreed. One call is one
 * attempt, as {@link LanguageModel} says. A prompt that it was not given at all is a limit and no
 * failure: whoever counts what prompts may have cost need not count it.
 */
record ResilientModel(LanguageModel model, Guard guard) implements LanguageModel {
  @Override
  public String modelId() {
    return model.modelId();
  }

  @Override
  public Completion complete(Prompt prompt) throws InterruptedException {
    boolean[] given = {false};
    try {
      return guard.call(
          () -> {
            given[0] = true;
            return model.complete(prompt);
          });
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw given[0]
          ? Calls.unchecked(e)
          : new LogSenseException(Category.LIMIT, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
