package io.logsense.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A language model as a chat model of LangChain4j: system and user messages, no tools. */
final class LanguageChatModel implements ChatModel {
  private static final int MOST_OUTPUT = 4096;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final LanguageModel model;

  LanguageChatModel(LanguageModel model) {
    this.model = model;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    if (request.toolSpecifications() != null && !request.toolSpecifications().isEmpty()) {
      throw new UnsupportedFeatureException("model " + model.modelId() + " has no tools");
    }
    try {
      Completion completion = model.complete(prompt(request));
      return ChatResponse.builder()
          .aiMessage(AiMessage.from(completion.text()))
          .modelName(model.modelId())
          .tokenUsage(usage(completion))
          .finishReason(
              switch (completion.end()) {
                case COMPLETE -> FinishReason.STOP;
                case LENGTH -> FinishReason.LENGTH;
                case REFUSED -> FinishReason.CONTENT_FILTER;
              })
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InternalServerException("interrupted while waiting for " + model.modelId(), e);
    } catch (LogSenseException e) {
      throw e.category() == Category.TRANSIENT
          ? new InternalServerException(e.getMessage(), e)
          : new InvalidRequestException(e.getMessage(), e);
    }
  }

  private static Prompt prompt(ChatRequest request) {
    StringBuilder system = new StringBuilder();
    StringBuilder user = new StringBuilder();
    for (ChatMessage message : request.messages()) {
      if (message instanceof SystemMessage said) {
        append(system, said.text());
      } else if (message instanceof UserMessage asked && asked.hasSingleText()) {
        append(user, asked.singleText());
      } else if (message instanceof AiMessage answered && answered.text() != null) {
        append(user, "You answered: " + answered.text());
      } else {
        throw new UnsupportedFeatureException("only messages of text are supported");
      }
    }
    Integer most = request.maxOutputTokens();
    return new Prompt(
        system.toString(),
        user.toString(),
        schema(request.responseFormat()),
        most == null ? MOST_OUTPUT : most,
        TIMEOUT);
  }

  private static void append(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : "\n\n").append(more);
  }

  private static @Nullable String schema(@Nullable ResponseFormat format) {
    return format != null
            && format.jsonSchema() != null
            && format.jsonSchema().rootElement() instanceof JsonRawSchema raw
        ? raw.schema()
        : null;
  }

  private static @Nullable TokenUsage usage(Completion completion) {
    return completion.inputTokens() < 0 || completion.outputTokens() < 0
        ? null
        : new TokenUsage(
            Math.toIntExact(completion.inputTokens()), Math.toIntExact(completion.outputTokens()));
  }
}
