package io.logsense.internal.vector;

/**
 * Dot products of rows whose length is a multiple of {@link #LANES}. Threads may share one.
 *
 * <p>Each product is summed in eight interleaved partial sums (a product, rounded, then a sum),
 * which are then added as a balanced tree. That order is part of the contract: a score does not
 * depend on who computes it nor on whether a row was compared alone or in a group, so that graphs
 * and results are the same everywhere. Eight sums keep the adders of a core busy; a single one
 * would wait for each addition. Four rows at a time load the query once and let the memory fetch
 * four rows at once, which is most of the cost of a search.
 */
interface DotProduct {
  /** Partial sums. */
  int LANES = 8;

  /** The product of {@code length} components of {@code a} from {@code i} on and of {@code b}. */
  float of(float[] a, int i, float[] b, int j, int length);

  /** Four products of one row of {@code a}; they go to {@code out} from {@code at} on. */
  void ofFour(
      float[] a,
      int i,
      float[] b0,
      int j0,
      float[] b1,
      int j1,
      float[] b2,
      int j2,
      float[] b3,
      int j3,
      int length,
      float[] out,
      int at);
}
