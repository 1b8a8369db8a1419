package io.logsense.langchain4j;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.logsense.api.llm.LanguageModel;

class OpenAiStreamingModelTest extends ServedModelContract {
  OpenAiStreamingModelTest() {
    super(Protocol.OPENAI);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    return LangChain4j.languageModel(
        "openai/" + name,
        OpenAiStreamingChatModel.builder().baseUrl(url).modelName(name).apiKey(key).build());
  }
}
