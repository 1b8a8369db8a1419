package io.logsense.onnx.internal;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.EmbedderProvider;
import io.logsense.onnx.OnnxEmbedder;

/** {@link OnnxEmbedder#miniLm} by the name {@code minilm}. */
public final class MiniLmProvider implements EmbedderProvider {
  @Override
  public String name() {
    return "minilm";
  }

  @Override
  public Embedder open() {
    return OnnxEmbedder.miniLm();
  }
}
