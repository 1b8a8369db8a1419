package io.logsense.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import io.logsense.api.llm.LanguageModel;

class AnthropicModelTest extends ServedModelContract {
  AnthropicModelTest() {
    super(Protocol.ANTHROPIC);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    return LangChain4j.languageModel(
        "anthropic/" + name,
        AnthropicChatModel.builder()
            .baseUrl(url)
            .modelName(name)
            .apiKey(key)
            .maxRetries(0)
            .build());
  }
}
