package io.logsense.analysis;

import io.logsense.api.store.DocumentStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents in memory. */
final class MemoryDocuments implements DocumentStore {
  private final ConcurrentSkipListMap<String, Document> documents = new ConcurrentSkipListMap<>();

  @Override
  public void put(Collection<Document> all) {
    all.forEach(document -> documents.put(document.kind() + " " + document.id(), document));
  }

  @Override
  public Optional<Document> get(String kind, String id) {
    return Optional.ofNullable(documents.get(kind + " " + id));
  }

  @Override
  public List<Document> list(String kind) {
    return List.copyOf(documents.subMap(kind + " ", kind + "!").values());
  }

  @Override
  public boolean remove(String kind, String id) {
    return documents.remove(kind + " " + id) != null;
  }

  @Override
  public void close() {}
}
