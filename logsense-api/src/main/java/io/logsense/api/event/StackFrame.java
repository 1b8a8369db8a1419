package io.logsense.api.event;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace, as printed, without loader, module and jar decorations.
 *
 * @param className the type that declares the function: {@code com.shop.Cart$Item}; the package
 *     path in Go, the type path in Rust; empty for languages without one
 * @param method the function: {@code lambda$total$0}, {@code <init>}, {@code (*Cart).Total}
 * @param file file name or path as printed, null when unknown
 * @param line 1-based line, {@link #UNKNOWN_LINE} or {@link #NATIVE_LINE}
 */
public record StackFrame(String className, String method, @Nullable String file, int line) {
  /** The trace does not say the line. */
  public static final int UNKNOWN_LINE = -1;

  /** The frame is native code; the same value as in {@link StackTraceElement}. */
  public static final int NATIVE_LINE = -2;

  @Override
  public String toString() {
    String name = className.isEmpty() ? method : className + "." + method;
    if (line == NATIVE_LINE) {
      return name + "(Native Method)";
    }
    String place = file == null ? "Unknown Source" : file;
    return name + "(" + (line >= 0 ? place + ":" + line : place) + ")";
  }
}
