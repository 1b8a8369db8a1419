package io.logsense.benchmarks.vectors;

import io.logsense.api.embed.Embedder;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.onnx.OnnxEmbedder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the vectors of distinct log messages and exceptions, for the benchmark of indexes: {@code
 * benchmarks/run embed-texts --out DIR} makes {@code DIR/texts.fvecs}. Takes minutes; {@code
 * --quick} writes fewer.
 */
public final class EmbedTexts {
  private static final int TEXTS = 31_000;
  private static final int FEW_TEXTS = 2_000;
  private static final int BATCH = 100;

  private EmbedTexts() {}

  /** Embeds with MiniLM on one thread. */
  public static List<Figure> run(Run.Options options) throws IOException {
    List<String> texts = DistinctTexts.of(options.quick() ? FEW_TEXTS : TEXTS, 1, options.data());
    Path file = Files.createDirectories(options.out()).resolve("texts.fvecs");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    try (Embedder embedder = OnnxEmbedder.miniLm();
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int from = 0; from < texts.size(); from += BATCH) {
        List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
        for (float[] vector : embedder.embed(batch)) {
          Fvecs.write(vector, out);
        }
      }
      double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      String data = texts.size() + " texts, " + embedder.model().id();
      return List.of(
          Figure.of("embed-texts", "embed.textsPerS", "texts/CPU s", texts.size() / seconds, data));
    }
  }
}
