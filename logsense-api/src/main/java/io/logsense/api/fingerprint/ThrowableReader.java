package io.logsense.api.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Reads throwables in the form in which a logging library keeps them. Implemented by connectors, so
 * that a proxy object of Logback or Log4j2 is identified without a copy.
 *
 * <p>Stateless and used by many threads. Every method must be cheap: {@link #frame} is called for
 * each frame of each throwable.
 *
 * @param <T> the library's throwable
 */
public interface ThrowableReader<T> {
  /** Fully qualified class name. */
  String type(T throwable);

  /** The message, or null. */
  @Nullable String message(T throwable);

  /** What caused it, or null. */
  @Nullable T cause(T throwable);

  /** Number of frames, those shared with the enclosing throwable included. */
  int frameCount(T throwable);

  /** One frame, the throw point at 0. */
  StackTraceElement frame(T throwable, int index);

  /** One suppressed throwable, null past the last one. */
  default @Nullable T suppressed(T throwable, int index) {
    return null;
  }
}
