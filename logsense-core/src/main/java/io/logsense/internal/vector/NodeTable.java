package io.logsense.internal.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a slot besides vector and links: id, metadata, and from which to which version of
 * the store it exists.
 *
 * <p>A search at version {@code v} sees the slots with {@code born <= v < died}. One thread writes;
 * lifetimes are read and written opaquely, since readers of older versions meet them half-way.
 */
final class NodeTable {
  /** Not removed, or not yet there. */
  static final long NEVER = Long.MAX_VALUE;

  /** The version of a writer, who sees what is not removed, be it published or not. */
  static final long LATEST = NEVER - 1;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int SHIFT = 10;
  private static final int SLOTS = 1 << SHIFT;

  private volatile @Nullable Node[][] nodes = new Node[0][];
  private volatile long[][] lifetimes = new long[0][];

  /** What a search returns of a slot. */
  record Node(String id, Map<String, String> metadata) {}

  void set(int slot, Node node, long born) {
    int chunk = slot >> SHIFT;
    if (chunk >= nodes.length) {
      long[][] moreLifetimes = Arrays.copyOf(lifetimes, chunk + 1);
      moreLifetimes[chunk] = new long[2 * SLOTS];
      Arrays.fill(moreLifetimes[chunk], NEVER);
      lifetimes = moreLifetimes;
      @Nullable Node[][] moreNodes = Arrays.copyOf(nodes, chunk + 1);
      moreNodes[chunk] = new Node[SLOTS];
      nodes = moreNodes;
    }
    nodes[chunk][slot & SLOTS - 1] = node;
    died(slot, NEVER);
    LONGS.setOpaque(lifetimes[chunk], 2 * (slot & SLOTS - 1), born);
  }

  void died(int slot, long version) {
    LONGS.setOpaque(lifetimes[slot >> SHIFT], 2 * (slot & SLOTS - 1) + 1, version);
  }

  /** Empties a slot that no reader can meet any more. */
  void clear(int slot) {
    LONGS.setOpaque(lifetimes[slot >> SHIFT], 2 * (slot & SLOTS - 1), NEVER);
    nodes[slot >> SHIFT][slot & SLOTS - 1] = null;
  }

  boolean exists(int slot, long version) {
    long[] chunk = lifetimes[slot >> SHIFT];
    int at = 2 * (slot & SLOTS - 1);
    return (long) LONGS.getOpaque(chunk, at) <= version
        && (long) LONGS.getOpaque(chunk, at + 1) > version;
  }

  boolean isDeadSince(int slot, long version) {
    return (long) LONGS.getOpaque(lifetimes[slot >> SHIFT], 2 * (slot & SLOTS - 1) + 1) <= version;
  }

  /** The node of a slot that is in use, dead or alive. */
  Node node(int slot) {
    Node node = nodes[slot >> SHIFT][slot & SLOTS - 1];
    if (node == null) {
      throw new IllegalStateException("slot " + slot + " is empty");
    }
    return node;
  }
}
