package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.util.ArrayList;
import java.util.List;

/** A dimension for each word: two texts are alike by the share of words in common. Counts texts. */
final class WordsEmbedder implements Embedder {
  private static final int DIMENSION = 512;

  private final String id;
  private final List<String> seen = new ArrayList<>();
  private boolean failing;

  WordsEmbedder(String id) {
    this.id = id;
  }

  @Override
  public ModelCard model() {
    return new ModelCard(id, DIMENSION, TextLimit.of(10_000, TextLimit.Unit.CHARACTERS), 0.85, 0.5);
  }

  @Override
  public float[][] embed(List<String> texts) {
    if (failing) {
      throw new LogSenseException(LogSenseException.Category.TRANSIENT, "no model today");
    }
    seen.addAll(texts);
    float[][] rows = new float[texts.size()][DIMENSION];
    for (int i = 0; i < rows.length; i++) {
      for (String word : texts.get(i).split("\\s+")) {
        rows[i][Math.floorMod(word.hashCode(), DIMENSION)] = 1;
      }
      double squares = 0;
      for (float value : rows[i]) {
        squares += value * value;
      }
      for (int d = 0; d < DIMENSION; d++) {
        rows[i][d] /= (float) Math.sqrt(squares);
      }
    }
    return rows;
  }

  void failing(boolean value) {
    failing = value;
  }

  List<String> seen() {
    return seen;
  }
}
