package io.logsense.code;

import java.time.Instant;
import java.util.Optional;

/** When source code changed. Users call it. */
public interface History {
  /**
   * When one of the lines changed last; empty when that is not known.
   *
   * @param path path from the root, with slashes
   * @param start first line, 1-based
   * @param end last line, inclusive
   */
  Optional<Instant> lastChange(String path, int start, int end);

  /** The newest commit: what ages are measured from. */
  Instant newest();
}
