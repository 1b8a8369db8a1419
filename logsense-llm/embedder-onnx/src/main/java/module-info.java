/** Sentence embeddings inside the JVM, by ONNX Runtime. */
@SuppressWarnings("requires-automatic")
module io.logsense.onnx {
  requires com.fasterxml.jackson.core;
  requires com.microsoft.onnxruntime;
  requires transitive io.logsense.api;
  requires static transitive org.jspecify;

  exports io.logsense.onnx;

  provides io.logsense.api.embed.EmbedderProvider with
      io.logsense.onnx.internal.BgeSmallProvider,
      io.logsense.onnx.internal.MiniLmProvider;
}
