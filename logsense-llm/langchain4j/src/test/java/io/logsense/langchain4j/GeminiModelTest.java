package io.logsense.langchain4j;

import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import io.logsense.api.llm.LanguageModel;

class GeminiModelTest extends ServedModelContract {
  GeminiModelTest() {
    super(Protocol.GEMINI);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    return LangChain4j.languageModel(
        "gemini/" + name,
        GoogleAiGeminiChatModel.builder()
            .baseUrl(url)
            .modelName(name)
            .apiKey(key)
            .maxRetries(0)
            .build());
  }
}
