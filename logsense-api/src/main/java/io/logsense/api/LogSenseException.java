package io.logsense.api;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that LogSense throws on purpose. Its category says who can act.
 *
 * <p>Malformed log data never raises it: bad input is an answer (a dead letter, an empty result).
 */
public final class LogSenseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can do something about a failure. */
  public enum Category {
    /** The caller: an argument or a configuration is wrong. */
    USAGE,
    /** Nobody yet: the same call may succeed later. */
    TRANSIENT,
    /** The operator of the other system: file, server or disk refused for good. */
    EXTERNAL,
    /** The caller: a named limit was reached; the message says which and how to raise it. */
    LIMIT,
    /** The authors of LogSense or of a plugin. */
    DEFECT
  }

  private final Category category;

  /**
   * A failure of {@code category}; {@code message} gives the value, the place and the next step.
   */
  public LogSenseException(Category category, String message) {
    this(category, message, null);
  }

  /** A failure with the exception that led to it. */
  public LogSenseException(Category category, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  /** Who can act. */
  public Category category() {
    return category;
  }
}
