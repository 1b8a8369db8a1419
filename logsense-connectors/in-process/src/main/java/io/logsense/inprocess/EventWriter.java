package io.logsense.inprocess;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a logging library to the appenders that an appender wraps. Implemented by
 * appenders; called by any thread, by many at a time.
 *
 * @param <E> the library's event
 */
public interface EventWriter<E> {
  /**
   * Hands an event to the wrapped appenders, in the calling thread. What it throws is said once and
   * goes no further.
   */
  void write(E event);

  /** Whether the appender's own filters let an event in. */
  default boolean accepts(E event) {
    return true;
  }

  /**
   * The event with what is known of it, where the library's layouts can print it; everything else
   * is the event's.
   */
  E enrich(E event, Map<String, Object> facts);

  /**
   * The event as it is now, in a form that another thread can write later: called in the thread
   * that logs.
   */
  E detach(E event);

  /** A summary as an event of the summary's logger, level and time. */
  E event(Summary summary);

  /**
   * Says to whoever runs the application that something is wrong with the appender.
   *
   * @param cause what was thrown; null when nothing was
   */
  void warn(String problem, @Nullable Throwable cause);
}
