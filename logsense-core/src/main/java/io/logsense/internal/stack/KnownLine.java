package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line of an {@code at} trace and what it says, so that nobody has to read it again.
 *
 * <p>Immutable, and shared by threads without a lock; the one field that is not final is set when
 * it is first needed, by whoever comes first, always to an equal value.
 */
final class KnownLine {
  /** Which runtime prints frames like this one. */
  enum Dialect {
    NONE,
    JVM,
    JAVASCRIPT,
    DOTNET
  }

  private final byte[] bytes;
  private final LineKind kind;
  private final Dialect dialect;
  private final @Nullable StackFrame frame;
  private final int slot;
  private @Nullable JvmLine jvm;

  /**
   * Reads the line {@code b[from, to)}.
   *
   * @param slot where {@link LineMemo} keeps it, negative when it does not
   */
  KnownLine(byte[] b, int from, int to, LineKind kind, int slot) {
    this.slot = slot;
    this.bytes = Arrays.copyOfRange(b, from, to);
    this.kind = kind;
    this.dialect = kind == LineKind.AT_FRAME ? dialect(b, from, to) : Dialect.NONE;
    this.jvm = dialect == Dialect.JVM ? JvmLine.read(bytes, 0, bytes.length) : null;
    this.frame = jvm != null && jvm.kind() == JvmLine.Kind.FRAME ? jvm.frame() : null;
  }

  /** The dialect of the {@link LineKind#AT_FRAME} that {@code b[from, to)} is. */
  static Dialect dialect(byte[] b, int from, int to) {
    int end = JvmFrame.stripEnd(b, from, to);
    int start = Indent.skip(b, from, end);
    if (JavaScriptTrace.isFrame(b, start, end)) {
      return Dialect.JAVASCRIPT;
    }
    return DotnetTrace.isFrame(b, start, end) ? Dialect.DOTNET : Dialect.JVM;
  }

  LineKind kind() {
    return kind;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The frame, when the line is one of a JVM and nothing else. */
  @Nullable StackFrame frame() {
    return frame;
  }

  /** What the line says in a trace of a JVM. */
  JvmLine jvm() {
    JvmLine line = jvm;
    if (line == null) {
      line = JvmLine.read(bytes, 0, bytes.length);
      jvm = line;
    }
    return line;
  }

  int slot() {
    return slot;
  }

  int length() {
    return bytes.length;
  }

  /** Whether this is the line {@code b[from, to)}. */
  boolean is(byte[] b, int from, int to) {
    return Arrays.equals(bytes, 0, bytes.length, b, from, to);
  }
}
