package io.logsense.onnx;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.util.List;

/**
 * A sentence-embedding model on the class path, and how to use it: an uncased BERT encoder in ONNX
 * format, with its {@code tokenizer.json}.
 *
 * <p>The two built-in ones need one artifact more, of which only two files are read; see {@link
 * OnnxEmbedder}. Another model, such as one fine-tuned on a company's own incidents, is put on the
 * class path and described by this record.
 *
 * @param card what the model is to its users; its limit counts tokens, without {@code [CLS]} and
 *     {@code [SEP]}
 * @param weights class-path resource of the model, such as {@code my-model.onnx}
 * @param tokenizer class-path resource of its {@code tokenizer.json}
 * @param pooling how the rows of a text's tokens become one
 * @param shorterDimensions the lengths to which its vectors may be truncated; empty unless it was
 *     trained for that
 * @param artifact where to get the resources, for the message when they are missing; Maven
 *     coordinates
 */
public record OnnxModel(
    ModelCard card,
    String weights,
    String tokenizer,
    Pooling pooling,
    List<Integer> shorterDimensions,
    String artifact) {
  /** {@code [CLS]} and {@code [SEP]}. */
  private static final int SPECIAL_TOKENS = 2;

  /** How the rows of a text's tokens become one; the model's makers say which. */
  public enum Pooling {
    /** The row of {@code [CLS]}. */
    CLS,
    /** The mean of all rows. */
    MEAN
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the limit does not count tokens, or a shorter dimension
   *     is not shorter
   */
  public OnnxModel {
    shorterDimensions = List.copyOf(shorterDimensions);
    if (card.limit().unit() != TextLimit.Unit.TOKENS) {
      throw new IllegalArgumentException("the limit of " + card.id() + " must count tokens");
    }
    for (int shorter : shorterDimensions) {
      if (shorter < 1 || shorter >= card.dimension()) {
        throw new IllegalArgumentException(
            shorter + " is no shorter dimension than the " + card.dimension() + " of " + card.id());
      }
    }
  }

  /**
   * BAAI's bge-small-en-v1.5, quantised to 8 bits: 12 layers, 384 dimensions, 512 tokens. MIT
   * licence. Ranks best of the small ones.
   */
  public static OnnxModel bgeSmall() {
    return quantised("bge-small-en-v1.5-q", "bge-small-en-v15-q", 512, Pooling.CLS, 0.90, 0.78);
  }

  /**
   * The sentence-transformers' all-MiniLM-L6-v2, quantised to 8 bits: 6 layers, 384 dimensions, 256
   * tokens. Apache-2.0 licence. Twice as fast.
   */
  public static OnnxModel miniLm() {
    return quantised("all-minilm-l6-v2-q", "all-minilm-l6-v2-q", 256, Pooling.MEAN, 0.83, 0.58);
  }

  private static OnnxModel quantised(
      String name, String artifact, int tokens, Pooling pooling, double same, double similar) {
    TextLimit limit = TextLimit.of(tokens - SPECIAL_TOKENS, TextLimit.Unit.TOKENS);
    return new OnnxModel(
        new ModelCard(name, 384, limit, same, similar),
        name + ".onnx",
        name + "-tokenizer.json",
        pooling,
        List.of(),
        "dev.langchain4j:langchain4j-embeddings-" + artifact + ":1.20.0-beta30");
  }

  /**
   * The same model with the first {@code dimension} numbers of each vector only, scaled back to
   * unit length. That keeps the meaning only in models trained for it (Kusupati et al., "Matryoshka
   * Representation Learning", NeurIPS 2022); neither built-in one was.
   *
   * @return a model with an id of its own
   * @throws LogSenseException (usage) when {@code dimension} is not one of {@link
   *     #shorterDimensions}
   */
  public OnnxModel truncatedTo(int dimension) {
    if (!shorterDimensions.contains(dimension)) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          shorterDimensions.isEmpty()
              ? "vectors of "
                  + card.id()
                  + " cannot be truncated to "
                  + dimension
                  + ": the model was not trained for it; use all "
                  + card.dimension()
              : "vectors of "
                  + card.id()
                  + " cannot be truncated to "
                  + dimension
                  + ": the model was trained for "
                  + shorterDimensions);
    }
    ModelCard shorter =
        new ModelCard(
            card.id() + "/" + dimension, dimension, card.limit(), card.same(), card.similar());
    return new OnnxModel(shorter, weights, tokenizer, pooling, List.of(), artifact);
  }
}
