package io.logsense.benchmarks.vectors;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import io.logsense.VectorStores;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/**
 * Core's index beside hnswlib-core: M = 16, efConstruction = 200, ef = 40, the ten nearest; one
 * thread, CPU time. Exact search says what the ten nearest are.
 *
 * <p>Real vectors come from a file: {@code --input texts.fvecs}, all of it, as {@link EmbedTexts}
 * writes it. Without one they are made up, at several sizes.
 */
public final class HnswRun {
  private static final String NAME = "hnsw";
  private static final List<Integer> SIZES = List.of(10_000, 30_000, 100_000);
  private static final List<Integer> QUICK_SIZES = List.of(10_000);
  private static final int QUERIES = 1_000;
  private static final int NEAREST = 10;
  private static final int EFFORT = 40;
  private static final int BUILD_EFFORT = 200;
  private static final int M = 16;
  private static final int PASSES = 7;
  private static final String PEER = "hnswlib-core";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HnswRun() {}

  /** A vector as the peer wants it. */
  private static final class PeerItem implements Item<String, float[]> {
    private static final long serialVersionUID = 1L;
    private final String id;
    private final float[] vector;

    PeerItem(String id, float[] vector) {
      this.id = id;
      this.vector = vector;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public float[] vector() {
      return vector;
    }

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  /** Prints what was measured at each size. */
  public static void run(Run.Options options) throws IOException {
    Path input = options.input();
    if (input != null) {
      List<float[]> vectors = Fvecs.read(input);
      options.print(measure(vectors, "real vectors"));
      return;
    }
    for (int size : options.quick() ? QUICK_SIZES : SIZES) {
      options.print(measure(ClusteredVectors.of(size + QUERIES, 1), "made-up vectors"));
    }
  }

  private static List<Figure> measure(List<float[]> all, String kind) {
    int size = all.size() - QUERIES;
    if (size < NEAREST) {
      throw new IllegalArgumentException("give more than " + QUERIES + " vectors");
    }
    List<float[]> vectors = all.subList(0, size);
    List<float[]> queries = all.subList(size, all.size());
    int dimension = all.get(0).length;
    List<Set<String>> nearest = queries.stream().map(query -> nearest(vectors, query)).toList();

    long heap = heap();
    VectorStore store = VectorStores.hnsw("benchmark", dimension);
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < size; i++) {
      store.upsert(List.of(VectorEntry.of(Integer.toString(i), vectors.get(i))));
    }
    double build = size * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
    double bytes = (double) (heap() - heap) / size;

    heap = heap();
    HnswIndex<String, float[], PeerItem, Float> peer =
        HnswIndex.newBuilder(dimension, DistanceFunctions.FLOAT_INNER_PRODUCT, size)
            .withM(M)
            .withEfConstruction(BUILD_EFFORT)
            .withEf(EFFORT)
            .build();
    start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < size; i++) {
      peer.add(new PeerItem(Integer.toString(i), vectors.get(i).clone()));
    }
    double peerBuild = size * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
    double peerBytes = (double) (heap() - heap) / size;

    Function<float[], List<String>> ours =
        query ->
            store.search(VectorQuery.near(query).limit(NEAREST).effort(EFFORT)).stream()
                .map(VectorMatch::id)
                .toList();
    Function<float[], List<String>> theirs =
        query -> peer.findNearest(query, NEAREST).stream().map(found -> found.item().id()).toList();
    double search = 0;
    double peerSearch = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      search = Math.max(search, queriesPerSecond(ours, queries));
      peerSearch = Math.max(peerSearch, queriesPerSecond(theirs, queries));
    }
    String data = "%d %s of %d components".formatted(size, kind, dimension);
    return List.of(
        figure(
            "recallAt10",
            "share",
            recall(ours, queries, nearest),
            recall(theirs, queries, nearest),
            data),
        figure("searchesPerS", "1/CPU s", search, peerSearch, data),
        figure("insertsPerS", "1/CPU s", build, peerBuild, data),
        figure("bytesPerVector", "B", bytes, peerBytes, data),
        figure("searchSpeedup", "×", search / peerSearch, 1, data),
        figure("buildSpeedup", "×", build / peerBuild, 1, data));
  }

  private static Figure figure(String metric, String unit, double ours, double peer, String data) {
    return new Figure(NAME, NAME + "." + metric, unit, ours, peer, PEER, null, null, data);
  }

  private static double queriesPerSecond(
      Function<float[], List<String>> index, List<float[]> queries) {
    long start = THREADS.getCurrentThreadCpuTime();
    int found = 0;
    for (float[] query : queries) {
      found += index.apply(query).size();
    }
    if (found != NEAREST * queries.size()) {
      throw new IllegalStateException("found " + found);
    }
    return queries.size() * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
  }

  private static double recall(
      Function<float[], List<String>> index, List<float[]> queries, List<Set<String>> nearest) {
    int found = 0;
    for (int i = 0; i < queries.size(); i++) {
      Set<String> right = new HashSet<>(index.apply(queries.get(i)));
      right.retainAll(nearest.get(i));
      found += right.size();
    }
    return (double) found / (NEAREST * queries.size());
  }

  private static Set<String> nearest(List<float[]> vectors, float[] query) {
    record Scored(int index, double score) {}

    PriorityQueue<Scored> best = new PriorityQueue<>((a, b) -> Double.compare(a.score, b.score));
    for (int i = 0; i < vectors.size(); i++) {
      double score = dot(vectors.get(i), query);
      if (best.size() < NEAREST || score > best.element().score) {
        best.add(new Scored(i, score));
        if (best.size() > NEAREST) {
          best.remove();
        }
      }
    }
    List<String> ids = new ArrayList<>();
    best.forEach(scored -> ids.add(Integer.toString(scored.index)));
    return Set.copyOf(ids);
  }

  /** Four sums, so that the truth is not the slowest part of the run. */
  private static double dot(float[] a, float[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < a.length - 3; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += (double) a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
