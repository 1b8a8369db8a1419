package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PHP errors. The innermost error comes first; each {@code Next} wraps the ones before. */
final class PhpTrace {
  private ErrorDraft current = new ErrorDraft("", null);
  private boolean headerSeen;
  private boolean framesSeen;

  private PhpTrace() {}

  static ThrownError read(List<String> lines) {
    return new PhpTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    for (String line : lines) {
      line(line);
    }
    return current.outermost().finish(false);
  }

  private void line(String line) {
    String text = line.strip();
    StackFrame frame = frame(text);
    if (frame != null) {
      framesSeen = true;
      current.frames.add(frame);
    } else if (text.endsWith("Stack trace:") || text.equals("[stacktrace]")) {
      framesSeen = true;
    } else if (framesSeen && (text.startsWith("Next ") || text.equals("[previous exception]"))) {
      ErrorDraft outer = named(text);
      if (text.startsWith("Next ")) {
        current.wrapIn(outer);
      } else {
        current.causedBy(outer);
      }
      current = outer;
      headerSeen = text.startsWith("Next ");
      framesSeen = false;
    } else if (!headerSeen && !text.isEmpty()) {
      headerSeen = true;
      ErrorDraft header = named(text);
      current.type = header.type;
      current.message = header.message;
    } else if (!framesSeen && !text.isEmpty()) {
      current.messageLine(withoutPlace(text));
    }
  }

  private static ErrorDraft named(String text) {
    String header = text;
    int uncaught = header.indexOf("Uncaught ");
    if (uncaught >= 0) {
      header = header.substring(uncaught + 9);
    }
    header = withoutPlace(header);
    if (header.startsWith("exception '")) {
      // PHP 5: exception 'RuntimeException' with message 'no such item'
      int type = header.indexOf('\'', 11);
      int message = header.indexOf("with message '");
      if (type > 0) {
        String rest = message < 0 ? null : header.substring(message + 14);
        boolean closed = rest != null && rest.endsWith("'");
        return new ErrorDraft(
            header.substring(11, type),
            rest != null && closed ? rest.substring(0, rest.length() - 1) : rest);
      }
    }
    return new ErrorDraft(
        uncaught >= 0 || text.startsWith("Next ")
            ? ErrorName.leading(header)
            : ErrorName.anywhere(header));
  }

  /** Without {@code in /srv/cart.php:12} at the end. */
  private static String withoutPlace(String text) {
    int digits = TraceReader.beforeDigits(text, text.length());
    int in = text.lastIndexOf(" in ");
    boolean place =
        in >= 0 && digits < text.length() && digits > in && text.charAt(digits - 1) == ':';
    return place ? text.substring(0, in) : text;
  }

  /** The frame that a line is, or null. */
  static @Nullable StackFrame frame(String line) {
    String text = line.startsWith("PHP ") ? line.substring(4).strip() : line;
    int i = text.startsWith("#") ? 1 : 0;
    int digits = i;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      i++;
    }
    if (i == digits || i + 1 >= text.length()) {
      return null;
    }
    if (digits == 0) {
      return text.startsWith(". ", i) ? xdebug(text.substring(i + 2)) : null;
    }
    return text.charAt(i) == ' ' ? call(text.substring(i + 1)) : null;
  }

  private static StackFrame call(String text) {
    String rest = text.strip();
    if (rest.startsWith("[internal function]: ")) {
      return named(rest.substring(21), null, StackFrame.UNKNOWN_LINE);
    }
    int close = rest.indexOf("): ");
    int open = close < 0 ? -1 : rest.lastIndexOf('(', close);
    int line = open < 0 ? -1 : TraceReader.number(rest, open + 1, close);
    return line < 0
        ? named(rest, null, StackFrame.UNKNOWN_LINE)
        : named(rest.substring(close + 3), rest.substring(0, open), line);
  }

  /** {@code total() /srv/cart.php:12} */
  private static StackFrame xdebug(String text) {
    int digits = TraceReader.beforeDigits(text, text.length());
    int space = text.lastIndexOf(' ');
    if (space < 0 || digits <= space || text.charAt(digits - 1) != ':') {
      return named(text, null, StackFrame.UNKNOWN_LINE);
    }
    return named(
        text.substring(0, space),
        text.substring(space + 1, digits - 1),
        TraceReader.number(text, digits, text.length()));
  }

  private static StackFrame named(String call, @Nullable String file, int line) {
    int open = call.indexOf('(');
    String name = open > 0 ? call.substring(0, open) : call;
    int separator = name.lastIndexOf("->");
    int other = name.lastIndexOf("::");
    int at = Math.max(separator, other);
    if (at > 0) {
      return new StackFrame(name.substring(0, at), name.substring(at + 2), file, line);
    }
    return new StackFrame("", name, file, line);
  }
}
