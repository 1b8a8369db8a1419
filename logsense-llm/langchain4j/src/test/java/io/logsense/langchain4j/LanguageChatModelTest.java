package io.logsense.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import io.logsense.testkit.Faults;
import io.logsense.testkit.LanguageModelContract;
import io.logsense.testkit.ScriptedLanguageModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** There and back: a language model as a chat model as a language model. */
class LanguageChatModelTest extends LanguageModelContract {
  private final ScriptedLanguageModel scripted =
      ScriptedLanguageModel.answering("one two three four five");

  @Override
  protected LanguageModel open() {
    return LangChain4j.languageModel("scripted", LangChain4j.chatModel(scripted));
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(scripted);
  }

  @Test
  void messagesBecomeOnePrompt() {
    ChatResponse response =
        LangChain4j.chatModel(scripted)
            .chat(
                ChatRequest.builder()
                    .messages(
                        SystemMessage.from("You are brief."),
                        UserMessage.from("Why?"),
                        AiMessage.from("A null total."),
                        UserMessage.from("Where?"))
                    .maxOutputTokens(2)
                    .build());

    Prompt prompt = scripted.prompts().get(0);
    assertThat(prompt.system()).isEqualTo("You are brief.");
    assertThat(prompt.user()).isEqualTo("Why?\n\nYou answered: A null total.\n\nWhere?");
    assertThat(prompt.maxOutputTokens()).isEqualTo(2);
    assertThat(response.aiMessage().text()).isEqualTo("one two");
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(2);
  }

  @Test
  void toolsAreRefused() {
    ChatRequest request =
        ChatRequest.builder()
            .messages(UserMessage.from("Why?"))
            .toolSpecifications(ToolSpecification.builder().name("grep").build())
            .build();

    assertThatThrownBy(() -> LangChain4j.chatModel(scripted).chat(request))
        .isInstanceOf(UnsupportedFeatureException.class);
    assertThat(scripted.prompts()).isEmpty();
  }

  @Test
  void failuresAreThoseOfLangChain4j() {
    assertThatThrownBy(() -> failing(Category.TRANSIENT).chat("Why?"))
        .isInstanceOf(InternalServerException.class);
    assertThatThrownBy(() -> failing(Category.LIMIT).chat("Why?"))
        .isInstanceOf(InvalidRequestException.class);
  }

  private static ChatModel failing(Category category) {
    LanguageModel model =
        new LanguageModel() {
          @Override
          public String modelId() {
            return "failing";
          }

          @Override
          public Completion complete(Prompt prompt) {
            throw new LogSenseException(category, "no answer");
          }
        };
    return LangChain4j.chatModel(model);
  }
}
