package io.logsense.internal.fingerprint;

import io.logsense.api.fingerprint.ThrowableReader;
import org.jspecify.annotations.Nullable;

/** Throwables of a logging library. */
record ReaderForm<T>(ThrowableReader<T> reader) implements ThrowableForm<T, T> {
  @Override
  public String type(T throwable) {
    return reader.type(throwable);
  }

  @Override
  public @Nullable String message(T throwable) {
    return reader.message(throwable);
  }

  @Override
  public @Nullable T cause(T throwable) {
    return reader.cause(throwable);
  }

  @Override
  public @Nullable T suppressed(T throwable, int index) {
    return reader.suppressed(throwable, index);
  }

  @Override
  public T frames(T throwable) {
    return throwable;
  }

  @Override
  public int count(T frames) {
    return reader.frameCount(frames);
  }

  @Override
  public String className(T frames, int index) {
    return reader.frame(frames, index).getClassName();
  }

  @Override
  public String method(T frames, int index) {
    return reader.frame(frames, index).getMethodName();
  }

  @Override
  public @Nullable String file(T frames, int index) {
    return reader.frame(frames, index).getFileName();
  }

  @Override
  public int line(T frames, int index) {
    return LiveForm.printedLine(reader.frame(frames, index));
  }
}
