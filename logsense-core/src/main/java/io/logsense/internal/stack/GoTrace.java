package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.List;

/**
 * Reads Go panics and goroutine dumps. The first goroutine is the error, further ones are its
 * suppressed errors; {@code created by} is not a frame.
 */
final class GoTrace {
  private static final String[] TYPES = {"panic", "fatal error", "runtime", "SIGABRT", "SIGQUIT"};

  private final ErrorDraft panic = new ErrorDraft("", null);
  private ErrorDraft current = panic;
  private boolean goroutineSeen;
  private String function = "";
  private boolean skipping;

  private GoTrace() {}

  static ThrownError read(List<String> lines) {
    return new GoTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    for (String line : lines) {
      line(line);
    }
    return panic.finish(false);
  }

  private void line(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      function = "";
      return;
    }
    if (isGoroutine(text)) {
      goroutine(text);
    } else if (text.startsWith("created by ")) {
      skipping = true;
      function = "";
    } else if (text.startsWith("[originating from goroutine ")) {
      skipping = false;
      function = "";
    } else if (isLocation(line, text)) {
      location(text);
    } else if (!goroutineSeen) {
      header(line, text);
    } else {
      function = text;
    }
  }

  private static boolean isGoroutine(String text) {
    return text.equals("runtime stack:")
        || (text.startsWith("goroutine ") && text.endsWith(":") && text.indexOf('[') > 0);
  }

  private void goroutine(String text) {
    skipping = false;
    function = "";
    String state = text.substring(0, text.length() - 1);
    if (!goroutineSeen || (current == panic && panic.frames.isEmpty())) {
      goroutineSeen = true;
      if (panic.type.isEmpty() && panic.message == null) {
        panic.message = new StringBuilder(state);
      }
      return;
    }
    current = panic.suppresses(new ErrorDraft("", state));
  }

  private void header(String line, String text) {
    if (text.startsWith("[signal ") || text.startsWith("exit status ")) {
      return;
    }
    if (panic.type.isEmpty()) {
      for (String type : TYPES) {
        int at = text.indexOf(type + ": ");
        if (at >= 0) {
          panic.type = type;
          panic.message = new StringBuilder(text.substring(at + type.length() + 2));
          return;
        }
      }
      int panicking = text.indexOf("panic");
      if (panicking >= 0) {
        panic.type = "panic";
        int colon = text.indexOf(": ", panicking);
        panic.message = new StringBuilder(colon < 0 ? text : text.substring(colon + 2));
        return;
      }
      function = text;
      return;
    }
    if (panic.type.equals("runtime") && text.startsWith("fatal error: ")) {
      panic.type = "fatal error";
      panic.message = new StringBuilder(text.substring(13));
      return;
    }
    panic.messageLine(line);
  }

  private static boolean isLocation(String line, String text) {
    if (TraceReader.indent(line) == 0) {
      return false;
    }
    int digits = locationDigits(text);
    return digits > 0;
  }

  /** The index of the line number, or -1. */
  private static int locationDigits(String text) {
    int end = text.indexOf(" +0x");
    String place = end < 0 ? text : text.substring(0, end);
    int digits = TraceReader.beforeDigits(place, place.length());
    return digits > 1 && digits < place.length() && place.charAt(digits - 1) == ':' ? digits : -1;
  }

  private void location(String text) {
    if (skipping || function.isEmpty()) {
      skipping = false;
      return;
    }
    int digits = locationDigits(text);
    int end = digits;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    goroutineSeen = true;
    current.frames.add(
        named(function, text.substring(0, digits - 1), TraceReader.number(text, digits, end)));
    function = "";
  }

  private static StackFrame named(String call, String file, int line) {
    String name = withoutArguments(call);
    int slash = name.lastIndexOf('/');
    int dot = name.indexOf('.', slash + 1);
    if (dot < 0) {
      return new StackFrame("", name, file, line);
    }
    return new StackFrame(name.substring(0, dot), name.substring(dot + 1), file, line);
  }

  /** {@code main.(*Cart).Total(0x1, ...)} without what the last parenthesis holds. */
  private static String withoutArguments(String call) {
    if (!call.endsWith(")")) {
      return call;
    }
    int depth = 0;
    for (int i = call.length() - 1; i > 0; i--) {
      char c = call.charAt(i);
      if (c == ')') {
        depth++;
      } else if (c == '(' && --depth == 0) {
        return call.substring(0, i);
      }
    }
    return call;
  }
}
