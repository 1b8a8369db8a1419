package io.logsense;

import io.logsense.api.embed.Embedder;
import io.logsense.testkit.EmbedderContract;

class EmbeddingCacheContractTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return Embedders.cached(Embedders.hashed());
  }
}
