package io.logsense.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.logsense.Embedders;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.testkit.EmbedderContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** There and back: an embedder as an embedding model as an embedder. */
class ModelEmbedderTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    Embedder hashed = Embedders.hashed();
    return LangChain4j.embedder(hashed.model(), LangChain4j.embeddingModel(hashed));
  }

  @Test
  void theModelHasTheNameAndTheDimensionOfTheEmbedder() {
    Embedder hashed = Embedders.hashed();
    EmbeddingModel model = LangChain4j.embeddingModel(hashed);

    assertThat(model.dimension()).isEqualTo(hashed.model().dimension());
    assertThat(model.modelName()).isEqualTo(hashed.model().id());
    assertThat(model.embed("disk full").content().vector())
        .isEqualTo(hashed.embed(List.of("disk full"))[0]);
  }

  @Test
  void aCardOfAnotherDimensionIsRefused() {
    ModelCard card = Embedders.hashed().model();
    ModelCard other = new ModelCard("other", 7, card.limit(), card.same(), card.similar());
    Embedder wrong = LangChain4j.embedder(other, LangChain4j.embeddingModel(Embedders.hashed()));

    assertThatThrownBy(() -> wrong.embed(List.of("disk full")))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining("its card says 7");
  }
}
