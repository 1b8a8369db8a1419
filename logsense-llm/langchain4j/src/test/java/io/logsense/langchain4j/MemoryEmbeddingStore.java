package io.logsense.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An embedding store as strict as some: ids are UUIDs, and what is added twice is there twice. */
final class MemoryEmbeddingStore implements EmbeddingStore<TextSegment> {
  private record Row(String id, Embedding embedding, TextSegment segment) {}

  private final List<Row> rows = new CopyOnWriteArrayList<>();
  private @Nullable RuntimeException failure;

  /** Throws {@code thrown} from now on, when it is searched. */
  void fail(RuntimeException thrown) {
    failure = thrown;
  }

  @Override
  public String add(Embedding embedding) {
    throw new UnsupportedOperationException("entries have an id and a segment");
  }

  @Override
  public void add(String id, Embedding embedding) {
    throw new UnsupportedOperationException("entries have a segment");
  }

  @Override
  public String add(Embedding embedding, TextSegment segment) {
    throw new UnsupportedOperationException("entries have an id");
  }

  @Override
  public List<String> addAll(List<Embedding> embeddings) {
    throw new UnsupportedOperationException("entries have an id and a segment");
  }

  @Override
  public void addAll(List<String> ids, List<Embedding> embeddings, List<TextSegment> segments) {
    List<Row> added = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      added.add(
          new Row(UUID.fromString(ids.get(i)).toString(), embeddings.get(i), segments.get(i)));
    }
    rows.addAll(added);
  }

  @Override
  public void removeAll(Collection<String> ids) {
    rows.removeIf(row -> ids.contains(row.id()));
  }

  @Override
  public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
    if (failure != null) {
      throw failure;
    }
    return new EmbeddingSearchResult<>(
        rows.stream()
            .filter(
                row -> request.filter() == null || request.filter().test(row.segment().metadata()))
            .map(row -> match(row, request.queryEmbedding()))
            .filter(match -> match.score() >= request.minScore())
            .sorted(Comparator.comparingDouble(match -> -match.score()))
            .limit(request.maxResults())
            .toList());
  }

  private static EmbeddingMatch<TextSegment> match(Row row, Embedding query) {
    double cosine = CosineSimilarity.between(row.embedding(), query);
    return new EmbeddingMatch<>(
        RelevanceScore.fromCosineSimilarity(cosine), row.id(), row.embedding(), row.segment());
  }
}
