package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A model that answers as it was told to; the last answer again and again. */
final class Scripted implements LanguageModel {
  final List<Prompt> prompts = new ArrayList<>();
  private final String id;
  private final Deque<Function<Prompt, Completion>> answers = new ArrayDeque<>();

  Scripted(String id) {
    this.id = id;
  }

  static Scripted answering(String... texts) {
    Scripted model = new Scripted("scripted");
    for (String text : texts) {
      model.then(prompt -> new Completion(text, 1000, 100, Completion.End.COMPLETE));
    }
    return model;
  }

  static Scripted failing(LogSenseException.Category category) {
    return new Scripted("scripted")
        .then(
            prompt -> {
              throw new LogSenseException(category, "the model is away");
            });
  }

  Scripted then(Function<Prompt, Completion> answer) {
    answers.add(answer);
    return this;
  }

  @Override
  public String modelId() {
    return id;
  }

  @Override
  public Completion complete(Prompt prompt) {
    prompts.add(prompt);
    Function<Prompt, Completion> next =
        answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    return next.apply(prompt);
  }
}
