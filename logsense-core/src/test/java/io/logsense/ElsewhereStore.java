package io.logsense;

import io.logsense.api.embed.ModelCard;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.util.Collection;
import java.util.List;

/** A store that outlives whoever opens it, as one on a server does. */
final class ElsewhereStore implements VectorStore {
  private final VectorStore vectors;

  ElsewhereStore(ModelCard model) {
    vectors = VectorStores.hnsw(model.id(), model.dimension());
  }

  @Override
  public String modelId() {
    return vectors.modelId();
  }

  @Override
  public int dimension() {
    return vectors.dimension();
  }

  @Override
  public void upsert(Collection<VectorEntry> entries) {
    vectors.upsert(entries);
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    return vectors.search(query);
  }

  @Override
  public int remove(Collection<String> ids) {
    return vectors.remove(ids);
  }

  @Override
  public long size() {
    return vectors.size();
  }
}
