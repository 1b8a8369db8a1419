package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import org.junit.jupiter.api.Test;

class EmbeddersTest {
  @Test
  void theDefaultHasAName() {
    try (Embedder embedder = Embedders.named("hashed")) {
      assertThat(embedder.model()).isEqualTo(Embedders.hashed().model());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Embedders.named("word2vec"))
        .isInstanceOf(LogSenseException.class)
        .hasMessage("no embedder is named 'word2vec'; there are hashed");
  }
}
