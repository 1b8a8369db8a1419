package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import io.logsense.api.event.ThrownError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code Throwable.printStackTrace}, Logback, Log4j and Reactor print. Nesting is told
 * by indentation: a suppressed error is indented more than its owner, a cause as much as its
 * effect.
 */
final class JvmTrace {
  private record Level(int indent, ErrorDraft error) {}

  private final Deque<Level> levels = new ArrayDeque<>();
  private ErrorDraft current = new ErrorDraft("", null);
  private boolean framesSeen;
  private boolean composed;

  private JvmTrace() {}

  static ThrownError read(List<String> lines) {
    return new JvmTrace().readLines(lines);
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
      current = new ErrorDraft(ErrorName.anywhere(lines.get(header)));
    }
    levels.push(new Level(firstFrame > 0 ? headerIndent(lines.get(header)) : 0, current));
    for (int i = firstFrame > 0 ? header + 1 : 0; i < lines.size(); i++) {
      line(lines.get(i));
    }
    return current.outermost().finish(false);
  }

  private static int headerIndent(String line) {
    return line.strip().startsWith("Suppressed: ") ? 0 : TraceReader.indent(line);
  }

  private static boolean isNested(String text) {
    return text.startsWith("Caused by:")
        || text.startsWith("Wrapped by:")
        || text.startsWith("Suppressed: ");
  }

  private void line(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      if (!framesSeen) {
        current.messageLine("");
      }
      return;
    }
    StackFrame frame = frame(line);
    if (frame != null) {
      framesSeen = true;
      current.frames.add(frame);
    } else if (text.startsWith("... ")) {
      omitted(text);
    } else if (text.startsWith("[CIRCULAR REFERENCE")) {
      framesSeen = true;
    } else if (isNested(text)) {
      nested(text, TraceReader.indent(line));
    } else if (text.startsWith("ComposedException ")) {
      composed = true;
    } else if (composed) {
      composed = false;
      member(text, TraceReader.indent(line));
    } else if (!framesSeen) {
      current.messageLine(line);
    } else if (isHeader(text)) {
      member(text, levels.size() > 1 ? top().indent() : 1);
    }
  }

  private static boolean isHeader(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return HeaderFinder.grade(b, 0, b.length) == HeaderFinder.SURE;
  }

  private void omitted(String text) {
    int i = 4;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      i++;
    }
    int count = TraceReader.number(text, 4, i);
    String rest = text.substring(i).strip();
    if (count >= 0 && (rest.startsWith("more") || rest.startsWith("common frames"))) {
      current.framesInCommon = count;
    }
    framesSeen = true;
  }

  private void nested(String text, int indent) {
    if (text.contains("[CIRCULAR REFERENCE")) {
      return;
    }
    ErrorDraft draft = new ErrorDraft(ErrorName.leading(text));
    if (text.startsWith("Suppressed")) {
      while (levels.size() > 1 && top().indent() >= indent) {
        levels.pop();
      }
      top().error().suppresses(draft);
      levels.push(new Level(indent, draft));
    } else {
      while (levels.size() > 1 && top().indent() > indent) {
        levels.pop();
      }
      Level level = levels.pop();
      if (level.error().type.startsWith("[CIRCULAR")) {
        draft.owner = null; // what the root refers back to is printed further down
      } else if (text.startsWith("Wrapped")) {
        level.error().wrapIn(draft);
      } else {
        level.error().causedBy(draft);
      }
      levels.push(new Level(level.indent(), draft));
    }
    current = draft;
    framesSeen = false;
  }

  private void member(String text, int indent) {
    while (levels.size() > 1 && top().indent() >= indent) {
      levels.pop();
    }
    current = top().error().suppresses(new ErrorDraft(ErrorName.leading(text)));
    levels.push(new Level(indent, current));
    framesSeen = false;
  }

  private Level top() {
    return levels.getFirst();
  }

  /** The frame that a line is, or null. */
  static @Nullable StackFrame frame(String line) {
    String text = line.strip();
    if (text.startsWith("eval at ")) {
      text = text.substring(5);
    }
    if (!text.startsWith("at ")) {
      return null;
    }
    String body = text.substring(3).strip();
    int open = placeStart(body);
    if (open > 0) {
      return placed(body.substring(0, open), body.substring(open + 1, body.indexOf(')', open)));
    }
    boolean bare = body.indexOf(' ') < 0 && body.indexOf('.') > 0;
    if (!bare || body.charAt(0) == '[') {
      return null;
    }
    // Cut in the middle, or printed by a tool that leaves the place out.
    open = body.indexOf('(');
    return named(open > 0 ? body.substring(0, open) : body, null, StackFrame.UNKNOWN_LINE);
  }

  /**
   * The parenthesis around the place: the first whose content looks like one, because names may
   * have parentheses (Kotlin) and remarks behind the frame too.
   */
  private static int placeStart(String body) {
    int open = body.indexOf('(');
    while (open >= 0) {
      int close = body.indexOf(')', open);
      if (close < 0) {
        return -1;
      }
      if (isPlace(body, open + 1, close) || isClassAsPlace(body, open, close)) {
        return open;
      }
      open = body.indexOf('(', open + 1);
    }
    return -1;
  }

  private static boolean isPlace(String body, int from, int to) {
    if (body.startsWith("Native Method)", from) || body.startsWith("Unknown Source", from)) {
      return true;
    }
    boolean marked =
        body.startsWith("SourceFile)", from)
            || body.startsWith("PG)", from)
            || body.startsWith("Unknown)", from);
    for (int i = from; i < to; i++) {
      char c = body.charAt(i);
      if (c == ' ' || c == ',' || c == '(') {
        return false;
      }
      marked |= c == '.' || c == ':' || c == '<' || c == '_';
    }
    return marked;
  }

  /** Whether a frame of a class made at run time names that class for its file. */
  private static boolean isClassAsPlace(String body, int open, int close) {
    boolean last = close + 1 == body.length() || body.charAt(close + 1) == ' ';
    int space = body.indexOf(' ');
    if (!last || body.lastIndexOf('.', open) < 1 || (space >= 0 && space < open)) {
      return false;
    }
    boolean generated = false;
    for (int i = open + 1; i < close; i++) {
      char c = body.charAt(i);
      if (!Character.isJavaIdentifierPart(c)) {
        return false;
      }
      generated |= c == '$';
    }
    return generated;
  }

  private static StackFrame placed(String name, String place) {
    if (place.equals("Native Method")) {
      return named(name, null, StackFrame.NATIVE_LINE);
    }
    int digits = TraceReader.beforeDigits(place, place.length());
    String file = place;
    int line = StackFrame.UNKNOWN_LINE;
    if (digits > 0 && digits < place.length() && place.charAt(digits - 1) == ':') {
      line = TraceReader.number(place, digits, place.length());
      file = place.substring(0, digits - 1);
    }
    boolean unknown = file.isEmpty() || file.equals("Unknown Source");
    return named(name, unknown ? null : file, line);
  }

  private static StackFrame named(String name, @Nullable String file, int line) {
    String qualified = withoutModule(name.strip());
    int dot = qualified.lastIndexOf('.');
    if (dot < 0) {
      return new StackFrame("", qualified, file, line);
    }
    return new StackFrame(qualified.substring(0, dot), qualified.substring(dot + 1), file, line);
  }

  /** Without loader and module; the address behind a hidden class is part of its name. */
  private static String withoutModule(String name) {
    int slash = name.lastIndexOf('/');
    while (slash >= 0) {
      if (!name.startsWith("0x", slash + 1)
          && !(slash + 1 < name.length() && Character.isDigit(name.charAt(slash + 1)))) {
        return name.substring(slash + 1);
      }
      slash = name.lastIndexOf('/', slash - 1);
    }
    return name;
  }
}
