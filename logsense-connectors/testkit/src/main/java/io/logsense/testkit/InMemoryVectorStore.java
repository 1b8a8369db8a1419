package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store of vectors in memory that compares a query with every entry: always right, and slow. For
 * tests of what searches stores. Users call it; thread-safe.
 */
public final class InMemoryVectorStore implements VectorStore, Purgeable {
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id);

  private record Scored(VectorEntry entry, double score) {
    String id() {
      return entry.id();
    }
  }

  private final String modelId;
  private final int dimension;
  private final Map<String, VectorEntry> entries = new ConcurrentHashMap<>();

  /** An empty store for vectors of a model. */
  public InMemoryVectorStore(String modelId, int dimension) {
    this.modelId = modelId;
    this.dimension = dimension;
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
  public void upsert(Collection<VectorEntry> newEntries) {
    for (VectorEntry entry : newEntries) {
      check(entry.vector());
      entries.put(entry.id(), entry);
    }
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] wanted = query.vector();
    check(wanted);
    PriorityQueue<Scored> best = new PriorityQueue<>(BEST_FIRST.reversed());
    for (VectorEntry entry : entries.values()) {
      if (query.filter().allows(entry.metadata())) {
        double cosine = SampleVectors.dot(entry.vector(), wanted);
        best.add(new Scored(entry, Math.max(0, cosine)));
        if (best.size() > query.limit()) {
          best.remove();
        }
      }
    }
    return best.stream()
        .sorted(BEST_FIRST)
        .map(each -> new VectorMatch(each.id(), each.score(), each.entry().metadata()))
        .toList();
  }

  @Override
  public int remove(Collection<String> ids) {
    int removed = 0;
    for (String id : ids) {
      removed += entries.remove(id) == null ? 0 : 1;
    }
    return removed;
  }

  @Override
  public long size() {
    return entries.size();
  }

  @Override
  public long mentions(Subject subject) {
    return naming(subject).size();
  }

  @Override
  public long purge(Subject subject) {
    return remove(naming(subject));
  }

  private List<String> naming(Subject subject) {
    return entries.values().stream()
        .filter(entry -> subject.isIn(entry.id()) || subject.isIn(entry.metadata()))
        .map(VectorEntry::id)
        .toList();
  }

  private void check(float[] vector) {
    if (vector.length != dimension) {
      throw new LogSenseException(
          Category.USAGE,
          "a vector of " + vector.length + " components; this store has " + dimension);
    }
  }
}
