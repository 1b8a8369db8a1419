package io.logsense.analysis;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.llm.Completion;
import io.logsense.api.llm.LanguageModel;
import io.logsense.api.llm.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** llama.cpp inside the test, with a prompt's schema as the grammar of its answer. */
final class InProcessModel implements LanguageModel {
  final List<Completion> answers = new ArrayList<>();
  private final LlamaModel model;
  private final float quotes;

  /**
   * Loads a model.
   *
   * @param quotes how much likelier than by its weights a quotation mark is, which ends strings
   */
  InProcessModel(Path file, float quotes) {
    LlamaModel.setLogger(LogFormat.TEXT, (level, line) -> {});
    model =
        new LlamaModel(
            new ModelParameters()
                .setModel(file.toString())
                .setCtxSize(ToyModel.CONTEXT)
                .setThreads(1) // several wait for one another in loops, long where cores are few
                .setGpuLayers(0)
                .skipWarmup());
    this.quotes = quotes;
  }

  @Override
  public String modelId() {
    return "toy";
  }

  @Override
  public Completion complete(Prompt prompt) {
    String text = prompt.system() + "\n" + prompt.user() + "\n";
    int input = model.encode(text).length;
    if (input + prompt.maxOutputTokens() > ToyModel.CONTEXT) {
      throw new LogSenseException(Category.LIMIT, input + " tokens");
    }
    InferenceParameters parameters =
        new InferenceParameters(text)
            .setNPredict(prompt.maxOutputTokens())
            .setTemperature(1)
            .setSeed(7)
            .setTokenBias(Map.of("\"", quotes));
    if (prompt.schema() != null) {
      // Each length would be thousands of rules, which take minutes.
      String schema = prompt.schema().replaceAll("\"maxLength\":\\d+", "\"default\":null");
      parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(schema));
    }
    try {
      String answer = model.complete(parameters);
      int output = model.encode(answer).length;
      Completion.End end =
          output >= prompt.maxOutputTokens() ? Completion.End.LENGTH : Completion.End.COMPLETE;
      Completion completion = new Completion(answer, input, output, end);
      answers.add(completion);
      return completion;
    } catch (RuntimeException e) {
      throw new LogSenseException(Category.EXTERNAL, "decoding failed", e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
