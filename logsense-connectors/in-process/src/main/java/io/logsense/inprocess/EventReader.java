package io.logsense.inprocess;

import io.logsense.FrameFingerprinter;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.fingerprint.StackFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a logging library in the form in which it hands them to its appenders.
 * Implemented by appenders.
 *
 * <p>Stateless and used by many threads. All methods but {@link #describe} are called for every
 * event and should not allocate.
 *
 * @param <E> the library's event
 */
public interface EventReader<E> {
  /** The name of the logger it was logged with; empty without one. */
  String logger(E event);

  /** How serious the event is. */
  Severity severity(E event);

  /** When it was logged, in nanoseconds since 1970-01-01T00:00Z. */
  long epochNanos(E event);

  /**
   * The message as it stands in the code, with its placeholders, and as the same string for every
   * event of a statement; null where there is none.
   */
  @Nullable String format(E event);

  /** The identities of its throwable, null without one. */
  @Nullable StackFingerprint fingerprint(E event, FrameFingerprinter frames);

  /**
   * Says everything about an event: severity, time, logger, thread, the message with its arguments,
   * the {@linkplain LiveTraces exception}, and the context, key-values and markers as attributes.
   * Called for the first of a group and for few others. May call code of the application, such as
   * an argument's {@code toString()}.
   */
  void describe(E event, LogEvent.Builder out);
}
