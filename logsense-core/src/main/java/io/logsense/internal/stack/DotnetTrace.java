package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import io.logsense.internal.text.Ascii;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads .NET and Mono: inner errors are printed before the frames of the outer one, which go on
 * behind {@code --- End of inner exception stack trace ---}.
 */
final class DotnetTrace {
  private static final byte[] AT = Ascii.bytes("at ");
  private static final byte[] PLACE = Ascii.bytes(") in ");
  private static final byte[] OFFSET = Ascii.bytes(" [0x");
  private static final byte[] NATIVE_METHOD = Ascii.bytes("Native Method");
  private static final byte[] UNKNOWN_SOURCE = Ascii.bytes("Unknown Source");

  private final Deque<ErrorDraft> open = new ArrayDeque<>();
  private ErrorDraft outermost = new ErrorDraft("", null);
  private boolean framesSeen;

  private DotnetTrace() {}

  static ThrownError read(List<String> lines) {
    return new DotnetTrace().readLines(lines);
  }

  private ThrownError readLines(List<String> lines) {
    int firstFrame = 0;
    while (firstFrame < lines.size()
        && frame(lines.get(firstFrame)) == null
        && !isNested(lines.get(firstFrame).strip())) {
      firstFrame++;
    }
    int header = TraceReader.headerLine(lines, firstFrame);
    if (firstFrame > 0) {
      outermost = header(lines.get(header), null);
    } else {
      open.push(outermost);
    }
    for (int i = firstFrame > 0 ? header + 1 : 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (text.startsWith("[ERROR] FATAL UNHANDLED") && framesSeen) {
        break;
      }
      line(lines.get(i), text);
    }
    return outermost.finish(false);
  }

  private static boolean isNested(String text) {
    return text.startsWith("---> ") || text.startsWith("--- ");
  }

  /** Opens the errors of a header, {@code outer ---> inner}; answers the outer one. */
  private ErrorDraft header(String line, @Nullable ErrorDraft owner) {
    ErrorDraft first = null;
    ErrorDraft above = owner;
    for (String part : line.split(" ---> ", -1)) {
      ErrorDraft draft =
          new ErrorDraft(above == null ? ErrorName.anywhere(part) : ErrorName.leading(part));
      if (above != null) {
        above.causedBy(draft);
      }
      open.push(draft);
      above = draft;
      first = first == null ? draft : first;
    }
    return first == null ? outermost : first;
  }

  private void line(String printed, String printedText) {
    if (printedText.isEmpty()) {
      return;
    }
    boolean closes = printedText.endsWith("<---") && !printedText.startsWith("<---");
    String line = closes ? printed.substring(0, printed.lastIndexOf("<---")) : printed;
    String text = line.strip();
    StackFrame frame = frame(line);
    if (frame != null) {
      framesSeen = true;
      open.getFirst().frames.add(frame);
    } else if (text.startsWith("---> (Inner Exception #")) {
      member(text);
    } else if (text.startsWith("---> ")) {
      header(text.substring(5), open.getFirst());
      framesSeen = false;
    } else if (text.startsWith("--- ")) {
      if (open.size() > 1 && (text.contains("inner") || !text.contains("previous location"))) {
        open.pop();
      }
      framesSeen = true;
    } else if (text.startsWith("<---")) {
      closeMember();
    } else if (!framesSeen) {
      int inner = line.indexOf(" ---> ");
      if (inner >= 0) {
        open.getFirst().messageLine(line.substring(0, inner));
        header(line.substring(inner + 6), open.getFirst());
      } else {
        open.getFirst().messageLine(line);
      }
    }
    if (closes) {
      closeMember();
    }
  }

  private void closeMember() {
    while (open.size() > 1) {
      open.pop();
    }
    framesSeen = true;
  }

  /** A member of an {@code AggregateException}; the first one has been printed as the cause. */
  private void member(String text) {
    while (open.size() > 1) {
      open.pop();
    }
    int close = text.indexOf(')');
    String rest = text.substring(close + 1).strip();
    ErrorDraft member = header(rest, null);
    if (!text.startsWith("---> (Inner Exception #0)")) {
      outermost.suppresses(member);
    }
    framesSeen = false;
  }

