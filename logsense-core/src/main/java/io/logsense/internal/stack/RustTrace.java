package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Rust panics with or without a backtrace, and errors with one. */
final class RustTrace {
  private final ErrorDraft error = new ErrorDraft("", null);
  private boolean inFrames;
  private boolean messageOpen;
  private @Nullable String function;

  private RustTrace() {}

  static ThrownError read(List<String> lines) {
    return new RustTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    for (String line : lines) {
      line(line, line.strip());
    }
    addFrame(null, StackFrame.UNKNOWN_LINE);
    return error.finish(false);
  }

  private void line(String line, String text) {
    int panicked = text.startsWith("thread ") ? text.indexOf("panicked at ") : -1;
    if (panicked > 0 && !inFrames) {
      panic(text.substring(panicked + 12));
    } else if (text.equalsIgnoreCase("stack backtrace:")) {
      inFrames = true;
    } else if (text.startsWith("note: ")) {
      messageOpen = false;
    } else if (inFrames) {
      frameLine(text);
    } else if (messageOpen && !text.isEmpty()) {
      error.messageLine(line);
    } else if (error.type.isEmpty() && !text.isEmpty()) {
      ErrorName name = ErrorName.leading(text);
      error.type = name.type();
      error.message = name.message() == null ? null : new StringBuilder(name.message());
    }
  }

  private void panic(String rest) {
    error.type = "panic";
    messageOpen = rest.endsWith(":");
    if (rest.startsWith("'")) {
      int end = rest.lastIndexOf("', ");
      error.messageLine(end > 0 ? rest.substring(1, end) : rest.substring(1));
      messageOpen = end < 0;
    }
  }

  private void frameLine(String text) {
    int colon = text.indexOf(": ");
    if (colon > 0 && TraceReader.number(text, 0, colon) >= 0) {
      addFrame(null, StackFrame.UNKNOWN_LINE);
      function = text.substring(colon + 2).strip();
    } else if (text.startsWith("at ")) {
      place(text.substring(3));
    }
  }

  private void place(String place) {
    int end = place.length();
    int column = TraceReader.beforeDigits(place, end);
    int line = -1;
    if (column > 0 && column < end && place.charAt(column - 1) == ':') {
      int first = TraceReader.beforeDigits(place, column - 1);
      if (first > 0 && first < column - 1 && place.charAt(first - 1) == ':') {
        line = TraceReader.number(place, first, column - 1);
        end = first - 1;
      } else {
        line = TraceReader.number(place, column, end);
        end = column - 1;
      }
    }
    addFrame(place.substring(0, end), line);
  }

  private void addFrame(@Nullable String file, int line) {
    if (function == null) {
      return;
    }
    error.frames.add(named(function, file, line));
    function = null;
  }

  private static StackFrame named(String printed, @Nullable String file, int line) {
    String name = printed;
    if (name.startsWith("0x")) {
      int dash = name.indexOf(" - ");
      name = dash < 0 ? name : name.substring(dash + 3).strip();
    }
    name = withoutHashes(name);
    int depth = 0;
    for (int i = name.length() - 1; i > 0; i--) {
      char c = name.charAt(i);
      if (c == '>' && name.charAt(i - 1) != '-') {
        depth++;
      } else if (c == '<') {
        depth--;
      } else if (c == ':'
          && name.charAt(i - 1) == ':'
          && depth == 0
          && i < name.length() - 1
          && name.charAt(i + 1) != '<') {
        return new StackFrame(name.substring(0, i - 1), name.substring(i + 1), file, line);
      }
    }
    return new StackFrame("", name, file, line);
  }

  /** Without {@code ::h0123456789abcdef} and {@code [0123456789abcdef]}. */
  private static String withoutHashes(String name) {
    int length = name.length();
    String text = name;
    if (length > 19
        && name.startsWith("::h", length - 19)
        && isHexadecimal(name, length - 16, length)) {
      text = name.substring(0, length - 19);
    }
    if (text.indexOf('[') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int close = text.charAt(i) == '[' ? text.indexOf(']', i) : -1;
      if (close > i + 8 && close <= i + 17 && isHexadecimal(text, i + 1, close)) {
        i = close + 1;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  private static boolean isHexadecimal(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
