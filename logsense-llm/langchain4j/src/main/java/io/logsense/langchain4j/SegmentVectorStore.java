package io.logsense.langchain4j;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.IsIn;
import dev.langchain4j.store.embedding.filter.logical.And;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorFilter;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An embedding store of LangChain4j as a vector store. Some of them want ids that are UUIDs, so
 * entries are stored under the UUID of their id's name, and the id as metadata.
 */
final class SegmentVectorStore implements VectorStore {
  private static final String ID = "logsense_id";

  private final String modelId;
  private final int dimension;
  private final EmbeddingStore<TextSegment> store;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  SegmentVectorStore(String modelId, int dimension, EmbeddingStore<TextSegment> store) {
    this.modelId = modelId;
    this.dimension = dimension;
    this.store = store;
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public synchronized void upsert(Collection<VectorEntry> entries) {
    Map<String, VectorEntry> last = new LinkedHashMap<>();
    for (VectorEntry entry : entries) {
      check(entry.vector().length);
      last.remove(entry.id());
      last.put(entry.id(), entry);
    }
    if (last.isEmpty()) {
      return;
    }
    List<String> ids = new ArrayList<>();
    List<Embedding> embeddings = new ArrayList<>();
    List<TextSegment> segments = new ArrayList<>();
    for (VectorEntry entry : last.values()) {
      Map<String, Object> metadata = new HashMap<>(entry.metadata());
      metadata.put(ID, entry.id());
      ids.add(uuid(entry.id()));
      embeddings.add(Embedding.from(entry.vector()));
      segments.add(TextSegment.from("-", Metadata.from(metadata)));
    }
    call(
        () -> {
          store.removeAll(ids); // not all of them replace what is there
          store.addAll(ids, embeddings, segments);
        });
    known.addAll(last.keySet());
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    check(query.vector().length);
    EmbeddingSearchRequest.EmbeddingSearchRequestBuilder request =
        EmbeddingSearchRequest.builder()
            .queryEmbedding(Embedding.from(query.vector()))
            .maxResults(query.limit());
    Filter filter = filter(query.filter());
    if (filter != null) {
      request.filter(filter);
    }
    List<VectorMatch> matches = new ArrayList<>();
    call(() -> store.search(request.build()).matches().forEach(match -> matches.add(of(match))));
    matches.sort(
        Comparator.comparingDouble((VectorMatch match) -> -match.score())
            .thenComparing(VectorMatch::id));
    return matches;
  }

  private static @Nullable Filter filter(VectorFilter wanted) {
    Filter filter = null;
    for (Map.Entry<String, Set<String>> one : wanted.anyOf().entrySet()) {
      Filter next = new IsIn(one.getKey(), one.getValue());
      filter = filter == null ? next : new And(filter, next);
    }
    return filter;
  }

  /** Their score is {@code (1 + cosine) / 2}. */
  private static VectorMatch of(EmbeddingMatch<TextSegment> match) {
    Map<String, String> metadata = new HashMap<>();
    match
        .embedded()
        .metadata()
        .toMap()
        .forEach((key, value) -> metadata.put(key, String.valueOf(value)));
    String id = metadata.remove(ID);
    return new VectorMatch(
        id == null ? match.embeddingId() : id,
        Math.min(1, Math.max(0, 2 * match.score() - 1)),
        metadata);
  }

  @Override
  public synchronized int remove(Collection<String> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    call(() -> store.removeAll(ids.stream().map(SegmentVectorStore::uuid).distinct().toList()));
    int removed = 0;
    for (String id : ids) {
      removed += known.remove(id) ? 1 : 0;
    }
    return removed;
  }

  @Override
  public long size() {
    return known.size();
  }

  private void check(int length) {
    if (length != dimension) {
      throw new LogSenseException(
          Category.USAGE, "a vector of " + length + " numbers; the store has " + dimension);
    }
  }

  private void call(Runnable access) {
    try {
      access.run();
    } catch (LogSenseException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.of("store of " + modelId, e);
    }
  }

  private static String uuid(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
