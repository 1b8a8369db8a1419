package io.logsense.api.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A question to a language model.
 *
 * @param system what the model is to be and to do
 * @param user the question with all that it is about
 * @param schema the JSON schema (draft 2020-12) that the answer has to follow; null for free text.
 *     A model may ignore it
 * @param maxOutputTokens how long the answer may be, at least 1
 * @param timeout how long to wait for the answer
 */
public record Prompt(
    String system, String user, @Nullable String schema, int maxOutputTokens, Duration timeout) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  public Prompt {
    if (maxOutputTokens < 1) {
      throw new IllegalArgumentException(
          "maxOutputTokens is " + maxOutputTokens + "; it must be at least 1");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout is " + timeout + "; it must be positive");
    }
  }
}
