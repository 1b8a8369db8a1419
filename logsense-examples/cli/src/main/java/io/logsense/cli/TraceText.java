package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.StackTrace;

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
    return out.append(trace.text()).toString();
  }
}
