package io.logsense.analysis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.Prompt;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every prompt and its answer, kept as documents of the kind {@value #KIND} until they are purged.
 * Thread-safe if its store is.
 */
public final class PromptLog implements Purgeable {
  /** The kind of its documents. */
  public static final String KIND = "prompt";

  private final DocumentStore store;

  /** A log in {@code store}, which the caller closes. */
  public PromptLog(DocumentStore store) {
    this.store = store;
  }

  /** Notes a prompt, before it is sent; returns the id of its document. */
  String sending(Instant time, GuardedModel.Topic topic, String model, Prompt prompt) {
    // In the order of time; the rest tells apart what is sent at the same time.
    String id = "%019d-%s".formatted(time.toEpochMilli(), UUID.randomUUID());
    write(id, entry(time, topic, model, prompt));
    return id;
  }

  /** Notes what came of a prompt. */
  void answered(
      String id,
      Instant time,
      GuardedModel.Topic topic,
      String model,
      Prompt prompt,
      @Nullable Completion answer,
      String failure) {
    ObjectNode entry = entry(time, topic, model, prompt);
    if (answer != null) {
      entry.put("answer", answer.text());
      entry.put("inputTokens", answer.inputTokens());
      entry.put("outputTokens", answer.outputTokens());
      entry.put("end", answer.end().name());
    }
    if (!failure.isEmpty()) {
      entry.put("failure", failure);
    }
    write(id, entry);
  }

  private static ObjectNode entry(
      Instant time, GuardedModel.Topic topic, String model, Prompt prompt) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("time", time.toString());
    entry.put("subject", topic.subject());
    entry.put("model", model);
    entry.put("template", topic.template());
    entry.put("system", prompt.system());
    entry.put("user", prompt.user());
    return entry;
  }

  private void write(String id, ObjectNode entry) {
    store.put(List.of(Documents.of(KIND, id, entry)));
  }

  @Override
  public long mentions(Subject subject) {
    return Documents.naming(store, KIND, subject).size();
  }

  /** Removes prompts, with their answers, that mention it; freed pages are the store's to purge. */
  @Override
  public long purge(Subject subject) {
    return Documents.purge(store, KIND, subject);
  }

  /**
   * Removes all prompts sent before {@code time}, and their answers.
   *
   * @return how many
   */
  public int purgeBefore(Instant time) {
    String limit = "%019d".formatted(time.toEpochMilli());
    int removed = 0;
    for (Document document : store.list(KIND)) {
      if (document.id().compareTo(limit) < 0 && store.remove(KIND, document.id())) {
        removed++;
      }
    }
    return removed;
  }
}
