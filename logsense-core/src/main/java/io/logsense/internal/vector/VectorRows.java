package io.logsense.internal.vector;

import java.util.Arrays;

/**
 * Unit vectors by slot, in chunks of about a megabyte, so that growth copies no vector.
 *
 * <p>Rows are padded with zeroes to a multiple of {@link DotProduct#LANES}. One thread writes. A
 * reader may use a slot that it got from a releasing write made after {@link #set}.
 */
final class VectorRows {
  private static final int CHUNK_FLOATS = 1 << 18;
  private static final DotProduct DOT_PRODUCT = DotProducts.fastest();

  final int stride;
  private final int shift;
  private final int mask;
  private volatile float[][] chunks = new float[0][];

  VectorRows(int dimension) {
    stride = (dimension + DotProduct.LANES - 1) & -DotProduct.LANES;
    int rows = Integer.highestOneBit(Math.max(1, CHUNK_FLOATS / stride));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  /** The row as long as those here. */
  float[] padded(float[] vector) {
    return Arrays.copyOf(vector, stride);
  }

  void set(int slot, float[] vector) {
    int chunk = slot >> shift;
    if (chunk >= chunks.length) {
      float[][] more = Arrays.copyOf(chunks, chunk + 1);
      more[chunk] = new float[(mask + 1) * stride];
      chunks = more;
    }
    System.arraycopy(vector, 0, chunks[chunk], offset(slot), vector.length);
  }

  /** Forgets a vector. */
  void clear(int slot) {
    Arrays.fill(chunks[slot >> shift], offset(slot), offset(slot) + stride, 0);
  }

  /** The array in which the row of {@code slot} lies, at {@link #offset}. */
  float[] chunk(int slot) {
    return chunks[slot >> shift];
  }

  int offset(int slot) {
    return (slot & mask) * stride;
  }

  float[] copy(int slot, int dimension) {
    int from = offset(slot);
    return Arrays.copyOfRange(chunk(slot), from, from + dimension);
  }

  /** The cosine of a row of {@code query} and of the row of {@code slot}. */
  float score(float[] query, int at, int slot) {
    return DOT_PRODUCT.of(query, at, chunk(slot), offset(slot), stride);
  }

  /**
   * The cosines of a row of {@code query} and of {@code count} of {@code slots} from {@code from}
   * on; they go to the first places of {@code scores}.
   */
  void scores(float[] query, int at, int[] slots, int from, int count, float[] scores) {
    int i = 0;
    for (; i < count - 3; i += 4) {
      int s0 = slots[from + i];
      int s1 = slots[from + i + 1];
      int s2 = slots[from + i + 2];
      int s3 = slots[from + i + 3];
      DOT_PRODUCT.ofFour(
          query,
          at,
          chunk(s0),
          offset(s0),
          chunk(s1),
          offset(s1),
          chunk(s2),
          offset(s2),
          chunk(s3),
          offset(s3),
          stride,
          scores,
          i);
    }
    for (; i < count; i++) {
      scores[i] = score(query, at, slots[from + i]);
    }
  }
}
