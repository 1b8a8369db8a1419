package io.logsense.resilience;

import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;

/** A model that is asked again. */
record GuardedModel(LanguageModel model, Guard guard) implements LanguageModel {
  @Override
  public String modelId() {
    return model.modelId();
  }

  @Override
  public Completion complete(Prompt prompt) throws InterruptedException {
    try {
      return guard.call(() -> model.complete(prompt));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw Calls.unchecked(e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
