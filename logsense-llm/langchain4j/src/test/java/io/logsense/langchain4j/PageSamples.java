package io.logsense.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.logsense.Maskers;
import io.logsense.analysis.AnalysisQueue;
import io.logsense.analysis.GuardedModel;
import io.logsense.analysis.ModelAnalyzer;
import io.logsense.analysis.Price;
import io.logsense.analysis.PromptLog;
import io.logsense.analysis.ReportCache;
import io.logsense.analysis.SpendingCap;
import io.logsense.analysis.SpendingCap.Scope;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.store.DocumentStore;
import io.logsense.resilience.Resilience;
import io.logsense.resilience.ResilienceSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import software.amazon.awssdk.regions.Region;

/** What {@code docs/language-models.md} shows, compiled. */
final class PageSamples {
  private PageSamples() {}

  static List<ChatModel> providers(String key, String url, String name) {
    ChatModel ollama = OllamaChatModel.builder().baseUrl(url).modelName(name).maxRetries(0).build();
    ChatModel openAi =
        OpenAiChatModel.builder().baseUrl(url).apiKey(key).modelName(name).maxRetries(0).build();
    ChatModel anthropic =
        AnthropicChatModel.builder().apiKey(key).modelName(name).maxRetries(0).build();
    ChatModel gemini =
        GoogleAiGeminiChatModel.builder().apiKey(key).modelName(name).maxRetries(0).build();
    ChatModel bedrock =
        BedrockChatModel.builder().region(Region.EU_CENTRAL_1).modelId(name).maxRetries(0).build();
    return List.of(ollama, openAi, anthropic, gemini, bedrock);
  }

  static RootCauseReport report(
      ChatModel chatModel, DocumentStore documents, Logger audit, Incident incident)
      throws InterruptedException {
    LanguageModel model = LangChain4j.languageModel("ollama/llama3.1", chatModel);
    GuardedModel guarded =
        GuardedModel.builder(model, Maskers.standard())
            .cap(SpendingCap.builder().tokens(Scope.ALL, 200_000).keptIn(documents).build())
            .log(new PromptLog(documents))
            .audit(entry -> audit.info("{}", entry))
            .build();
    RootCauseAnalyzer analyzer =
        ModelAnalyzer.builder(guarded).cache(new ReportCache(documents)).build();
    RootCauseReport report = analyzer.analyze(incident);
    return report;
  }

  static SpendingCap cap(DocumentStore documents) {
    SpendingCap cap =
        SpendingCap.builder()
            .tokens(Scope.ALL, 2_000_000)
            .tokens(Scope.TENANT, 200_000)
            .tokens(Scope.CLUSTER, 20_000)
            .money(Scope.ALL, new BigDecimal("5.00"))
            .price("openai/gpt-4.1", Price.of("2.00", "8.00"))
            .price("openai/gpt-4.1-mini", Price.of("0.40", "1.60"))
            .keptIn(documents)
            .build();
    return cap;
  }

  static AnalysisQueue host(
      LanguageModel large,
      LanguageModel small,
      SpendingCap cap,
      List<RootCauseReport> reports,
      int perMinute) {
    Resilience resilience =
        Resilience.of(ResilienceSettings.builder().circuit(10, 50, Duration.ofMinutes(1)).build());
    GuardedModel careful =
        GuardedModel.builder(resilience.model(large), Maskers.standard())
            .cap(cap)
            .tenant("shop")
            .build();
    GuardedModel quick =
        GuardedModel.builder(resilience.model(small), Maskers.standard())
            .cap(cap)
            .tenant("shop")
            .build();
    AnalysisQueue queue =
        new AnalysisQueue(
            ModelAnalyzer.builder(careful).smaller(quick).build(),
            (incident, report) -> reports.add(report),
            1000,
            perMinute);
    return queue;
  }
}
