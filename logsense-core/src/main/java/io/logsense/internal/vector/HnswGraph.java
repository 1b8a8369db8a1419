package io.logsense.internal.vector;

import io.logsense.api.vector.VectorFilter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A hierarchical navigable small world graph (Yu. Malkov and D. Yashunin, <em>Efficient and robust
 * approximate nearest neighbor search using Hierarchical Navigable Small World graphs</em>, IEEE
 * TPAMI 2020, arXiv 1603.09320).
 *
 * <p>One thread writes, under the lock of {@link HnswVectorStore}; searches read without one.
 *
 * <p>Memory model. A slot is filled (vector, lists, lifetime) before a link to it is written with
 * release; who reads the link does so with acquire. A write call ends with a volatile write of the
 * version, a search begins with a volatile read of it, and sees the nodes that exist at that
 * version only: so it sees calls as a whole. A slot is filled again only after every search has
 * ended that may have met it: see {@link Reclaimer}.
 */
final class HnswGraph {
  static final int NONE = LinkBlocks.NONE;
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final long SEED = 0x4C6F_6753_656E_7365L;

  final int dimension;
  final VectorRows rows;
  final NodeTable nodes = new NodeTable();
  final LayeredLinks links = new LayeredLinks();
  final Readers readers = new Readers();

  /** Slots by id; for the writer. */
  final Map<String, Integer> byId = new HashMap<>();

  /** Slots to fill again, the lowest first, so that what was done decides, not when. */
  final BitSet free = new BitSet();

  private final int width;
  private final BeamSearch search = new BeamSearch();
  private final Neighbourhood neighbourhood;
  private final int[] list = new int[LayeredLinks.BOTTOM + 1];
  private final float[] scores = new float[LayeredLinks.BOTTOM + 1];

  private volatile int slots;
  private volatile int entry = NONE;
  private volatile int size;
  private int living;
  private long insertions;

  /**
   * An empty graph.
   *
   * @param width candidates kept in view while a node is linked (<em>efConstruction</em>)
   */
  HnswGraph(int dimension, int width) {
    this.dimension = dimension;
    this.width = width;
    rows = new VectorRows(dimension);
    neighbourhood = new Neighbourhood(rows);
  }

  /** Slots that are or were in use. */
  int slots() {
    return slots;
  }

  /** Where a search begins, on the highest layer; {@link #NONE} when there is nothing. */
  int entry() {
    return entry;
  }

  /** Nodes that are not removed, those of unpublished writes included. */
  int size() {
    return size;
  }

  long insertions() {
    return insertions;
  }

  /** Adds a node that exists from version {@code born} on; the writer puts it into the map. */
  void insert(NodeTable.Node node, float[] vector, long born) {
    int slot = free.nextSetBit(0);
    if (slot < 0) {
      slot = slots;
    }
    int top = layerOf(insertions++);
    place(slot, node, vector, born, top);
    if (size == 1 || entry == NONE) {
      entry = slot;
    } else {
      connect(slot, top);
    }
  }

  /** Fills a slot without linking it. */
  void place(int slot, NodeTable.Node node, float[] vector, long born, int top) {
    rows.set(slot, vector);
    links.open(slot, top);
    nodes.set(slot, node, born);
    free.clear(slot);
    byId.put(node.id(), slot);
    size = ++living;
    if (slot >= slots) {
      slots = slot + 1;
    }
  }

  /** Declares a node dead from version {@code died} on. It still leads to others. */
  void remove(int slot, long died) {
    nodes.died(slot, died);
    size = --living;
  }

  /** One in 16 nodes of a layer is on the next: zero digits of a number that the count seeds. */
  private static int layerOf(long insertion) {
    long z = SEED + insertion * 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return Long.numberOfTrailingZeros(z ^ z >>> 31) >> 2;
  }

  /** Nobody is led to the new node before it leads on, on each of its layers. */
  private void connect(int slot, int top) {
    float[] chunk = rows.chunk(slot);
    int at = rows.offset(slot);
    int highest = links.top(entry);
    int nearest = entry;
    for (int layer = highest; layer > top; layer--) {
      nearest = search.climb(this, chunk, at, nearest, layer);
    }
    int[][] chosen = new int[Math.min(top, highest) + 1][];
    for (int layer = chosen.length - 1; layer >= 0; layer--) {
      long[] found = around(slot, nearest, layer);
      neighbourhood.clear();
      neighbourhood.choose(found, LayeredLinks.UPPER);
      chosen[layer] = Arrays.copyOf(neighbourhood.chosen(), neighbourhood.count());
      links.write(slot, layer, chosen[layer], chosen[layer].length);
      nearest = chosen[layer].length > 0 ? chosen[layer][0] : nearest;
    }
    for (int layer = 0; layer < chosen.length; layer++) {
      for (int other : chosen[layer]) {
        link(other, slot, layer);
      }
    }
    if (top > highest) {
      entry = slot;
    }
  }

  /** Living nodes near {@code slot} on a layer, itself excepted, best first. */
  long[] around(int slot, int from, int layer) {
    long[] found =
        search.beam(
            this,
            rows.chunk(slot),
            rows.offset(slot),
            from,
            layer,
            width,
            NodeTable.LATEST,
            VectorFilter.NONE,
            UNLIMITED);
    return found == null
        ? new long[0]
        : Arrays.stream(found).filter(key -> ScoredHeap.slot(key) != slot).toArray();
  }

  /** Links {@code from} to {@code to}, giving up links that lead the same way when it is full. */
  void link(int from, int to, int layer) {
    int count = links.read(from, layer, list);
    int capacity = LayeredLinks.capacity(layer);
    if (count < capacity) {
      links.append(from, layer, count, to);
      return;
    }
    list[count++] = to;
    rows.scores(rows.chunk(from), rows.offset(from), list, 0, count, scores);
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = ~ScoredHeap.key(scores[i], list[i]);
    }
    Arrays.sort(keys);
    for (int i = 0; i < count; i++) {
      keys[i] = ~keys[i];
    }
    neighbourhood.clear();
    neighbourhood.choose(keys, capacity);
    links.write(from, layer, neighbourhood.chosen(), neighbourhood.count());
  }

  /** Takes up what a snapshot says. */
  void resume(int entry, long insertions) {
    this.entry = entry;
    this.insertions = insertions;
  }

  void enterAt(int entry) {
    this.entry = entry;
  }
}
