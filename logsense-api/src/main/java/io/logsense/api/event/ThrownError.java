package io.logsense.api.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One throwable of a stack trace: type, message, frames, and what it was caused by.
 *
 * <p>Immutable. The shape is the same for all languages: an exception in Java, Python, JavaScript,
 * .NET, Ruby and PHP, a panic in Go and Rust.
 */
public final class ThrownError {
  private final String type;
  private final @Nullable String message;
  private final List<StackFrame> frames;
  private final int framesInCommon;
  private final @Nullable ThrownError cause;
  private final List<ThrownError> suppressed;

  /**
   * A throwable.
   *
   * @param type fully qualified type as printed; empty when the trace does not name it
   * @param message the message, possibly of several lines; null when there is none
   * @param frames the printed frames, throw point first in every language
   * @param framesInCommon how many further frames were elided because the enclosing throwable has
   *     the same ones ({@code ... 12 more}); 0 for none
   * @param cause what caused it, null for a root cause
   * @param suppressed suppressed throwables (Java), members of an exception group (Python), of an
   *     {@code AggregateException} (.NET) or {@code AggregateError} (JavaScript), further
   *     goroutines of a dump (Go)
   */
  public ThrownError(
      String type,
      @Nullable String message,
      List<StackFrame> frames,
      int framesInCommon,
      @Nullable ThrownError cause,
      List<ThrownError> suppressed) {
    this.type = Objects.requireNonNull(type, "type");
    this.message = message;
    this.frames = List.copyOf(frames);
    this.framesInCommon = framesInCommon;
    this.cause = cause;
    this.suppressed = List.copyOf(suppressed);
  }

  /** Fully qualified type; empty when the trace does not name it. */
  public String type() {
    return type;
  }

  /** The message, or null. */
  public @Nullable String message() {
    return message;
  }

  /** The printed frames, throw point first. */
  public List<StackFrame> frames() {
    return frames;
  }

  /** How many frames the enclosing throwable shares and the text left out. */
  public int framesInCommon() {
    return framesInCommon;
  }

  /** What caused this throwable, or null. */
  public @Nullable ThrownError cause() {
    return cause;
  }

  /** Suppressed throwables, group members or further goroutines. */
  public List<ThrownError> suppressed() {
    return suppressed;
  }

  /** The innermost cause; this throwable when it has none. */
  public ThrownError rootCause() {
    ThrownError root = this;
    while (root.cause != null) {
      root = root.cause;
    }
    return root;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ThrownError other
        && type.equals(other.type)
        && Objects.equals(message, other.message)
        && frames.equals(other.frames)
        && framesInCommon == other.framesInCommon
        && Objects.equals(cause, other.cause)
        && suppressed.equals(other.suppressed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, message, frames, framesInCommon, cause, suppressed);
  }

  /** The header line: {@code type: message}. */
  @Override
  public String toString() {
    return message == null ? type : type + ": " + message;
  }
}
