package io.logsense.api.embed;

/**
 * What must be known of an embedding model to use its vectors.
 *
 * <p>The thresholds are cosines, and belong to the model: 0.8 is close for one and far for another.
 * They are recommendations; what people decided by hand stands above both.
 *
 * @param id names the model and everything else that shapes a vector: weights, quantisation,
 *     pooling, tokenizer, truncation. A change of any vector is a new id. 1 to 200 printable ASCII
 *     characters without spaces, such as {@code bge-small-en-v1.5-q}
 * @param dimension how many numbers a vector has
 * @param limit how much of a text is read
 * @param same from here on two texts may be merged without asking; 1 for a model that must never
 *     merge by itself
 * @param similar from here on a merge is worth suggesting; at most {@code same}
 */
public record ModelCard(String id, int dimension, TextLimit limit, double same, double similar) {
  private static final int MAX_ID = 200;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the first value that is out of its range
   */
  public ModelCard {
    if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "model id '" + id + "': it must be 1 to 200 printable ASCII characters without spaces");
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension is " + dimension + "; it must be at least 1");
    }
    if (!(similar > 0 && similar <= same && same <= 1)) {
      throw new IllegalArgumentException(
          "thresholds: same "
              + same
              + ", similar "
              + similar
              + "; they must be 0 < similar <= same <= 1");
    }
  }
}
