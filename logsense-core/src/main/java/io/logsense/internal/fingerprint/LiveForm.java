package io.logsense.internal.fingerprint;

import io.logsense.api.event.StackFrame;
import org.jspecify.annotations.Nullable;

/** Throwables of this JVM. */
final class LiveForm implements ThrowableForm<Throwable, StackTraceElement[]> {
  static final LiveForm INSTANCE = new LiveForm();

  private LiveForm() {}

  @Override
  public String type(Throwable throwable) {
    return throwable.getClass().getName();
  }

  @Override
  public @Nullable String message(Throwable throwable) {
    return throwable.getMessage();
  }

  @Override
  public @Nullable Throwable cause(Throwable throwable) {
    return throwable.getCause();
  }

  @Override
  public @Nullable Throwable suppressed(Throwable throwable, int index) {
    Throwable[] suppressed = throwable.getSuppressed();
    return index < suppressed.length ? suppressed[index] : null;
  }

  @Override
  public StackTraceElement[] frames(Throwable throwable) {
    return throwable.getStackTrace();
  }

  @Override
  public int count(StackTraceElement[] frames) {
    return frames.length;
  }

  @Override
  public String className(StackTraceElement[] frames, int index) {
    return frames[index].getClassName();
  }

  @Override
  public String method(StackTraceElement[] frames, int index) {
    return frames[index].getMethodName();
  }

  @Override
  public @Nullable String file(StackTraceElement[] frames, int index) {
    return frames[index].getFileName();
  }

  @Override
  public int line(StackTraceElement[] frames, int index) {
    return printedLine(frames[index]);
  }

  /** The line as the text form of the frame has it. */
  static int printedLine(StackTraceElement frame) {
    int line = frame.getLineNumber();
    if (line == StackFrame.NATIVE_LINE) {
      return line;
    }
    return line < 0 || frame.getFileName() == null ? StackFrame.UNKNOWN_LINE : line;
  }
}
