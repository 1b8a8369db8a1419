package io.logsense.api.source;

import io.logsense.api.LogSenseException;

/**
 * A place in a partition to resume from.
 *
 * @param value printable text that only the source understands, at most {@link #MAX_LENGTH}
 *     characters; empty for the beginning
 */
public record Checkpoint(String value) {
  /** The longest value allowed, in characters. */
  public static final int MAX_LENGTH = 1024;

  /** The beginning of a partition. */
  public static final Checkpoint START = new Checkpoint("");

  /** Checks the length. */
  public Checkpoint {
    if (value.length() > MAX_LENGTH) {
      throw new LogSenseException(
          LogSenseException.Category.LIMIT,
          "checkpoint of " + value.length() + " characters; at most " + MAX_LENGTH);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
