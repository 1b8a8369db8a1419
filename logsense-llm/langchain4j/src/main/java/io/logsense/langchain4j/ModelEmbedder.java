package io.logsense.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.util.ArrayList;
import java.util.List;

/** An embedding model of LangChain4j as an embedder. Rows are scaled to unit length here. */
final class ModelEmbedder implements Embedder {
  private static final int BATCH = 64;

  /** Segments must not be blank, or all control characters: these are embedded as this. */
  private static final String NOTHING = "-";

  private final ModelCard card;
  private final EmbeddingModel model;

  ModelEmbedder(ModelCard card, EmbeddingModel model) {
    this.card = card;
    this.model = model;
  }

  @Override
  public ModelCard model() {
    return card;
  }

  @Override
  public float[][] embed(List<String> texts) {
    float[][] rows = new float[texts.size()][];
    for (int from = 0; from < rows.length; from += BATCH) {
      List<TextSegment> segments = new ArrayList<>();
      for (String text : texts.subList(from, Math.min(rows.length, from + BATCH))) {
        segments.add(TextSegment.from(hasNothing(text) ? NOTHING : cut(text)));
      }
      List<Embedding> answers = ask(segments);
      if (answers.size() != segments.size()) {
        throw new LogSenseException(
            Category.EXTERNAL,
            "model %s gave %d vectors for %d texts"
                .formatted(card.id(), answers.size(), segments.size()));
      }
      for (int i = 0; i < answers.size(); i++) {
        rows[from + i] = unit(answers.get(i).vector().clone());
      }
    }
    return rows;
  }

  /** As a segment sees it: {@code trim} knows control characters, {@code isBlank} wide spaces. */
  private static boolean hasNothing(String text) {
    return text.isBlank() || text.trim().isEmpty();
  }

  private List<Embedding> ask(List<TextSegment> segments) {
    try {
      return model.embedAll(segments).content();
    } catch (RuntimeException e) {
      throw Failures.of(card.id(), e);
    }
  }

  /** Tokens are for the model to count. */
  private String cut(String text) {
    return card.limit().unit() == TextLimit.Unit.CHARACTERS ? card.limit().cut(text) : text;
  }

  private float[] unit(float[] row) {
    if (row.length != card.dimension()) {
      throw new LogSenseException(
          Category.USAGE,
          "model "
              + card.id()
              + " gives "
              + row.length
              + " numbers, its card says "
              + card.dimension());
    }
    double sum = 0;
    for (float x : row) {
      sum += (double) x * x;
    }
    double length = Math.sqrt(sum);
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      throw new LogSenseException(
          Category.EXTERNAL, "model " + card.id() + " gave a vector without direction");
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] / length);
    }
    return row;
  }
}
