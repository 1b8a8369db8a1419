package io.logsense.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.logsense.api.embed.Embedder;
import java.util.Arrays;
import java.util.List;

/** An embedder as an embedding model of LangChain4j. */
final class EmbedderModel implements EmbeddingModel {
  private final Embedder embedder;

  EmbedderModel(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    float[][] rows = embedder.embed(segments.stream().map(TextSegment::text).toList());
    return Response.from(Arrays.stream(rows).map(Embedding::from).toList());
  }

  @Override
  public int dimension() {
    return embedder.model().dimension();
  }

  @Override
  public String modelName() {
    return embedder.model().id();
  }
}
