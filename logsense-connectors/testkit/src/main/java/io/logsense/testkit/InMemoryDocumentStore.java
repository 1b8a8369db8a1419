package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store of documents in memory, for tests of what keeps documents. Users call it; thread-safe.
 */
public final class InMemoryDocumentStore implements DocumentStore, Purgeable {
  private final Map<String, Map<String, Document>> byKind = new TreeMap<>();
  private boolean closed;

  /** An empty store. */
  public InMemoryDocumentStore() {}

  /** Another store that has what this one has now: for tests of what comes after a restart. */
  public synchronized InMemoryDocumentStore reopened() {
    InMemoryDocumentStore store = new InMemoryDocumentStore();
    byKind.values().forEach(documents -> store.put(documents.values()));
    return store;
  }

  @Override
  public synchronized void put(Collection<Document> documents) {
    checkOpen();
    for (Document document : List.copyOf(documents)) {
      byKind.computeIfAbsent(document.kind(), kind -> new TreeMap<>()).put(document.id(), document);
    }
  }

  @Override
  public synchronized Optional<Document> get(String kind, String id) {
    return Optional.ofNullable(of(kind).get(id));
  }

  @Override
  public synchronized List<Document> list(String kind) {
    return List.copyOf(of(kind).values());
  }

  @Override
  public synchronized boolean remove(String kind, String id) {
    checkOpen();
    Map<String, Document> documents = byKind.get(kind);
    return documents != null && documents.remove(id) != null;
  }

  @Override
  public synchronized long mentions(Subject subject) {
    checkOpen();
    return byKind.values().stream()
        .flatMap(documents -> documents.values().stream())
        .filter(document -> names(document, subject))
        .count();
  }

  @Override
  public synchronized long purge(Subject subject) {
    long purged = mentions(subject);
    byKind.values().forEach(all -> all.values().removeIf(document -> names(document, subject)));
    return purged;
  }

  private static boolean names(Document document, Subject subject) {
    return !document.kind().equals(SPENDING)
        && (subject.isIn(document.id()) || subject.isIn(document.json()));
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private Map<String, Document> of(String kind) {
    checkOpen();
    return byKind.getOrDefault(kind, Map.of());
  }

  private void checkOpen() {
    if (closed) {
      throw new LogSenseException(Category.USAGE, "the store is closed");
    }
  }
}
