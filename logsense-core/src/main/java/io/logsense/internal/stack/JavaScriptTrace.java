package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import io.logsense.internal.text.Ascii;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads V8, Firefox and Safari stacks, and errors as Node's inspector prints them. */
final class JavaScriptTrace {
  private static final byte[] ANONYMOUS = Ascii.bytes("(<anonymous>)");
  private static final byte[] NATIVE = Ascii.bytes("(native)");
  private static final byte[] ASYNC = Ascii.bytes("at async ");
  private static final byte[] INDEX = Ascii.bytes("(index ");

  private record Level(int indent, ErrorDraft error) {}

  private final Deque<Level> levels = new ArrayDeque<>();
  private ErrorDraft current = new ErrorDraft("", null);
  private boolean framesSeen;
  private boolean inErrors;

  private JavaScriptTrace() {}

  static ThrownError read(List<String> lines) {
    return new JavaScriptTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    int firstFrame = 0;
    while (firstFrame < lines.size()
        && frame(lines.get(firstFrame)) == null
        && !lines.get(firstFrame).strip().startsWith("[errors]: [")) {
      firstFrame++;
    }
    int header = TraceReader.headerLine(lines, firstFrame);
    if (firstFrame > 0) {
      current = new ErrorDraft(name(lines.get(header)));
    }
    levels.push(new Level(firstFrame > 0 ? TraceReader.indent(lines.get(header)) : 0, current));
    for (int i = firstFrame > 0 ? header + 1 : 0; i < lines.size(); i++) {
      line(lines.get(i));
    }
    return current.outermost().finish(false);
  }

  private static ErrorName name(String line) {
    String text = line.strip();
    if (text.endsWith(" {")) {
      text = text.substring(0, text.length() - 2);
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    return ErrorName.anywhere(text);
  }

  private void line(String line) {
    String text = line.strip();
    StackFrame frame = frame(line);
    if (frame != null) {
      framesSeen = true;
      current.frames.add(frame);
    } else if (text.startsWith("[cause]: ")) {
      nested(text.substring(9), TraceReader.indent(line), false);
    } else if (text.startsWith("[errors]: [")) {
      inErrors = true;
      framesSeen = true;
    } else if (inErrors && !text.isEmpty() && "}]".indexOf(text.charAt(0)) < 0 && framesSeen) {
      byte[] b = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      if (HeaderFinder.grade(b, 0, b.length) > HeaderFinder.NONE) {
        nested(text, TraceReader.indent(line), true);
      }
    } else if (text.startsWith("]")) {
      inErrors = false;
    } else if (!framesSeen && !text.isEmpty()) {
      current.messageLine(line);
    }
  }

  private void nested(String text, int indent, boolean member) {
    while (levels.size() > 1 && levels.getFirst().indent() >= indent) {
      levels.pop();
    }
    ErrorDraft owner = levels.getFirst().error();
    ErrorDraft draft = new ErrorDraft(name(text));
    if (member) {
      owner.suppresses(draft);
    } else {
      owner.causedBy(draft);
    }
    levels.push(new Level(indent, draft));
    current = draft;
    framesSeen = false;
  }

  /** Whether the {@code at} line {@code b[from, to)} is of JavaScript rather than of a JVM. */
  static boolean isFrame(byte[] b, int from, int to) {
    int end = to;
    while (end > from && isTail(b[end - 1])) {
      end--;
    }
    if (Ascii.endsWith(b, from, end, ANONYMOUS) || Ascii.endsWith(b, from, end, NATIVE)) {
      return true;
    }
    if (end > from && b[end - 1] == ')') {
      end--;
    }
    int column = Ascii.beforeDigits(b, from, end);
    if (column == end || column < from + 2 || b[column - 1] != ':') {
      return Ascii.startsWith(b, from, end, ASYNC) && Ascii.indexOf(b, from, end, INDEX) >= 0;
    }
    int line = Ascii.beforeDigits(b, from, column - 1);
    return line < column - 1 && line > from && b[line - 1] == ':';
  }

  private static boolean isTail(byte c) {
    return c == '{' || c == '[' || c == ',' || c == ' ';
  }

  private static String withoutTail(String text) {
    int end = text.length();
    while (end > 0 && "{[, ".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The frame that a line is, or null. */
  static @Nullable StackFrame frame(String line) {
    String text = withoutTail(line.strip());
    if (text.startsWith("eval at ")) {
      text = text.substring(5);
    }
    if (!text.startsWith("at ")) {
      return gecko(text);
    }
    String body = text.substring(3).strip();
    if (body.startsWith("async ")) {
      body = body.substring(6);
    }
    if (!body.endsWith(")")) {
      return placed("", body);
    }
    int open = opening(body);
    return open <= 0
        ? placed("", body)
        : placed(body.substring(0, open).strip(), body.substring(open + 1, body.length() - 1));
  }

  /** The parenthesis that the last character closes. */
  private static int opening(String body) {
    int depth = 0;
    for (int i = body.length() - 1; i >= 0; i--) {
      char c = body.charAt(i);
      if (c == ')') {
        depth++;
      } else if (c == '(' && --depth == 0) {
        return i;
      }
    }
    return body.indexOf('(');
  }

  private static @Nullable StackFrame gecko(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return null;
    }
    String function = text.substring(0, at);
    if (function.indexOf(' ') >= 0
        && !function.startsWith("global ")
        && !function.startsWith("eval ")
        && !function.startsWith("module ")) {
      return null;
    }
    String place = text.substring(at + 1);
    boolean numbered = TraceReader.beforeDigits(place, place.length()) < place.length();
    return numbered || place.equals("[native code]") ? placed(function, place) : null;
  }

  private static StackFrame placed(String function, String place) {
    String where = place;
    if (where.startsWith("eval at ")) {
      // The position inside the evaluated text is behind the comma, the file is not.
      int comma = where.lastIndexOf(", ");
      where = comma < 0 ? where : where.substring(comma + 2);
    }
    int end = where.length();
    int column = TraceReader.beforeDigits(where, end);
    int line = -1;
    if (column > 0 && column < end && where.charAt(column - 1) == ':') {
      int first = TraceReader.beforeDigits(where, column - 1);
      if (first > 0 && first < column - 1 && where.charAt(first - 1) == ':') {
        line = TraceReader.number(where, first, column - 1);
        end = first - 1;
      } else {
        line = TraceReader.number(where, column, end);
        end = column - 1;
      }
    }
    String file = where.substring(0, end);
    boolean known =
        !file.isEmpty()
            && !file.equals("<anonymous>")
            && !file.equals("native")
            && !file.equals("[native code]")
            && !file.startsWith("index ");
    return named(function, known ? file : null, line);
  }

  private static StackFrame named(String function, @Nullable String file, int line) {
    String name = function;
    int alias = name.indexOf(" [as ");
    if (alias > 0) {
      name = name.substring(0, alias);
    }
    if (name.isEmpty()) {
      name = "<anonymous>";
    }
    int dot = name.lastIndexOf('.');
    if (dot > 1 && name.charAt(dot - 1) == '.') {
      dot--; // Module._extensions..js
    }
    if (dot <= 0 || dot == name.length() - 1 || name.startsWith("new ") || name.indexOf('/') >= 0) {
      return new StackFrame("", name, file, line);
    }
    return new StackFrame(name.substring(0, dot), name.substring(dot + 1), file, line);
  }
}
