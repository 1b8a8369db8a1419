package io.logsense.langchain4j;

import dev.langchain4j.model.ollama.OllamaChatModel;
import io.logsense.api.llm.LanguageModel;

class OllamaModelTest extends ServedModelContract {
  OllamaModelTest() {
    super(Protocol.OLLAMA);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    return LangChain4j.languageModel(
        "ollama/" + name,
        OllamaChatModel.builder().baseUrl(url).modelName(name).maxRetries(0).build());
  }
}
