package io.logsense.testkit;

import io.logsense.api.vector.VectorStore;

class InMemoryVectorStoreTest extends VectorStoreContract {
  @Override
  protected VectorStore create(String modelId, int dimension) {
    return new InMemoryVectorStore(modelId, dimension);
  }
}
