package io.logsense.benchmarks.embed;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.util.List;
import java.util.Locale;

/**
 * The peer: lower-case words and bigrams, hashed with a sign into 1,024 numbers, all of weight 1.
 */
final class HashedWords implements Embedder {
  private static final int DIMENSION = 1024;
  private static final ModelCard MODEL =
      new ModelCard(
          "hashed-words", DIMENSION, TextLimit.of(4096, TextLimit.Unit.CHARACTERS), 1, 0.5);

  @Override
  public ModelCard model() {
    return MODEL;
  }

  @Override
  public float[][] embed(List<String> texts) {
    return texts.stream().map(HashedWords::row).toArray(float[][]::new);
  }

  private static float[] row(String text) {
    float[] row = new float[DIMENSION];
    String previous = "";
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (!word.isEmpty()) {
        add(row, word);
        if (!previous.isEmpty()) {
          add(row, previous + ' ' + word);
        }
        previous = word;
      }
    }
    double squares = 0;
    for (float value : row) {
      squares += value * value;
    }
    for (int i = 0; i < DIMENSION; i++) {
      row[i] /= (float) Math.max(1e-9, Math.sqrt(squares));
    }
    return row;
  }

  private static void add(float[] row, String feature) {
    int hash = feature.hashCode() * 0x9E3779B9;
    hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
    hash ^= hash >>> 13;
    row[hash >>> 22] += (hash & 1) == 0 ? 1 : -1;
  }
}
