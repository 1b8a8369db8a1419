package io.logsense.internal.vector;

import io.logsense.api.vector.VectorFilter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches a graph, and the scratch space for it. One search at a time. Hot loop: written for
 * speed.
 *
 * <p>SEARCH-LAYER of the paper, with two differences. All unvisited neighbours of a node are scored
 * together, which lets the memory fetch several rows at once. And nodes that may not be returned,
 * because they were removed, came later or are not allowed by the filter, lead on but take no place
 * in the beam.
 */
final class BeamSearch {
  private final ScoredHeap frontier = new ScoredHeap();
  private final ScoredHeap found = new ScoredHeap();
  private final int[] batch = new int[LayeredLinks.BOTTOM];
  private final float[] scores = new float[LayeredLinks.BOTTOM];
  private byte[] visited = new byte[0];
  private byte stamp;

  /** The node nearest to {@code query} that going uphill from {@code from} on a layer leads to. */
  int climb(HnswGraph graph, float[] query, int at, int from, int layer) {
    int best = from;
    float bestScore = graph.rows.score(query, at, from);
    boolean better = true;
    while (better) {
      better = false;
      int count = graph.links.read(best, layer, batch);
      graph.rows.scores(query, at, batch, 0, count, scores);
      for (int i = 0; i < count; i++) {
        if (scores[i] > bestScore) {
          bestScore = scores[i];
          best = batch[i];
          better = true;
        }
      }
    }
    return best;
  }

  /**
   * The {@code width} nodes nearest to {@code query} that exist at {@code version} and that {@code
   * filter} allows, as keys, best first.
   *
   * @param from where on {@code layer} to begin
   * @param budget nodes to visit at most; past it the answer is null
   */
  long @Nullable [] beam(
      HnswGraph graph,
      float[] query,
      int at,
      int from,
      int layer,
      int width,
      long version,
      VectorFilter filter,
      int budget) {
    frontier.clear();
    found.clear();
    nextStamp();
    isNew(from);
    int visits = 1;
    offer(graph, ScoredHeap.key(graph.rows.score(query, at, from), from), width, version, filter);
    while (frontier.size() > 0) {
      long next = ~frontier.removeFirst();
      if (found.size() == width && next < found.first()) {
        break;
      }
      int count = unvisited(graph.links.read(ScoredHeap.slot(next), layer, batch));
      visits += count;
      if (visits > budget) {
        return null;
      }
      graph.rows.scores(query, at, batch, 0, count, scores);
      for (int i = 0; i < count; i++) {
        offer(graph, ScoredHeap.key(scores[i], batch[i]), width, version, filter);
      }
    }
    return found.drain();
  }

  private void offer(HnswGraph graph, long key, int width, long version, VectorFilter filter) {
    boolean full = found.size() == width;
    if (full && key < found.first()) {
      return;
    }
    frontier.add(~key);
    if (isAllowed(graph, ScoredHeap.slot(key), version, filter)) {
      if (full) {
        found.replaceFirst(key);
      } else {
        found.add(key);
      }
    }
  }

  private static boolean isAllowed(HnswGraph graph, int slot, long version, VectorFilter filter) {
    return graph.nodes.exists(slot, version)
        && (filter.anyOf().isEmpty() || filter.allows(graph.nodes.node(slot).metadata()));
  }

  /** The same answer without the graph: every node is looked at. */
  long[] scan(HnswGraph graph, float[] query, int width, long version, VectorFilter filter) {
    found.clear();
    int slots = graph.slots();
    int count = 0;
    for (int slot = 0; slot < slots; slot++) {
      if (isAllowed(graph, slot, version, filter)) {
        batch[count++] = slot;
      }
      if (count == batch.length || slot == slots - 1) {
        graph.rows.scores(query, 0, batch, 0, count, scores);
        for (int i = 0; i < count; i++) {
          keep(ScoredHeap.key(scores[i], batch[i]), width);
        }
        count = 0;
      }
    }
    return found.drain();
  }

  private void keep(long key, int width) {
    if (found.size() < width) {
      found.add(key);
    } else if (key > found.first()) {
      found.replaceFirst(key);
    }
  }

  private int unvisited(int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (isNew(batch[i])) {
        batch[kept++] = batch[i];
      }
    }
    return kept;
  }

  private void nextStamp() {
    if (++stamp == 0) {
      Arrays.fill(visited, (byte) 0);
      stamp = 1;
    }
  }

  private boolean isNew(int slot) {
    if (slot >= visited.length) {
      visited = Arrays.copyOf(visited, Math.max(slot + 1, visited.length * 2));
    }
    if (visited[slot] == stamp) {
      return false;
    }
    visited[slot] = stamp;
    return true;
  }
}
