package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;

/** Events as text again: the message, then the stack trace the way the JVM prints it. */
final class TraceText {
  private TraceText() {}

  /** The message and, where there is one, the stack trace. */
  static String of(LogEvent event) {
    StackTrace trace = event.exception();
    if (trace == null) {
      return event.message();
    }
    StringBuilder out = new StringBuilder(event.message());
    if (!event.message().isEmpty()) {
      out.append('\n');
    }
    append(out, trace.error(), "", "");
    return out.toString().stripTrailing();
  }

  private static void append(StringBuilder out, ThrownError error, String indent, String caption) {
    out.append(indent).append(caption).append(error).append('\n');
    for (StackFrame frame : error.frames()) {
      out.append(indent).append("\tat ").append(frame).append('\n');
    }
    if (error.framesInCommon() > 0) {
      out.append(indent).append("\t... ").append(error.framesInCommon()).append(" more\n");
    }
    for (ThrownError suppressed : error.suppressed()) {
      append(out, suppressed, indent + "\t", "Suppressed: ");
    }
    ThrownError cause = error.cause();
    if (cause != null) {
      append(out, cause, indent, "Caused by: ");
    }
  }
}
