package io.logsense.internal.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Blocks of {@code width} numbers, each block a list of slots that ends at its width or before the
 * first {@link #NONE}.
 *
 * <p>One thread writes, with release; readers read with acquire. So whoever finds a slot in a list
 * sees what was written of that slot before it was linked. A list that is rewritten while it is
 * read shows some of the old links and some of the new.
 */
final class LinkBlocks {
  static final int NONE = -1;

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int SHIFT = 10;
  private static final int BLOCKS = 1 << SHIFT;

  final int width;
  private volatile int[][] chunks = new int[0][];

  LinkBlocks(int width) {
    this.width = width;
  }

  /** Makes room for {@code block}; it is empty at first. */
  void reserve(int block) {
    int chunk = block >> SHIFT;
    if (chunk >= chunks.length) {
      int[][] more = Arrays.copyOf(chunks, chunk + 1);
      more[chunk] = new int[BLOCKS * width];
      Arrays.fill(more[chunk], NONE);
      chunks = more;
    }
  }

  int get(int block, int index) {
    return (int) INTS.getAcquire(chunks[block >> SHIFT], (block & BLOCKS - 1) * width + index);
  }

  void set(int block, int index, int value) {
    INTS.setRelease(chunks[block >> SHIFT], (block & BLOCKS - 1) * width + index, value);
  }

  /** Copies the list of the first {@code limit} places into {@code out}; says how long it is. */
  int read(int block, int limit, int[] out) {
    int[] chunk = chunks[block >> SHIFT];
    int from = (block & BLOCKS - 1) * width;
    for (int i = 0; i < limit; i++) {
      int link = (int) INTS.getAcquire(chunk, from + i);
      if (link == NONE) {
        return i;
      }
      out[i] = link;
    }
    return limit;
  }

  /** Replaces the list of the first {@code limit} places. */
  void write(int block, int limit, int[] links, int count) {
    for (int i = 0; i < limit; i++) {
      int link = i < count ? links[i] : NONE;
      if (get(block, i) != link) {
        set(block, i, link);
      }
    }
  }
}
