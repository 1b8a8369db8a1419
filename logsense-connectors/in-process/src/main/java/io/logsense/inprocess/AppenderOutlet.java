package io.logsense.inprocess;

import org.jspecify.annotations.Nullable;

/**
 * Where the shared part of an appender writes to. Implemented by appenders; called by any thread,
 * by one at a time.
 */
public interface AppenderOutlet {
  /** Writes a summary to the log, whatever its policies say: it stands for events left out. */
  void write(Summary summary);

  /**
   * Says to whoever runs the application that something is wrong with the appender.
   *
   * @param cause what was thrown; null when nothing was
   */
  void warn(String problem, @Nullable Throwable cause);
}
