package io.logsense.cli;

import io.logsense.Maskers;
import io.logsense.analysis.GuardedModel;
import io.logsense.analysis.ModelAnalyzer;
import io.logsense.analysis.PromptLog;
import io.logsense.analysis.RankingAnalyzer;
import io.logsense.analysis.ReportCache;
import io.logsense.analysis.SpendingCap;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.RootCauseAnalyzer;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which language model is asked, if any, and how much. */
final class ModelOptions {
  private static final String OLLAMA = "http://localhost:11434/v1";
  private static final String OPENAI = "https://api.openai.com/v1";

  @Option(
      names = "--model",
      paramLabel = "PROVIDER/NAME",
      description = {
        "Ask a language model: ollama/NAME, openai/NAME, or with --base-url any server that speaks"
            + " OpenAI's protocol. Without it nothing leaves this machine. The key is taken from"
            + " $LOGSENSE_MODEL_KEY, for OpenAI itself also from $OPENAI_API_KEY."
      })
  private @Nullable String model;

  @Option(names = "--base-url", paramLabel = "URL", description = "Where the server is.")
  private @Nullable URI base;

  @Option(
      names = "--max-tokens-per-day",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Tokens that models may take in a day of UTC. Default: ${DEFAULT-VALUE}.")
  private long mostTokens = 200_000;

  /** What finds causes: the ranking, or a model within the cap. */
  RootCauseAnalyzer analyzer(Console console) {
    if (model == null) {
      return new RankingAnalyzer();
    }
    DocumentFolder documents = DocumentFolder.in(console.home());
    SpendingCap cap =
        SpendingCap.builder().tokens(SpendingCap.Scope.ALL, mostTokens).keptIn(documents).build();
    GuardedModel guarded =
        GuardedModel.builder(languageModel(console, model), Maskers.standard())
            .cap(cap)
            .log(new PromptLog(documents))
            .build();
    return ModelAnalyzer.builder(guarded).cache(new ReportCache(documents)).build();
  }

  private HttpLanguageModel languageModel(Console console, String named) {
    int slash = named.indexOf('/');
    if (slash < 1 || slash == named.length() - 1) {
      throw new LogSenseException(
          Category.USAGE, "--model " + named + ": write PROVIDER/NAME, such as ollama/llama3.1");
    }
    String provider = named.substring(0, slash);
    String key = console.variable("LOGSENSE_MODEL_KEY");
    URI at = base;
    if (at == null && provider.equals("ollama")) {
      at = URI.create(OLLAMA);
    } else if (at == null && provider.equals("openai")) {
      at = URI.create(OPENAI);
      key = key.isEmpty() ? console.variable("OPENAI_API_KEY") : key;
    }
    if (at == null || at.getHost() == null) {
      throw new LogSenseException(
          Category.USAGE, "--model " + named + ": say with --base-url where its server is");
    }
    return new HttpLanguageModel(provider, named.substring(slash + 1), at, key);
  }
}
