package io.logsense.langchain4j;

import dev.langchain4j.model.openai.OpenAiChatModel;
import io.logsense.api.llm.LanguageModel;

class OpenAiModelTest extends ServedModelContract {
  OpenAiModelTest() {
    super(Protocol.OPENAI);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    return LangChain4j.languageModel(
        "openai/" + name,
        OpenAiChatModel.builder().baseUrl(url).modelName(name).apiKey(key).maxRetries(0).build());
  }
}
