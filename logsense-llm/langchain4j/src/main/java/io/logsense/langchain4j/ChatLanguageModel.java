package io.logsense.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A chat model of LangChain4j as a language model. Each call runs in a thread of its own, which is
 * interrupted when the prompt's time is over: not every provider keeps to a time-out.
 */
final class ChatLanguageModel implements LanguageModel {
  private final String id;
  private final BiConsumer<ChatRequest, CompletableFuture<ChatResponse>> model;

  ChatLanguageModel(String id, BiConsumer<ChatRequest, CompletableFuture<ChatResponse>> model) {
    if (id.isEmpty() || id.length() > 200 || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new LogSenseException(
          Category.USAGE,
          "model id '" + id + "': it must be 1 to 200 printable ASCII characters without spaces");
    }
    this.id = id;
    this.model = model;
  }

  @Override
  public String modelId() {
    return id;
  }

  @Override
  public Completion complete(Prompt prompt) throws InterruptedException {
    ChatRequest request = request(prompt);
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    Thread caller = new Thread(() -> call(request, answer), "logsense-model");
    caller.setDaemon(true);
    caller.start();
    try {
      return completion(answer.get(prompt.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new LogSenseException(
          Category.TRANSIENT, "model " + id + " did not answer within " + prompt.timeout(), e);
    } catch (ExecutionException e) {
      throw Failures.of(id, e.getCause() == null ? e : e.getCause());
    } finally {
      caller.interrupt();
    }
  }

  private void call(ChatRequest request, CompletableFuture<ChatResponse> answer) {
    try {
      model.accept(request, answer);
    } catch (Throwable e) { // of a provider: it belongs to who asked
      answer.completeExceptionally(e);
    }
  }

  private static ChatRequest request(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!prompt.system().isBlank()) {
      messages.add(SystemMessage.from(prompt.system()));
    }
    messages.add(UserMessage.from(prompt.user()));
    ChatRequest.Builder request =
        ChatRequest.builder().messages(messages).maxOutputTokens(prompt.maxOutputTokens());
    String schema = prompt.schema();
    if (schema != null) {
      request.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(
                  JsonSchema.builder()
                      .name("answer")
                      .rootElement(JsonRawSchema.from(schema))
                      .build())
              .build());
    }
    return request.build();
  }

  private static Completion completion(ChatResponse response) {
    TokenUsage usage = response.tokenUsage();
    String text = response.aiMessage() == null ? null : response.aiMessage().text();
    return new Completion(
        text == null ? "" : text,
        usage == null ? Completion.UNKNOWN : count(usage.inputTokenCount()),
        usage == null ? Completion.UNKNOWN : count(usage.outputTokenCount()),
        end(response.finishReason()));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? Completion.UNKNOWN : tokens;
  }

  private static Completion.End end(@Nullable FinishReason reason) {
    if (reason == FinishReason.LENGTH) {
      return Completion.End.LENGTH;
    }
    return reason == FinishReason.CONTENT_FILTER ? Completion.End.REFUSED : Completion.End.COMPLETE;
  }
}
