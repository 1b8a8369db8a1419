package io.logsense.api.llm;

/**
 * A language model that completes prompts. Implemented by plugins; used by many threads at once.
 *
 * <p>One call is one attempt: who calls decides whether to try again.
 */
public interface LanguageModel extends AutoCloseable {
  /**
   * Names the model, and everything else that shapes its answers: 1 to 200 printable ASCII
   * characters without spaces. Prices, caches and reports go by it. Always the same answer, without
   * asking the model.
   */
  String modelId();

  /**
   * Asks the model, and waits for the whole answer, at most for the time that the prompt gives.
   *
   * @throws io.logsense.api.LogSenseException transient when the same call may succeed later: no
   *     answer in time, too many calls, a connection refused or lost; external when the server
   *     refuses for good: unknown model, bad key; limit when the prompt is too long for the model
   * @throws InterruptedException when the thread is interrupted while waiting
   */
  Completion complete(Prompt prompt) throws InterruptedException;

  @Override
  default void close() {}
}
