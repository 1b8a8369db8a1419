package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * What one line of a JVM's stack trace says, whatever stands around it. Immutable, so that it can
 * be remembered for the next time the same line is printed.
 *
 * @param kind what the line is
 * @param text the line as printed, without colours; empty for a frame
 * @param indent how many blanks and tabs stand before it
 * @param frame the frame, of a frame
 * @param name type and message, of a nested header
 * @param count the number of {@code ... 12 more}; -1 when there is none
 */
record JvmLine(
    Kind kind,
    String text,
    int indent,
    @Nullable StackFrame frame,
    @Nullable ErrorName name,
    int count) {
  enum Kind {
    BLANK,
    FRAME,
    /** A frame with a remark that frames below it are not printed: {@code [3 skipped]}. */
    FRAME_BEFORE_GAP,
    /** {@code ... 12 more}: printed with the enclosing error. */
    IN_COMMON,
    /** {@code ... 12 frames truncated}: a limit cut the trace. */
    TRUNCATED,
    /**
     * {@code ... 12 frames excluded}, {@code ... suppressed 3 lines}: uninteresting to somebody.
     */
    LEFT_OUT,
    CIRCULAR,
    CAUSE,
    WRAPPER,
    SUPPRESSED,
    /** {@code Caused by: [CIRCULAR REFERENCE: ...]}: printed above. */
    CIRCULAR_HEADER,
    COMPOSED,
    TEXT;

    boolean isFrame() {
      return this == FRAME || this == FRAME_BEFORE_GAP;
    }

    boolean isNested() {
      return this == CAUSE || this == WRAPPER || this == SUPPRESSED || this == CIRCULAR_HEADER;
    }
  }

  private static final byte[] SKIPPED = Ascii.bytes(" skipped]");

  /** Reads the line {@code b[from, to)}, given without its line feed. */
  static JvmLine read(byte[] b, int from, int to) {
    int cut = to > from && b[to - 1] == '\r' ? to - 1 : to;
    byte[] plain = PlainLine.bytes(b, from, cut);
    int begin = plain == b ? from : 0;
    int end = plain == b ? cut : plain.length;
    int start = JvmFrame.stripStart(plain, begin, end);
    int stop = JvmFrame.stripEnd(plain, start, end);
    StackFrame frame = JvmFrame.read(plain, start, stop);
    if (frame != null) {
      boolean gap = Ascii.endsWith(plain, start, stop, SKIPPED);
      return new JvmLine(gap ? Kind.FRAME_BEFORE_GAP : Kind.FRAME, "", 0, frame, null, -1);
    }
    String line = Ascii.text(plain, begin, end);
    return of(line, line.strip());
  }

  private static JvmLine of(String line, String text) {
    int indent = TraceReader.indent(line);
    if (text.startsWith("... ")) {
      return omitted(line, text, indent);
    }
    Kind kind = kind(text);
    ErrorName name = kind.isNested() ? ErrorName.leading(text) : null;
    return new JvmLine(kind, line, indent, null, name, -1);
  }

  private static Kind kind(String text) {
    if (text.isEmpty()) {
      return Kind.BLANK;
    }
    Kind kind = Kind.TEXT;
    if (text.startsWith("Caused by:")) {
      kind = Kind.CAUSE;
    } else if (text.startsWith("Wrapped by:")) {
      kind = Kind.WRAPPER;
    } else if (text.startsWith("Suppressed: ")) {
      kind = Kind.SUPPRESSED;
    } else if (text.startsWith("ComposedException ")) {
      return Kind.COMPOSED;
    } else if (text.startsWith("[CIRCULAR REFERENCE")) {
      return Kind.CIRCULAR;
    }
    return kind.isNested() && text.contains("[CIRCULAR REFERENCE") ? Kind.CIRCULAR_HEADER : kind;
  }

  private static JvmLine omitted(String line, String text, int indent) {
    int i = 4;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      i++;
    }
    int count = TraceReader.number(text, 4, i);
    String rest = text.substring(i).strip();
    Kind kind = Kind.LEFT_OUT;
    if (count >= 0 && (rest.startsWith("more") || rest.startsWith("common frames"))) {
      kind = Kind.IN_COMMON;
    } else if (rest.startsWith("frames truncated")) {
      kind = Kind.TRUNCATED;
    }
    return new JvmLine(kind, line, indent, null, null, count);
  }
}
