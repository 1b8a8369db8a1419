package io.logsense.inprocess;

import io.logsense.Analysis;
import java.util.function.Consumer;

/**
 * Counts everything that is logged through one logging library, beside whatever writes it. For
 * tests: an application has an appender instead.
 *
 * <p>Implemented by the modules that have an appender, found through {@link
 * java.util.ServiceLoader}, called by {@code logsense-junit}.
 */
public interface LogTap {
  /** Whether what is logged here and now goes to this library, and nowhere else from there. */
  boolean isInUse();

  /**
   * Begins to count at the root logger, and goes on when the library takes another configuration.
   *
   * @param warnings is told what could not be counted
   */
  Opened open(AppenderSettings settings, Consumer<String> warnings);

  /** A tap that counts. */
  interface Opened {
    /** Counts no more, and answers what was logged since the tap was opened. Once. */
    Analysis stopCounting();
  }
}
