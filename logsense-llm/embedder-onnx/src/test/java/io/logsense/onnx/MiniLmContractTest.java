package io.logsense.onnx;

import io.logsense.api.embed.Embedder;
import io.logsense.testkit.EmbedderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MiniLmContractTest extends EmbedderContract {
  /** Keeps the weights loaded between the tests. */
  private static OnnxEmbedder loaded;

  @BeforeAll
  static void load() {
    loaded = OnnxEmbedder.miniLm();
  }

  @AfterAll
  static void unload() {
    loaded.close();
  }

  @Override
  protected Embedder open() {
    return OnnxEmbedder.miniLm();
  }
}
