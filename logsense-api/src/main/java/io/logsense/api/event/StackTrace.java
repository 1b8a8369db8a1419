package io.logsense.api.event;

/**
 * A stack trace found in text.
 *
 * @param language {@code java}, {@code python}, {@code javascript}, {@code go}, {@code dotnet},
 *     {@code ruby}, {@code php} or {@code rust}; {@code java} stands for every JVM language
 * @param error the outermost throwable, whatever the order in which the text prints the chain
 * @param firstLine first line of the trace within the text it was found in, 0-based
 * @param lines number of lines
 * @param truncated whether a limit or the end of the text cut it short
 */
public record StackTrace(
    String language, ThrownError error, int firstLine, int lines, boolean truncated) {
  /** The trace as Java would print it, without a line end at its end. */
  public String text() {
    StringBuilder out = new StringBuilder();
    append(out, error, "", "");
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
