package io.logsense.internal.embed;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of hashed features, for texts of logs in English: concepts that a lexicon knows, words,
 * pieces of words and pairs of neighbours. No model file, no native code; the same in every JVM.
 *
 * <p>Stateless and free of locks; a call allocates its rows and about 18 KiB of scratch space. What
 * it cannot do is meet a word that the lexicon does not list with a synonym, or another language.
 */
public final class HashedEmbedder implements Embedder {
  private static final int DIMENSION = 512;
  private static final int CHARACTERS = 4096;

  /**
   * One differing word in a text of thirty leaves a cosine of about 0.97, and that word may be
   * "not": so {@code same} asks for more. Above {@code similar} about as many pairs of the
   * benchmark are of one cause as are not.
   */
  private static final ModelCard MODEL =
      new ModelCard(
          "logsense-hashed-1",
          DIMENSION,
          TextLimit.of(CHARACTERS, TextLimit.Unit.CHARACTERS),
          0.98,
          0.5);

  @Override
  public ModelCard model() {
    return MODEL;
  }

  @Override
  public float[][] embed(List<String> texts) {
    TextFeatures features = new TextFeatures(Lexicon.DEFAULT);
    List<float[]> rows = new ArrayList<>(texts.size());
    for (String text : texts) {
      float[] row = new float[DIMENSION];
      features.add(MODEL.limit().cut(text), row);
      normalise(row);
      rows.add(row);
    }
    return rows.toArray(float[][]::new);
  }

  /** To unit length; a text without features gets the last axis. */
  private static void normalise(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      row[DIMENSION - 1] = 1;
      return;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < DIMENSION; i++) {
      row[i] *= scale;
    }
  }
}
