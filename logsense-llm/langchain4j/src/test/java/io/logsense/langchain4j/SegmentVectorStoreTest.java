package io.logsense.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.logsense.testkit.VectorStoreContract;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class SegmentVectorStoreTest extends VectorStoreContract {
  @Override
  protected VectorStore create(String modelId, int dimension) {
    return LangChain4j.vectorStore(modelId, dimension, new MemoryEmbeddingStore());
  }

  @Test
  void aStoreThatCannotBeReachedIsTransient() {
    MemoryEmbeddingStore gone = new MemoryEmbeddingStore();
    gone.fail(new RuntimeException(new ConnectException("Connection refused")));
    VectorStore store = LangChain4j.vectorStore("m", 1, gone);

    assertThatThrownBy(() -> store.search(VectorQuery.near(new float[] {1})))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT))
        .hasMessageContaining("store of m");
  }
}