  /** Whether the {@code at} line {@code b[from, to)} is of .NET rather than of a JVM. */
  static boolean isFrame(byte[] b, int from, int to) {
    if (Ascii.indexOf(b, from, to, '`') >= 0
        || Ascii.indexOf(b, from, to, PLACE) >= 0
        || Ascii.indexOf(b, from, to, OFFSET) >= 0) {
      return true;
    }
    int open = Ascii.indexOf(b, from, to, '(') + 1;
    int close = Ascii.lastIndexOf(b, from, to, ')');
    if (open == 0 || close < open) {
      return false;
    }
    if (close == open || !Ascii.startsWith(b, from, to, AT)) {
      return true;
    }
    int space = Ascii.indexOf(b, open, close, ' ');
    return close == to - 1
        && space > open
        && Ascii.indexOf(b, open, close, ':') < 0
        && !Ascii.startsWith(b, open, close, UNKNOWN_SOURCE)
        && !(close - open == NATIVE_METHOD.length
            && Ascii.startsWith(b, open, close, NATIVE_METHOD));
  }

  /** The frame that a line is, or null. */
  static @Nullable StackFrame frame(String line) {
    String text = line.strip();
    int space = text.indexOf(' ');
    if (space < 1 || space > 4 || text.startsWith("---") || text.startsWith("<--")) {
      return null;
    }
    String body = text.substring(space + 1).strip();
    int open = callStart(body);
    if (open <= 0) {
      return text.startsWith("at ") && body.indexOf(' ') < 0 ? named(body, null, -1) : null;
    }
    String name = body.substring(0, open).strip();
    if (name.indexOf('.') < 0 && !text.startsWith("at ")) {
      return null;
    }
    int close = body.indexOf(')', open);
    int in = close < 0 ? -1 : body.indexOf(" in ", close);
    if (in < 0) {
      in = close < 0 ? -1 : localisedPlace(body, close);
    } else {
      in += 4;
    }
    return in < 0 ? named(name, null, StackFrame.UNKNOWN_LINE) : placed(name, body.substring(in));
  }

  /** Where the place begins when the word before it is not English: {@code ) w /srv/cart.cs:}. */
  private static int localisedPlace(String body, int close) {
    int word = close + 1;
    if (word + 1 >= body.length() || body.charAt(word) != ' ' || body.charAt(word + 1) == '[') {
      return -1;
    }
    int space = body.indexOf(' ', word + 1);
    return space < 0 ? -1 : space + 1;
  }

  /** The parenthesis that opens the parameters: the first outside brackets and angles. */
  private static int callStart(String body) {
    int depth = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == '(' && depth <= 0) {
        return i;
      }
    }
    return -1;
  }

  private static StackFrame placed(String name, String place) {
    String text = place.strip();
    int digits = TraceReader.beforeDigits(text, text.length());
    int line = TraceReader.number(text, digits, text.length());
    String file = text;
    if (line >= 0) {
      int colon = text.lastIndexOf(':', digits);
      file = colon > 0 ? text.substring(0, colon) : text;
    }
    boolean unknown = file.startsWith("<");
    return named(name, unknown ? null : file, unknown ? StackFrame.UNKNOWN_LINE : line);
  }

  private static StackFrame named(String name, @Nullable String file, int line) {
    int depth = 0;
    int dot = -1;
    for (int i = name.length() - 1; i >= 0 && dot < 0; i--) {
      char c = name.charAt(i);
      if (c == ']' || c == '>') {
        depth++;
      } else if (c == '[' || c == '<') {
        depth--;
      } else if (c == '.' && depth == 0) {
        dot = i;
      }
    }
    if (dot > 0 && name.charAt(dot - 1) == '.') {
      dot--;
    }
    if (dot <= 0) {
      return new StackFrame("", name, file, line);
    }
    return new StackFrame(name.substring(0, dot), name.substring(dot + 1), file, line);
  }
}
