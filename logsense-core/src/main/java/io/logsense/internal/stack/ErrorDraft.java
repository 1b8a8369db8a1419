package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throwable that is still being read. Owners link to it, so that it can be replaced. */
final class ErrorDraft {
  /** How deep causes and suppressed errors may nest; what is deeper is left out. */
  private static final int DEEPEST = 256;

  String type;
  @Nullable StringBuilder message;
  final List<StackFrame> frames = new ArrayList<>();
  int framesInCommon;
  @Nullable ErrorDraft cause;
  final List<ErrorDraft> suppressed = new ArrayList<>();
  @Nullable ErrorDraft owner;

  ErrorDraft(String type, @Nullable String message) {
    this.type = type;
    this.message = message == null ? null : new StringBuilder(message);
  }

  ErrorDraft(ErrorName name) {
    this(name.type(), name.message());
  }

  /** Appends a line to the message. */
  void messageLine(String line) {
    if (message == null) {
      message = new StringBuilder(line);
    } else {
      message.append('\n').append(line);
    }
  }

  /** Sets the cause. */
  ErrorDraft causedBy(ErrorDraft newCause) {
    cause = newCause;
    newCause.owner = this;
    return newCause;
  }

  /** Adds a suppressed error. */
  ErrorDraft suppresses(ErrorDraft other) {
    suppressed.add(other);
    other.owner = this;
    return other;
  }

  /** Puts {@code wrapper} where this error is; this one becomes its cause. */
  void wrapIn(ErrorDraft wrapper) {
    ErrorDraft formerOwner = owner;
    wrapper.owner = formerOwner;
    if (formerOwner != null) {
      if (formerOwner.cause == this) {
        formerOwner.cause = wrapper;
      } else {
        formerOwner.suppressed.replaceAll(e -> e == this ? wrapper : e);
      }
    }
    wrapper.causedBy(this);
  }

  /** The outermost error that this one belongs to. */
  ErrorDraft outermost() {
    ErrorDraft error = this;
    while (error.owner != null) {
      error = error.owner;
    }
    return error;
  }

  /** The finished error. */
  ThrownError finish(boolean reverseFrames) {
    ThrownError error = finish(reverseFrames, 0);
    return error;
  }

  private ThrownError finish(boolean reverseFrames, int depth) {
    if (reverseFrames) {
      Collections.reverse(frames);
    }
    List<ThrownError> others = new ArrayList<>(suppressed.size());
    ThrownError finishedCause = null;
    if (depth < DEEPEST) {
      for (ErrorDraft other : suppressed) {
        others.add(other.finish(reverseFrames, depth + 1));
      }
      finishedCause = cause == null ? null : cause.finish(reverseFrames, depth + 1);
    }
    String text = message == null ? null : message.toString().stripTrailing();
    return new ThrownError(type, text, frames, framesInCommon, finishedCause, others);
  }
}
