package io.logsense.internal.vector;

import java.util.BitSet;

/**
 * The links of every node on every layer it is on.
 *
 * <p>The bottom layer has a block for each slot. A node on higher layers has one more block for
 * each, and the last number of a block names the block one layer up. One thread writes.
 */
final class LayeredLinks {
  /** Most links on the bottom layer, M0 of the paper. */
  static final int BOTTOM = 32;

  /** Most links on each layer above, and links that a new node chooses: M of the paper. */
  static final int UPPER = 16;

  private final LinkBlocks bottom = new LinkBlocks(BOTTOM + 1);
  private final LinkBlocks upper = new LinkBlocks(UPPER + 1);
  private final BitSet freeUpper = new BitSet();
  private int upperBlocks;

  static int capacity(int layer) {
    return layer == 0 ? BOTTOM : UPPER;
  }

  /** Makes empty lists for a node on layers 0 to {@code top}. */
  void open(int slot, int top) {
    bottom.reserve(slot);
    int above = LinkBlocks.NONE;
    for (int layer = 0; layer < top; layer++) {
      int block = freeUpper.nextSetBit(0);
      if (block < 0) {
        block = upperBlocks++;
        upper.reserve(block);
      }
      freeUpper.clear(block);
      upper.set(block, UPPER, above);
      above = block;
    }
    bottom.set(slot, BOTTOM, above);
  }

  /** Takes the lists back; nobody may be reading them. */
  void close(int slot) {
    int block = bottom.get(slot, BOTTOM);
    while (block != LinkBlocks.NONE) {
      int above = upper.get(block, UPPER);
      upper.write(block, UPPER + 1, NOTHING, 0);
      freeUpper.set(block);
      block = above;
    }
    bottom.write(slot, BOTTOM + 1, NOTHING, 0);
  }

  private static final int[] NOTHING = {};

  /** The highest layer of a node. */
  int top(int slot) {
    int top = 0;
    for (int block = bottom.get(slot, BOTTOM);
        block != LinkBlocks.NONE;
        block = upper.get(block, UPPER)) {
      top++;
    }
    return top;
  }

  private int block(int slot, int layer) {
    int block = bottom.get(slot, BOTTOM);
    for (int l = 1; l < layer; l++) {
      block = upper.get(block, UPPER);
    }
    return block;
  }

  /** Copies the links of a node on a layer it is on into {@code out}; says how many. */
  int read(int slot, int layer, int[] out) {
    return layer == 0 ? bottom.read(slot, BOTTOM, out) : upper.read(block(slot, layer), UPPER, out);
  }

  void write(int slot, int layer, int[] links, int count) {
    if (layer == 0) {
      bottom.write(slot, BOTTOM, links, count);
    } else {
      upper.write(block(slot, layer), UPPER, links, count);
    }
  }

  /** Adds a link behind the {@code count} links of a list that has room. */
  void append(int slot, int layer, int count, int link) {
    if (layer == 0) {
      bottom.set(slot, count, link);
    } else {
      upper.set(block(slot, layer), count, link);
    }
  }
}
