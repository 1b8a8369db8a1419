package io.logsense.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.Analysis;
import io.logsense.Clusters;
import io.logsense.Embedders;
import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only novelty is expensive: a log of the sample application costs an embedding for each group. */
class EmbeddingCostTest {
  @TempDir Path dir;

  @Test
  void aHundredThousandEventsCostNoMoreEmbeddingsThanThereAreGroups() throws IOException {
    Path log = dir.resolve("long.log");
    byte[] sample = Files.readAllBytes(Path.of(Run.sample()));
    for (int i = 0; i < 34; i++) {
      Files.write(log, sample, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    CountingEmbedder embedder = new CountingEmbedder();
    try (Clusters clusters = Clusters.builder().embedder(embedder).open()) {
      Analysis analysis = LogSense.builder().source(Sources.path(log)).clusters(clusters).analyze();

      assertThat(analysis.events()).isGreaterThan(100_000);
      assertThat(embedder.texts).hasSameSizeAs(analysis.groups());
    }
  }

  private static final class CountingEmbedder implements Embedder {
    private final Embedder real = Embedders.hashed();
    private final List<String> texts = new ArrayList<>();

    @Override
    public ModelCard model() {
      return real.model();
    }

    @Override
    public float[][] embed(List<String> more) {
      texts.addAll(more);
      return real.embed(more);
    }
  }
}
