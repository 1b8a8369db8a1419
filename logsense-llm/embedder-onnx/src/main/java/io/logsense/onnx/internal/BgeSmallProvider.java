package io.logsense.onnx.internal;

import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.EmbedderProvider;
import io.logsense.onnx.OnnxEmbedder;

/** {@link OnnxEmbedder#bgeSmall} by the name {@code bge-small}. */
public final class BgeSmallProvider implements EmbedderProvider {
  @Override
  public String name() {
    return "bge-small";
  }

  @Override
  public Embedder open() {
    return OnnxEmbedder.bgeSmall();
  }
}
