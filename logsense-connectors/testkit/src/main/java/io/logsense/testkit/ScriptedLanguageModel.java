package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers as it was told to, for tests of what asks models. Its answers come in order,
 * the last one again and again; a word counts as a token. Users call it; thread-safe.
 *
 * <pre>{@code
 * ScriptedLanguageModel model =
 *     ScriptedLanguageModel.answering("{\"cause\":\"a null total\"}")
 *         .then(prompt -> { throw new LogSenseException(Category.TRANSIENT, "too many calls"); });
 * }</pre>
 */
public final class ScriptedLanguageModel implements LanguageModel, Faults {
  private static final long POLL_MILLIS = 10;

  private final Deque<Function<Prompt, Completion>> answers = new ArrayDeque<>();
  private final List<Prompt> prompts = new ArrayList<>();
  private @Nullable Fault fault;

  private ScriptedLanguageModel() {}

  /** A model that gives these answers, cut where a prompt allows fewer tokens. */
  public static ScriptedLanguageModel answering(String first, String... more) {
    ScriptedLanguageModel model = new ScriptedLanguageModel().then(prompt -> cut(first, prompt));
    for (String text : more) {
      model.then(prompt -> cut(text, prompt));
    }
    return model;
  }

  /** A model that answers like this, or throws. */
  public static ScriptedLanguageModel answering(Function<Prompt, Completion> first) {
    return new ScriptedLanguageModel().then(first);
  }

  private static Completion cut(String text, Prompt prompt) {
    String[] words = text.split(" ", -1);
    boolean isCut = words.length > prompt.maxOutputTokens();
    int length = isCut ? prompt.maxOutputTokens() : words.length;
    return new Completion(
        isCut ? String.join(" ", List.of(words).subList(0, length)) : text,
        tokens(prompt.system()) + tokens(prompt.user()),
        length,
        isCut ? Completion.End.LENGTH : Completion.End.COMPLETE);
  }

  private static long tokens(String text) {
    return text.split(" ", -1).length;
  }

  /** Gives {@code answer} after the answers so far; it may throw. */
  public synchronized ScriptedLanguageModel then(Function<Prompt, Completion> answer) {
    answers.add(answer);
    return this;
  }

  /** The prompts that it was given, in order. */
  public synchronized List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  @Override
  public String modelId() {
    return "scripted";
  }

  @Override
  public synchronized Completion complete(Prompt prompt) throws InterruptedException {
    prompts.add(prompt);
    long end = System.nanoTime() + prompt.timeout().toNanos();
    while (fault == Fault.SILENT && System.nanoTime() < end) {
      wait(POLL_MILLIS);
    }
    if (fault != null) {
      throw new LogSenseException(Category.TRANSIENT, "an injected fault: " + fault);
    }
    Function<Prompt, Completion> answer =
        answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    return answer.apply(prompt);
  }

  @Override
  public Set<Fault> supported() {
    return EnumSet.of(Fault.REFUSED, Fault.SILENT, Fault.RESET, Fault.THROTTLED, Fault.FAILED);
  }

  @Override
  public synchronized void inject(Fault next) {
    fault = next;
  }

  @Override
  public synchronized void heal() {
    fault = null;
    notifyAll();
  }
}
