package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Ruby errors: in order, in reverse order with numbers, and as Rails prints them. */
final class RubyTrace {
  private ErrorDraft current = new ErrorDraft("", null);
  private boolean headerSeen;
  private boolean framesSeen;
  private boolean reversed;

  private RubyTrace() {}

  static ThrownError read(List<String> lines) {
    return new RubyTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    for (String line : lines) {
      line(line);
    }
    return current.outermost().finish(false);
  }

  private void line(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return;
    }
    if (text.startsWith("Traceback (most recent call last)")) {
      reversed = true;
      return;
    }
    int message = messageStart(text);
    if (message > 0 && !text.startsWith("from ")) {
      header(text, message);
      return;
    }
    StackFrame frame = frame(text);
    if (frame != null) {
      framesSeen = true;
      current.frames.add(reversed ? 0 : current.frames.size(), frame);
    } else if (!headerSeen) {
      headerSeen = true;
      rails(text);
    } else if (!framesSeen) {
      messageLine(line);
    }
  }

  private void header(String text, int message) {
    if (headerSeen) {
      current = current.causedBy(new ErrorDraft("", null));
    }
    headerSeen = true;
    framesSeen = reversed;
    StackFrame frame = frame(text.substring(0, message - 1));
    if (frame != null) {
      current.frames.add(0, frame);
    }
    messageLine(text.substring(message).strip());
  }

  /** Adds a line of the message; the type stands in parentheses at the end of one of them. */
  private void messageLine(String line) {
    String text = line;
    int open = text.lastIndexOf(" (");
    if (current.type.isEmpty() && text.endsWith(")") && open >= 0 && isType(text, open + 2)) {
      current.type = text.substring(open + 2, text.length() - 1);
      text = text.substring(0, open);
    }
    current.messageLine(text);
  }

  private static boolean isType(String text, int from) {
    for (int i = from; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != ':' && c != '_') {
        return false;
      }
    }
    return from < text.length() - 1 && Character.isUpperCase(text.charAt(from));
  }

  /** {@code NoMethodError (undefined method 'x'):} */
  private void rails(String text) {
    ErrorName name = ErrorName.anywhere(text);
    current.type = name.type();
    String message = name.message();
    if (message != null) {
      boolean wrapped = message.startsWith("(");
      int end = message.endsWith("):") ? message.length() - 2 : message.length();
      current.message = new StringBuilder(message.substring(wrapped ? 1 : 0, end));
    }
  }

  /** Where the message begins behind the quoted method, or -1. */
  private static int messageStart(String text) {
    int in = inMethod(text);
    if (in < 0) {
      return -1;
    }
    int close = text.indexOf("':", in + 5);
    return close < 0 ? -1 : close + 2;
  }

  private static int inMethod(String text) {
    int in = text.indexOf(":in `");
    return in < 0 ? text.indexOf(":in '") : in;
  }

  /** The frame that a line is, or null. */
  static @Nullable StackFrame frame(String line) {
    String text = line.strip();
    int start = 0;
    while (start < text.length() && "[\"".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    text = text.substring(start);
    int from = text.indexOf("from ");
    if (from >= 0 && from < 8) {
      text = text.substring(from + 5);
    }
    int in = inMethod(text);
    int end = in < 0 ? text.length() : in;
    int digits = TraceReader.beforeDigits(text, end);
    if (digits == end || digits < 2 || text.charAt(digits - 1) != ':') {
      return null;
    }
    int lineNumber = TraceReader.number(text, digits, end);
    String file = text.substring(0, digits - 1);
    if (in < 0) {
      return new StackFrame("", "", file, lineNumber);
    }
    int close = text.indexOf('\'', in + 5);
    return named(text.substring(in + 5, close < 0 ? text.length() : close), file, lineNumber);
  }

  /** Since 3.4 the class is printed too: {@code block in Shop::Cart#total}. */
  private static StackFrame named(String label, String file, int line) {
    int name = label.lastIndexOf(" in ") < 0 ? 0 : label.lastIndexOf(" in ") + 4;
    int separator = label.indexOf('#', name);
    if (separator < 0) {
      separator = label.indexOf('.', name);
    }
    if (separator <= name || label.charAt(name) == '<' || separator == label.length() - 1) {
      return new StackFrame("", label, file, line);
    }
    String method = label.substring(0, name) + label.substring(separator + 1);
    return new StackFrame(label.substring(name, separator), method, file, line);
  }
}
