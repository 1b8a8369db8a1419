package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

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

  /** Whether the text says that a limit left frames out. */
  private boolean truncated;

  /** Whether an error has more frames in common with the one it belongs to than that one has. */
  private boolean missing;

  /**
   * Whether numbers tell nothing: frames were left out that nobody wanted to see, or the root cause
   * is printed first, so that the frames in common are elsewhere.
   */
  private boolean gaps;

  private JvmTrace() {}

  static TraceReader.Reading read(TraceLines lines) {
    JvmTrace trace = new JvmTrace();
    trace.readLines(lines);
    ErrorDraft outermost = trace.current.outermost();
    boolean cut = trace.truncated || (trace.missing && !trace.gaps);
    return new TraceReader.Reading("java", outermost.finish(false), cut);
  }

  private void readLines(TraceLines lines) {
    int firstFrame = 0;
    while (firstFrame < lines.kept() && !isFrameOrNested(lines, firstFrame)) {
      firstFrame++;
    }
    int next = 0;
    int indent = 0;
    if (firstFrame > 0) {
      int header = headerLine(lines, firstFrame);
      String line = lines.jvm(header).text();
      current = new ErrorDraft(ErrorName.anywhere(line));
      indent = TraceReader.indent(line);
      next = header + 1;
    }
    levels.push(new Level(indent, current));
    while (next < lines.kept()) {
      if (lines.frame(next) != null) {
        List<StackFrame> frames = lines.frames(next);
        framesSeen = true;
        current.frames.addAll(frames);
        next += frames.size();
      } else {
        line(lines.jvm(next++));
      }
    }
    endError();
  }

  private static boolean isFrameOrNested(TraceLines lines, int i) {
    if (lines.frame(i) != null) {
      return true;
    }
    JvmLine.Kind kind = lines.jvm(i).kind();
    return kind.isFrame() || kind.isNested();
  }

  private static int headerLine(TraceLines lines, int firstFrame) {
    if (firstFrame == 1) {
      return 0;
    }
    List<String> above = new ArrayList<>(firstFrame);
    for (int i = 0; i < firstFrame; i++) {
      above.add(lines.jvm(i).text());
    }
    return TraceReader.headerLine(above, firstFrame);
  }

  private void line(JvmLine line) {
    switch (line.kind()) {
      case FRAME -> {
        frame(Objects.requireNonNull(line.frame()));
      }
      case FRAME_BEFORE_GAP -> {
        gaps = true;
        frame(Objects.requireNonNull(line.frame()));
      }
      case IN_COMMON -> {
        framesSeen = true;
        current.framesInCommon = line.count();
      }
      case TRUNCATED -> {
        framesSeen = true;
        truncated = true;
      }
      case LEFT_OUT -> {
        framesSeen = true;
        gaps = true;
      }
      case CIRCULAR -> {
        framesSeen = true;
        gaps = true;
      }
      case CAUSE, WRAPPER, SUPPRESSED -> {
        nested(line);
      }
      case CIRCULAR_HEADER -> {
        gaps = true;
      }
      case COMPOSED -> {
        composed = true;
      }
      case BLANK -> {
        if (!framesSeen) {
          current.messageLine("");
        }
      }
      case TEXT -> {
        text(line);
      }
    }
  }

  private void frame(StackFrame frame) {
    framesSeen = true;
    current.frames.add(frame);
  }

  private void text(JvmLine line) {
    String text = line.text().strip();
    if (composed) {
      composed = false;
      member(text, line.indent());
    } else if (!framesSeen) {
      current.messageLine(line.text());
    } else if (isHeader(text)) {
      member(text, levels.size() > 1 ? top().indent() : 1);
    }
  }

  private static boolean isHeader(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return HeaderFinder.grade(b, 0, b.length) == HeaderFinder.SURE;
  }

  private void nested(JvmLine line) {
    ErrorDraft draft = new ErrorDraft(Objects.requireNonNull(line.name()));
    if (line.kind() == JvmLine.Kind.SUPPRESSED) {
      closeTo(line.indent());
      top().error().suppresses(draft);
      open(line.indent(), draft);
      return;
    }
    closeTo(line.indent() + 1);
    Level level = levels.pop();
    if (level.error().type.startsWith("[CIRCULAR")) {
      draft.owner = null; // what the root refers back to is printed further down
    } else if (line.kind() == JvmLine.Kind.WRAPPER) {
      level.error().wrapIn(draft);
      gaps = true;
    } else {
      level.error().causedBy(draft);
    }
    open(level.indent(), draft);
  }

  private void member(String text, int indent) {
    closeTo(indent);
    open(indent, top().error().suppresses(new ErrorDraft(ErrorName.leading(text))));
  }

  private void open(int indent, ErrorDraft draft) {
    endError();
    levels.push(new Level(indent, draft));
    current = draft;
    framesSeen = false;
  }

  /** Closes the errors that are indented as much as given, or more; the outermost stays open. */
  private void closeTo(int indent) {
    while (levels.size() > 1 && top().indent() >= indent) {
      levels.pop();
    }
  }

  /** The current error is complete; that one it belongs to is too, as far as it can be shared. */
  private void endError() {
    ErrorDraft enclosing = current.owner;
    if (enclosing != null) {
      missing |= current.framesInCommon > enclosing.frames.size() + enclosing.framesInCommon;
    }
  }

  private Level top() {
    return levels.getFirst();
  }
}
