package io.logsense.api.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something can never be read, such as a damaged object: the reader stands behind it and goes on
 * there. To be reported; trying again is no use.
 */
public final class LeftOutException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Something that {@code message} names. */
  public LeftOutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
