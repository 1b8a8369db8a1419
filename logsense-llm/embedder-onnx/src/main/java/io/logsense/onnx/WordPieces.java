package io.logsense.onnx;

import java.util.Arrays;
import java.util.Map;

/**
 * The vocabulary of a WordPiece tokenizer as two tries, one for pieces that begin a word and one
 * for pieces that continue it. Immutable; used by many threads.
 *
 * <p>The longest piece at a place is found in one walk, as in the end-to-end matching of Song et
 * al., "Fast WordPiece Tokenization" (EMNLP 2021), but without their failure links: no piece is
 * longer than a few characters, which bounds the walk already.
 *
 * <p>An edge of the trie is one {@code long} of an open-addressing table: the node it leaves (24
 * bits), the character (16 bits) and the node it enters (24 bits), so a step reads one cache line.
 * About 1.5 MB for a vocabulary of 30,000 pieces.
 */
final class WordPieces {
  private static final String CONTINUATION = "##";
  private static final int NODE_BITS = 24;
  private static final int MAX_NODES = 1 << NODE_BITS;
  private static final int FIRST = 1;
  private static final int NEXT = 2;

  /** No piece, or no way to split a word. */
  static final int NONE = -1;

  private long[] edges = new long[1 << 12];
  private int[] ids = new int[1 << 10];
  private int nodes = NEXT + 1;

  /** Of pieces and their ids; a piece that continues a word begins with {@code ##}. */
  WordPieces(Map<String, Integer> vocabulary) {
    Arrays.fill(ids, NONE);
    vocabulary.forEach(this::add);
  }

  private void add(String piece, int id) {
    boolean continues = piece.startsWith(CONTINUATION) && piece.length() > CONTINUATION.length();
    int node = continues ? NEXT : FIRST;
    for (int i = continues ? CONTINUATION.length() : 0; i < piece.length(); i++) {
      node = enter(node, piece.charAt(i));
    }
    ids[node] = id;
  }

  private int enter(int node, char c) {
    long key = key(node, c);
    int slot = slot(key, edges.length);
    while (edges[slot] != 0 && edges[slot] >>> NODE_BITS != key) {
      slot = slot + 1 & edges.length - 1;
    }
    if (edges[slot] == 0) {
      edges[slot] = key << NODE_BITS | newNode();
      int entered = nodes - 1;
      if (nodes * 2 > edges.length) {
        grow();
      }
      return entered;
    }
    return (int) edges[slot] & MAX_NODES - 1;
  }

  private int newNode() {
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, nodes * 2);
      Arrays.fill(ids, nodes, ids.length, NONE);
    }
    if (nodes == MAX_NODES) {
      throw new IllegalArgumentException("the vocabulary has more than " + MAX_NODES + " nodes");
    }
    return nodes++;
  }

  private void grow() {
    long[] larger = new long[edges.length * 2];
    for (long edge : edges) {
      if (edge != 0) {
        int slot = slot(edge >>> NODE_BITS, larger.length);
        while (larger[slot] != 0) {
          slot = slot + 1 & larger.length - 1;
        }
        larger[slot] = edge;
      }
    }
    edges = larger;
  }

  /**
   * Splits {@code word[0, length)} greedily into the longest pieces.
   *
   * <p>Hot loop: written for speed.
   *
   * @param out receives the ids from {@code at} on; needs room for {@code length} of them
   * @return how many ids the word has, or {@link #NONE} when it cannot be made of pieces
   */
  int split(char[] word, int length, int[] out, int at) {
    long[] table = edges;
    int mask = table.length - 1;
    int count = 0;
    int start = 0;
    while (start < length) {
      int node = start == 0 ? FIRST : NEXT;
      int end = start;
      int id = NONE;
      for (int i = start; i < length; i++) {
        long key = key(node, word[i]);
        int slot = slot(key, table.length);
        long edge = table[slot];
        while (edge != 0 && edge >>> NODE_BITS != key) {
          slot = slot + 1 & mask;
          edge = table[slot];
        }
        if (edge == 0) {
          break;
        }
        node = (int) edge & MAX_NODES - 1;
        if (ids[node] != NONE) {
          id = ids[node];
          end = i + 1;
        }
      }
      if (id == NONE) {
        return NONE;
      }
      out[at + count++] = id;
      start = end;
    }
    return count;
  }

  private static long key(int node, char c) {
    return (long) node << 16 | c;
  }

  private static int slot(long key, int size) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & size - 1;
  }
}
