package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * A form in which throwables come: live, as a logging library's proxy, or parsed from text.
 *
 * @param <T> a throwable
 * @param <F> all frames of one throwable, fetched once
 */
interface ThrowableForm<T, F> {
  String type(T throwable);

  @Nullable String message(T throwable);

  @Nullable T cause(T throwable);

  @Nullable T suppressed(T throwable, int index);

  F frames(T throwable);

  int count(F frames);

  String className(F frames, int index);

  String method(F frames, int index);

  @Nullable String file(F frames, int index);

  int line(F frames, int index);
}
