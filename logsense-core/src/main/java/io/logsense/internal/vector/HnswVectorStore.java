package io.logsense.internal.vector;

import static java.util.Objects.requireNonNull;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.LocalVectorStore;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorFilter;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Vectors in memory, found through a graph, or one by one while they are few.
 *
 * <p>Memory for each vector: 4 bytes a component, rounded up to 8 components, 130 for links, 16 for
 * its lifetime, and about 150 for id, metadata and table entries. Up to a third more while removed
 * ones wait to be taken out; each search that runs at the same time as another adds one byte for
 * each vector.
 *
 * <p>A write call is one step: searches see all of it or nothing, and see what they saw when they
 * began. A refused call changes nothing.
 */
public final class HnswVectorStore implements LocalVectorStore, Purgeable {
  /** Up to so many vectors, looking at all of them is as fast as the graph, and exact. */
  private static final int EXACT = 4096;

  /** Candidates in view while a vector is linked; efConstruction of the paper. */
  private static final int BUILD_EFFORT = 200;

  private static final int EFFORT = 64;

  /** A filtered search that visits one vector in so many looks at all instead. */
  private static final int BUDGET_SHARE = 8;

  private static final Comparator<VectorMatch> BEST_FIRST =
      Comparator.comparingDouble(VectorMatch::score).reversed().thenComparing(VectorMatch::id);

  private final String modelId;
  private final int dimension;
  private final int exact;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile HnswGraph graph;
  private Reclaimer reclaimer;

  /** An empty store. */
  public HnswVectorStore(String modelId, int dimension) {
    this(modelId, dimension, EXACT);
  }

  /** A store that uses the graph when it holds more than {@code exact} vectors. */
  HnswVectorStore(String modelId, int dimension, int exact) {
    this.modelId = requireNonNull(modelId, "modelId");
    if (dimension < 1) {
      throw usage("the dimension of a vector store is " + dimension + "; give at least 1");
    }
    this.dimension = dimension;
    this.exact = exact;
    this.graph = new HnswGraph(dimension, BUILD_EFFORT);
    this.reclaimer = new Reclaimer(graph);
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
    return graph.size();
  }

  /** Places for vectors, those of removed ones included. */
  int slots() {
    return graph.slots();
  }

  @Override
  public void upsert(Collection<VectorEntry> entries) {
    List<VectorEntry> all = List.copyOf(entries);
    List<float[]> vectors = new ArrayList<>(all.size());
    for (VectorEntry entry : all) {
      vectors.add(checked(entry.vector(), "entry '" + entry.id() + "'"));
    }
    write(
        version -> {
          int died = 0;
          for (int i = 0; i < all.size(); i++) {
            VectorEntry entry = all.get(i);
            Integer old = graph.byId.get(entry.id());
            if (old != null) {
              graph.remove(old, version);
              died++;
            }
            graph.insert(new NodeTable.Node(entry.id(), entry.metadata()), vectors.get(i), version);
          }
          return new Written(all.size(), died);
        });
  }

  @Override
  public int remove(Collection<String> ids) {
    return write(
            version -> {
              int died = 0;
              for (String id : ids) {
                Integer slot = graph.byId.remove(id);
                if (slot != null) {
                  graph.remove(slot, version);
                  died++;
                }
              }
              return new Written(died, died);
            })
        .died;
  }

  /** What a call did: entries written or removed, and nodes that died of it. */
  private record Written(int entries, int died) {}

  private interface Write {
    Written at(long version);
  }

  private Written write(Write write) {
    enter();
    try {
      long version = graph.readers.version() + 1;
      Written written = write.at(version);
      reclaimer.died(written.died);
      graph.readers.publish(version);
      reclaimer.afterWrites(written.entries);
      return written;
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    if (lock.getHoldCount() > 1) {
      lock.unlock();
      throw usage("a store cannot be written to while it shows its entries; do it afterwards");
    }
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] vector = checked(query.vector(), "the query");
    HnswGraph current = graph;
    try (Readers.Reader reader = current.readers.enter()) {
      long[] found = found(current, reader, current.rows.padded(vector), query);
      List<VectorMatch> matches = new ArrayList<>(Math.min(found.length, query.limit()));
      for (int i = 0; i < found.length && i < query.limit(); i++) {
        NodeTable.Node node = current.nodes.node(ScoredHeap.slot(found[i]));
        double score = Math.max(0, Math.min(1, ScoredHeap.score(found[i])));
        matches.add(new VectorMatch(node.id(), score, node.metadata()));
      }
      matches.sort(BEST_FIRST);
      return List.copyOf(matches);
    }
  }

  private long[] found(HnswGraph graph, Readers.Reader reader, float[] vector, VectorQuery query) {
    int entry = graph.entry();
    if (graph.size() > exact && entry != HnswGraph.NONE) {
      int nearest = entry;
      for (int layer = graph.links.top(entry); layer > 0; layer--) {
        nearest = reader.search.climb(graph, vector, 0, nearest, layer);
      }
      VectorFilter filter = query.filter();
      long[] found =
          reader.search.beam(
              graph,
              vector,
              0,
              nearest,
              0,
              Math.max(query.limit(), query.effort() == 0 ? EFFORT : query.effort()),
              reader.sees(),
              filter,
              filter.anyOf().isEmpty() ? HnswGraph.UNLIMITED : graph.slots() / BUDGET_SHARE);
      if (found != null) {
        return found;
      }
    }
    return reader.search.scan(graph, vector, query.limit(), reader.sees(), query.filter());
  }

  @Override
  public void snapshot(OutputStream out) throws IOException {
    enter();
    try {
      reclaimer.finish();
      new SnapshotWriter(out).write(modelId, graph);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void restore(InputStream in) throws IOException {
    HnswGraph restored = new SnapshotReader(in).read(modelId, dimension, BUILD_EFFORT);
    enter();
    try {
      graph = restored;
      reclaimer = new Reclaimer(restored);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forEach(Consumer<VectorEntry> visitor) {
    enter();
    try {
      for (int slot = 0; slot < graph.slots(); slot++) {
        if (graph.nodes.exists(slot, NodeTable.LATEST)) {
          NodeTable.Node node = graph.nodes.node(slot);
          visitor.accept(
              VectorEntry.of(node.id(), graph.rows.copy(slot, dimension), node.metadata()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long mentions(Subject subject) {
    return naming(subject).size();
  }

  /** {@inheritDoc} What searches may still see of them goes with the last of these. */
  @Override
  public long purge(Subject subject) {
    int removed = remove(naming(subject));
    enter();
    try {
      reclaimer.finish();
      return removed;
    } finally {
      lock.unlock();
    }
  }

  private List<String> naming(Subject subject) {
    List<String> naming = new ArrayList<>();
    forEach(
        entry -> {
          if (subject.isIn(entry.id()) || subject.isIn(entry.metadata())) {
            naming.add(entry.id());
          }
        });
    return naming;
  }

  private float[] checked(float[] vector, String what) {
    if (vector.length != dimension) {
      throw usage(
          what
              + " has "
              + vector.length
              + " components; vectors of "
              + modelId
              + " have "
              + dimension);
    }
    return vector;
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }
}
