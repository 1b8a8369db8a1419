package io.logsense.redis;

import io.logsense.Embedders;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import java.util.ArrayList;
import java.util.List;

/** The embedder of core under another name, which knows what it was asked for. */
final class CountingWords implements Embedder {
  private final Embedder words = Embedders.hashed();
  private final String id;
  private final List<String> embedded = new ArrayList<>();

  CountingWords(String id) {
    this.id = id;
  }

  @Override
  public ModelCard model() {
    ModelCard card = words.model();
    return new ModelCard(id, card.dimension(), card.limit(), card.same(), card.similar());
  }

  @Override
  public float[][] embed(List<String> texts) {
    synchronized (embedded) {
      embedded.addAll(texts);
    }
    return words.embed(texts);
  }

  /** What was asked for, in order. */
  List<String> embedded() {
    synchronized (embedded) {
      return List.copyOf(embedded);
    }
  }

  /** The vector of a text, which does not count. */
  float[] row(String text) {
    return words.embed(List.of(text))[0];
  }
}
