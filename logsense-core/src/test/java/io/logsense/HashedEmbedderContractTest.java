package io.logsense;

import io.logsense.api.embed.Embedder;
import io.logsense.testkit.EmbedderContract;

class HashedEmbedderContractTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return Embedders.hashed();
  }
}
