package io.logsense.api.analysis;

import java.time.Instant;

/**
 * What somebody says of a root cause.
 *
 * @param incident id of the incident
 * @param file path of the file that the report named
 * @param symbol block that the report named
 * @param verdict whether it was right
 * @param notes in words; may be empty
 * @param author who says it; may be empty
 * @param time when it was said
 */
public record Feedback(
    String incident,
    String file,
    String symbol,
    Verdict verdict,
    String notes,
    String author,
    Instant time) {
  /** Whether a root cause was right. */
  public enum Verdict {
    /** It was. */
    ACCEPTED,
    /** It was near, or half of it. */
    PARTIALLY_CORRECT,
    /** It was not. */
    REJECTED
  }
}
