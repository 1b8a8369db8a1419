package io.logsense.hnswlib;

import static java.util.Objects.requireNonNull;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Index;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
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

/**
 * Vectors in an index of hnswlib-core, which lives in memory.
 *
 * <p>What that library does otherwise than {@link VectorStore} asks, and what is done about it:
 *
 * <ul>
 *   <li>An index has a fixed capacity: it is doubled when full.
 *   <li>A removed entry keeps its place: the index is built again when more places are lost than
 *       taken.
 *   <li>The effort belongs to the index: a search asks for as many neighbours as its effort, which
 *       costs the same, and gives the first of them.
 *   <li>There are no filters: a search asks for twice as many neighbours until enough satisfy the
 *       filter, and for all, one by one, when that is a fourth of the index.
 *   <li>A search takes the monitor of every node it visits, so searches can wait for each other and
 *       for a writer; and while an entry is replaced, a search may see neither state.
 * </ul>
 */
public final class HnswlibVectorStore implements VectorStore, Purgeable {
  private static final int M = 16;
  private static final int BUILD_EFFORT = 200;
  private static final int EFFORT = 64;
  private static final int CAPACITY = 1024;
  private static final Comparator<VectorMatch> BEST_FIRST =
      Comparator.comparingDouble(VectorMatch::score).reversed().thenComparing(VectorMatch::id);

  private final String modelId;
  private final int dimension;
  private volatile HnswIndex<String, float[], StoredVector, Float> index;
  private int capacity;
  private int used;

  /**
   * An empty store.
   *
   * @throws LogSenseException (usage) when {@code dimension} is less than 1
   */
  public HnswlibVectorStore(String modelId, int dimension) {
    this.modelId = requireNonNull(modelId, "modelId");
    if (dimension < 1) {
      throw usage("the dimension of a vector store is " + dimension + "; give at least 1");
    }
    this.dimension = dimension;
    capacity = CAPACITY;
    index = empty(capacity);
  }

  private HnswIndex<String, float[], StoredVector, Float> empty(int capacity) {
    return HnswIndex.newBuilder(dimension, DistanceFunctions.FLOAT_INNER_PRODUCT, capacity)
        .withM(M)
        .withEfConstruction(BUILD_EFFORT)
        .withEf(1)
        .withRemoveEnabled()
        .build();
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
  public long size() {
    return index.size();
  }

  @Override
  public synchronized void upsert(Collection<VectorEntry> entries) {
    List<StoredVector> items = entries.stream().map(StoredVector::new).toList();
    items.forEach(item -> check(item.dimensions(), "entry '" + item.id() + "'"));
    for (StoredVector item : items) {
      index.remove(item.id(), StoredVector.VERSION);
      makeRoom();
      index.add(item);
      used++;
    }
  }

  /** Builds the index again when most of it is lost to removed entries, or makes it larger. */
  private void makeRoom() {
    if (used < capacity) {
      return;
    }
    if (index.size() < capacity / 2) {
      rebuild();
    } else {
      capacity = Math.multiplyExact(capacity, 2);
      index.resize(capacity);
    }
  }

  private void rebuild() {
    HnswIndex<String, float[], StoredVector, Float> next = empty(capacity);
    index.items().stream().sorted(Comparator.comparing(StoredVector::id)).forEach(next::add);
    used = next.size();
    index = next;
  }

  @Override
  public synchronized int remove(Collection<String> ids) {
    int removed = 0;
    for (String id : ids) {
      removed += index.remove(id, StoredVector.VERSION) ? 1 : 0;
    }
    return removed;
  }

  @Override
  public long mentions(Subject subject) {
    return naming(subject).size();
  }

  /** {@inheritDoc} Builds the index again, since that of removed entries keeps their places. */
  @Override
  public synchronized long purge(Subject subject) {
    int removed = remove(naming(subject));
    if (removed > 0) {
      rebuild();
    }
    return removed;
  }

  private List<String> naming(Subject subject) {
    return index.items().stream()
        .filter(item -> subject.isIn(item.id()) || subject.isIn(item.metadata()))
        .map(StoredVector::id)
        .toList();
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] vector = query.vector();
    check(vector.length, "the query");
    HnswIndex<String, float[], StoredVector, Float> current = index;
    int neighbours = Math.max(query.limit(), query.effort() == 0 ? EFFORT : query.effort());
    while (true) {
      boolean all = neighbours >= current.size() / 4;
      List<VectorMatch> matches =
          all
              ? matches(current.asExactIndex(), vector, Math.max(1, current.size()), query)
              : matches(current, vector, neighbours, query);
      if (all || matches.size() == query.limit()) {
        return matches;
      }
      neighbours *= 2;
    }
  }

  private static List<VectorMatch> matches(
      Index<String, float[], StoredVector, Float> index,
      float[] vector,
      int neighbours,
      VectorQuery query) {
    return index.findNearest(vector, neighbours).stream()
        .filter(found -> query.filter().allows(found.item().metadata()))
        .map(HnswlibVectorStore::match)
        .sorted(BEST_FIRST)
        .limit(query.limit())
        .toList();
  }

  private static VectorMatch match(SearchResult<StoredVector, Float> found) {
    double score = Math.max(0, Math.min(1, 1 - found.distance()));
    return new VectorMatch(found.item().id(), score, found.item().metadata());
  }

  private void check(int components, String what) {
    if (components != dimension) {
      throw usage(
          what
              + " has %d components; vectors of %s have %d"
                  .formatted(components, modelId, dimension));
    }
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }
}
