package io.logsense.hnswlib;

import io.logsense.api.vector.VectorStore;
import io.logsense.testkit.VectorStoreContract;

class HnswlibVectorStoreTest extends VectorStoreContract {
  @Override
  protected VectorStore create(String modelId, int dimension) {
    return new HnswlibVectorStore(modelId, dimension);
  }
}
