package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Python tracebacks, whose frames are printed with the throw point last, whose chains begin
 * with the innermost error, and whose groups draw a tree in the margin.
 */
final class PythonTrace {
  /** One margin of the tree: the error being read in it, and what its members belong to. */
  private static final class Margin {
    final int column;
    final @Nullable ErrorDraft parent;
    @Nullable ErrorDraft error;
    boolean named;
    boolean chained;
    int indent;

    Margin(int column, @Nullable ErrorDraft parent) {
      this.column = column;
      this.parent = parent;
    }
  }

  private final Deque<Margin> margins = new ArrayDeque<>();
  private @Nullable ErrorDraft first;

  private PythonTrace() {
    margins.push(new Margin(-1, null));
  }

  static ThrownError read(List<String> lines) {
    return new PythonTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    for (String line : lines) {
      line(line);
    }
    ErrorDraft result = margins.getLast().error;
    if (result == null) {
      result = first == null ? new ErrorDraft("", null) : first;
    }
    return result.outermost().finish(true);
  }

  private void line(String line) {
    int column = TraceReader.indent(line);
    if (column >= line.length()) {
      return;
    }
    char mark = line.charAt(column);
    boolean inTree =
        margins.size() > 1
            || line.contains("Exception Group Traceback")
            || (mark == '|' && line.endsWith("Traceback (most recent call last):"));
    if (mark == '+' && line.startsWith("+-", column)) {
      rule(line, column);
    } else if (inTree && (mark == '|' || (mark == '+' && line.startsWith("+ ", column)))) {
      margin(column);
      content(margins.getFirst(), unmargined(line, column + 1));
    } else {
      while (margins.size() > 1 && margins.getFirst().column > column) {
        margins.pop();
      }
      content(margins.getLast(), line);
    }
  }

  private static String unmargined(String line, int from) {
    return line.startsWith(" ", from) ? line.substring(from + 1) : line.substring(from);
  }

  /** Goes to the margin at a column, the outermost tree included. */
  private void margin(int column) {
    while (margins.size() > 1 && margins.getFirst().column > column) {
      margins.pop();
    }
    if (margins.getFirst().column < column) {
      Margin outer = margins.getFirst();
      if (outer.column == -1 && outer.error != null && !outer.chained) {
        return;
      }
      Margin inner = new Margin(column, null);
      inner.error = outer.error;
      inner.named = outer.named;
      inner.chained = outer.chained;
      margins.push(inner);
    }
  }

  /** {@code +-+--- 1 ---} opens the members of the group, {@code +--- 2 ---} is the next one. */
  private void rule(String line, int column) {
    if (line.startsWith("+-+", column)) {
      Margin outer = margins.getFirst();
      while (margins.size() > 1 && outer.column > column) {
        margins.pop();
        outer = margins.getFirst();
      }
      margins.push(new Margin(column + 2, outer.error));
      return;
    }
    while (margins.size() > 1 && margins.getFirst().column > column) {
      margins.pop();
    }
    Margin here = margins.getFirst();
    if (here.parent != null) {
      margins.pop();
      margins.push(new Margin(here.column, here.parent));
    }
  }

  private void content(Margin margin, String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return;
    }
    if (text.endsWith("Traceback (most recent call last):")) {
      begin(margin, TraceReader.indent(line));
    } else if (text.startsWith("The above exception was the direct cause")
        || text.startsWith("During handling of the above exception")) {
      margin.chained = true;
    } else if (frame(text) != null) {
      ErrorDraft error = margin.error;
      if (error == null || margin.named) {
        error = begin(margin, Math.max(0, TraceReader.indent(line) - 2));
      }
      StackFrame frame = frame(text);
      if (frame != null) {
        error.frames.add(frame);
      }
    } else if (margin.error == null) {
      // A member of a group that has no traceback of its own.
      begin(margin, TraceReader.indent(line));
      name(margin, text);
    } else if (!margin.named) {
      if (TraceReader.indent(line) <= margin.indent && !text.startsWith("File \"")) {
        name(margin, text);
      }
    } else if (!margin.chained) {
      ErrorDraft error = margin.error;
      if (error != null) {
        error.messageLine(line);
      }
    }
  }

  private ErrorDraft begin(Margin margin, int indent) {
    ErrorDraft former = margin.error;
    ErrorDraft error = new ErrorDraft("", null);
    if (former != null && margin.named) {
      former.wrapIn(error);
    } else if (margin.parent != null) {
      margin.parent.suppresses(error);
    }
    margin.error = error;
    margin.named = false;
    margin.chained = false;
    margin.indent = indent;
    if (first == null) {
      first = error;
    }
    for (Margin other : margins) {
      if (other != margin && other.error == former && former != null) {
        other.error = error;
      }
    }
    return error;
  }

  private static void name(Margin margin, String text) {
    ErrorName name = ErrorName.leading(text);
    ErrorDraft error = margin.error;
    if (error != null) {
      error.type = name.type();
      error.message = name.message() == null ? null : new StringBuilder(name.message());
      margin.named = true;
    }
  }

  /** The frame that a line is, or null: {@code File "cart.py", line 3, in total}. */
  static @Nullable StackFrame frame(String line) {
    String text = line.startsWith("> ") ? line.substring(2) : line;
    if (!text.startsWith("File \"")) {
      return null;
    }
    int place = text.lastIndexOf("\", line ");
    if (place < 6) {
      return null;
    }
    int digits = place + 8;
    int end = digits;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (!text.startsWith(", in ", end)) {
      return null;
    }
    String function = text.substring(end + 5).strip();
    return new StackFrame(
        "", function, text.substring(6, place), TraceReader.number(text, digits, end));
  }
}
