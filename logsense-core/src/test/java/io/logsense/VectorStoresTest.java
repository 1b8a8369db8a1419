package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.LocalVectorStore;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorStore;
import io.logsense.internal.store.WholeFile;
import io.logsense.testkit.VectorStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorStoresTest extends VectorStoreContract {
  @TempDir private Path directory;

  @Override
  protected VectorStore create(String modelId, int dimension) {
    return VectorStores.hnsw(modelId, dimension);
  }

  @Test
  void aStoreWithoutComponentsIsRefused() {
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> VectorStores.hnsw("m", 0))
        .withMessageContaining("is 0; give at least 1");
  }

  @Test
  void whatWasSavedIsLoaded() {
    LocalVectorStore store = VectorStores.hnsw("m", 2);
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0})));
    Path file = directory.resolve("state/vectors");
    VectorStores.save(store, file);
    store.upsert(List.of(VectorEntry.of("b", new float[] {0, 1})));
    VectorStores.save(store, file);
    LocalVectorStore loaded = VectorStores.hnsw("m", 2);
    VectorStores.load(loaded, file);
    assertThat(loaded.size()).isEqualTo(2);
    assertThat(file.resolveSibling("vectors.part")).doesNotExist();
  }

  @Test
  void aSaveThatFailsHalfwayLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(directory.resolve("vectors"), "old");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(new byte[100]);
                      throw new IOException("disk full");
                    }));
    assertThat(file).hasContent("old");
  }

  @Test
  void aFileThatIsNotThereOrNotOursIsNamed() throws IOException {
    LocalVectorStore store = VectorStores.hnsw("m", 2);
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> VectorStores.load(store, directory.resolve("nowhere")))
        .withMessageContaining("nowhere")
        .extracting(LogSenseException::category)
        .isEqualTo(Category.EXTERNAL);
    Path other = Files.writeString(directory.resolve("other"), "not a snapshot");
    assertThatExceptionOfType(LogSenseException.class)
        .isThrownBy(() -> VectorStores.load(store, other))
        .withMessageContaining("is not one of a vector store");
  }
}
