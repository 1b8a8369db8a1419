package io.logsense.api.llm;

/**
 * What a language model answered.
 *
 * @param text the answer
 * @param inputTokens tokens of the prompt as the model counted them, {@link #UNKNOWN} when it does
 *     not say
 * @param outputTokens tokens of the answer, {@link #UNKNOWN} when it does not say
 * @param end why the answer ends
 */
public record Completion(String text, long inputTokens, long outputTokens, End end) {
  /** A number of tokens that the model does not tell. */
  public static final long UNKNOWN = -1;

  /** Why an answer ends. */
  public enum End {
    /** The model had said all. */
    COMPLETE,
    /** The answer is cut: the limit of tokens was reached. */
    LENGTH,
    /** The model, or its provider, refused. */
    REFUSED
  }
}
