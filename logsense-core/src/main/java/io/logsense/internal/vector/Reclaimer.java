package io.logsense.internal.vector;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes removed nodes out of a graph, and gives their slots and links back.
 *
 * <p>Nothing says who links to a node, so a sweep looks at every list, as the consolidation of
 * FreshDiskANN does (A. Singh et al., arXiv 2105.09613): links to dead nodes are replaced by links
 * to what those led to. When no list names them any more, and every search that may have met them
 * has ended, their slots are free.
 *
 * <p>Two times the searches under way are waited for: before the first link is changed, since they
 * may see as alive what is dead by now, and before slots are given back.
 *
 * <p>A sweep begins when a fourth of the nodes is dead, and is spread over the writes that follow,
 * so that no single one pays for it. Nodes that die meanwhile wait for the next one. New nodes link
 * to living ones only, so no dead node is found again by a list that was swept.
 */
final class Reclaimer {
  /** Dead nodes worth a sweep. */
  private static final int LEAST = 32;

  /** One dead node among so many begins a sweep. */
  private static final int SHARE = 4;

  /** Nodes swept for each entry that is written or removed. */
  private static final int STEPS = 16;

  private static final int RESTING = -1;

  private final HnswGraph graph;
  private final Neighbourhood neighbourhood;
  private final int[] list = new int[LayeredLinks.BOTTOM];
  private final int[] beyond = new int[LayeredLinks.BOTTOM];
  private int cursor = RESTING;
  private long since;
  private int dead;

  Reclaimer(HnswGraph graph) {
    this.graph = graph;
    this.neighbourhood = new Neighbourhood(graph.rows);
  }

  /** Says that nodes died; to be called before the version of their death is published. */
  void died(int count) {
    dead += count;
  }

  /** Works in proportion to {@code writes}; to be called when they are published. */
  void afterWrites(int writes) {
    if (cursor == RESTING && dead >= LEAST && dead >= (graph.size() + dead) / SHARE) {
      begin();
    }
    if (cursor != RESTING) {
      sweep((long) STEPS * writes);
    }
  }

  /** Takes out every dead node. */
  void finish() {
    while (dead > 0) {
      if (cursor == RESTING) {
        begin();
      }
      sweep(Long.MAX_VALUE);
    }
  }

  private void begin() {
    cursor = 0;
    since = graph.readers.version();
    graph.readers.awaitOlder();
  }

  private void sweep(long steps) {
    long left = steps;
    int slots = graph.slots();
    while (cursor < slots && left > 0) {
      if (!graph.free.get(cursor) && !isLeaving(cursor)) {
        for (int layer = graph.links.top(cursor); layer >= 0; layer--) {
          repair(cursor, layer);
        }
        left--;
      }
      cursor++;
    }
    if (cursor >= slots) {
      cursor = RESTING;
      release(slots);
    }
  }

  private boolean isLeaving(int slot) {
    return graph.nodes.isDeadSince(slot, since);
  }

  private void repair(int slot, int layer) {
    int count = graph.links.read(slot, layer, list);
    neighbourhood.clear();
    Set<Integer> known = new HashSet<>();
    known.add(slot);
    for (int i = 0; i < count; i++) {
      if (!isLeaving(list[i])) {
        neighbourhood.take(list[i]);
        known.add(list[i]);
      }
    }
    int staying = neighbourhood.count();
    if (staying == count) {
      return;
    }
    neighbourhood.choose(candidates(slot, layer, count, known), count);
    if (neighbourhood.count() == 0 && graph.size() > 1) {
      neighbourhood.choose(graph.around(slot, list[0], layer), LayeredLinks.UPPER);
    }
    int[] chosen = Arrays.copyOf(neighbourhood.chosen(), neighbourhood.count());
    graph.links.write(slot, layer, chosen, chosen.length);
    for (int i = staying; i < chosen.length; i++) {
      linkBack(chosen[i], slot, layer);
    }
  }

  /** Links back where there is room: to make room costs more than it is worth here. */
  private void linkBack(int from, int to, int layer) {
    int count = graph.links.read(from, layer, beyond);
    for (int i = 0; i < count; i++) {
      if (beyond[i] == to) {
        return;
      }
    }
    if (count < LayeredLinks.capacity(layer)) {
      graph.link(from, to, layer);
    }
  }

  /** What the leaving ones among the first {@code count} of the list lead to, best first. */
  private long[] candidates(int slot, int layer, int count, Set<Integer> known) {
    float[] chunk = graph.rows.chunk(slot);
    int at = graph.rows.offset(slot);
    ScoredHeap heap = new ScoredHeap();
    for (int i = 0; i < count; i++) {
      if (isLeaving(list[i])) {
        int others = graph.links.read(list[i], layer, beyond);
        for (int k = 0; k < others; k++) {
          int other = beyond[k];
          if (graph.nodes.exists(other, NodeTable.LATEST) && known.add(other)) {
            heap.add(ScoredHeap.key(graph.rows.score(chunk, at, other), other));
          }
        }
      }
    }
    return heap.drain();
  }

  private void release(int slots) {
    graph.enterAt(highest(slots));
    graph.readers.publish(graph.readers.version() + 1);
    graph.readers.awaitOlder();
    for (int slot = 0; slot < slots; slot++) {
      if (!graph.free.get(slot) && isLeaving(slot)) {
        graph.nodes.clear(slot);
        graph.links.close(slot);
        graph.rows.clear(slot);
        graph.free.set(slot);
        dead--;
      }
    }
  }

  /** The lowest slot among those on the highest layer. */
  private int highest(int slots) {
    int entry = graph.entry();
    if (entry != HnswGraph.NONE && !isLeaving(entry)) {
      return entry;
    }
    int best = HnswGraph.NONE;
    int bestTop = -1;
    for (int slot = 0; slot < slots; slot++) {
      if (!graph.free.get(slot) && !isLeaving(slot) && graph.links.top(slot) > bestTop) {
        best = slot;
        bestTop = graph.links.top(best);
      }
    }
    return best;
  }
}
