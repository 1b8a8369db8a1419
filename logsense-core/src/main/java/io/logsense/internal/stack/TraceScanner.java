package io.logsense.internal.stack;

import io.logsense.internal.text.Ascii;

/**
 * Decides, line by line, which lines are one stack trace: the state machine behind {@link
 * RecordAssembler} and {@link TextStackTraceExtractor}.
 *
 * <p>The caller appends a line to {@link PendingLines} and calls {@link #accept()}; the answer is
 * what has been decided: whether the open trace {@linkplain #ended() ended}, how many of the oldest
 * pending lines are {@linkplain #outside() outside} any trace, whether a trace {@linkplain
 * #started() starts} behind them, and how many of the then oldest lines are {@linkplain
 * #committed() part} of it, in this order. The other lines stay pending, never more than {@link
 * PendingLines#MOST}.
 *
 * <p>A trace starts with a line that only traces have (a frame, {@code Traceback}, {@code goroutine
 * 1 [running]:}); {@link HeaderFinder} then looks for its header among the pending lines. Within a
 * trace, a line is part of it, or in doubt (a blank line, a line of a message of several lines), or
 * not. A doubt is resolved by the next line that is sure; so an ordinary line behind a trace is
 * never part of it. Each line is classified once and looked back at once: linear.
 */
final class TraceScanner {
  private enum Family {
    NONE,
    AT,
    GECKO,
    PYTHON,
    GO,
    RUBY,
    PHP,
    RUST
  }

  private enum Verdict {
    PART,
    DOUBT,
    FOREIGN
  }

  private static final byte[] PANIC = Ascii.bytes("panic: ");
  private static final byte[] HEXADECIMAL = Ascii.bytes(" 0x");

  private final PendingLines lines;

  private Family family = Family.NONE;
  private boolean ended;
  private boolean started;
  private int outside;
  private int committed;

  /** Whether the last sure line was a header, so that lines of its message may follow. */
  private boolean afterHeader;

  /** How many braces of an inspected JavaScript error are open. */
  private int braces;

  /** How far the {@code Traceback} line was indented, and whether its frames are over. */
  private int indent;

  private boolean framesOver;

  /** Whether Python announced another traceback of the same chain. */
  private boolean chained;

  /** Whether the message of a Rust panic may have further lines. */
  private boolean messageOpen;

  TraceScanner(PendingLines lines) {
    this.lines = lines;
  }

  boolean ended() {
    return ended;
  }

  boolean started() {
    return started;
  }

  int outside() {
    return outside;
  }

  int committed() {
    return committed;
  }

  boolean insideTrace() {
    return family != Family.NONE;
  }

  /** Decides what the newest pending line makes clear. */
  void accept() {
    int newest = lines.count() - 1;
    byte[] b = lines.bytes();
    accept(LineClassifier.classify(b, lines.start(newest), lines.end(newest)));
  }

  void accept(LineKind kind) {
    ended = false;
    started = false;
    outside = 0;
    committed = 0;
    if (family != Family.NONE) {
      Verdict verdict = verdict(kind);
      if (verdict == Verdict.PART) {
        committed = lines.count();
        return;
      }
      if (verdict == Verdict.DOUBT && lines.count() < PendingLines.MOST) {
        return;
      }
      ended = true;
      family = Family.NONE;
    }
    idle(kind);
  }

  /** The text is over, or nothing came for a while: nothing stays pending. */
  void finish() {
    ended = family != Family.NONE;
    family = Family.NONE;
    started = false;
    committed = 0;
    outside = lines.count();
  }

  private void idle(LineKind kind) {
    int above = start(kind);
    if (above >= 0) {
      started = true;
      committed = above + 1;
      outside = lines.count() - committed;
      for (int i = outside; family == Family.AT && i < lines.count(); i++) {
        openBraces(i);
      }
    } else if (lines.count() >= PendingLines.MOST) {
      outside = lines.count() - PendingLines.MOST + 1;
    }
  }

  /** Whether every line that {@link #knows} applies to is part of the open trace. */
  boolean takesKnown() {
    return family == Family.AT && lines.count() == 0;
  }

  /** Whether a line of this kind, a pending one, is part of any trace like the open one. */
  boolean knows(LineKind kind, int line) {
    return family == Family.AT
        && (kind == LineKind.AT_FRAME
            || kind == LineKind.NESTED_HEADER
            || kind == LineKind.DECORATION)
        && !opensBrace(line);
  }

  /** Takes a line that is not made pending because it is known to be part of the open trace. */
  void takeKnown(LineKind kind) {
    afterHeader = kind == LineKind.NESTED_HEADER;
  }

  /** Whether the line {@code b[from, to)} of this kind starts a trace when none is open. */
  boolean mayStart(LineKind kind, byte[] b, int from, int to) {
    return switch (kind) {
      case NESTED_HEADER -> HeaderFinder.grade(b, from, to) >= HeaderFinder.LIKELY;
      case AT_FRAME,
          GECKO_FRAME,
          MONO_REPEAT,
          TRACEBACK,
          PYTHON_FRAME,
          GOROUTINE,
          GO_LOCATION,
          RUBY_HEADER,
          RUBY_FRAME,
          PHP_STACK_TRACE,
          PHP_FRAME,
          RUST_PANIC,
          RUST_BACKTRACE ->
          true;
      default -> false;
    };
  }

  /** How many lines above the newest a trace starts, or -1; sets the state of the new trace. */
  private int start(LineKind kind) {
    afterHeader = false;
    framesOver = false;
    braces = 0;
    chained = false;
    messageOpen = false;
    switch (kind) {
      case AT_FRAME -> {
        family = Family.AT;
        return HeaderFinder.aboveFrame(lines);
      }
      case GECKO_FRAME -> {
        family = Family.GECKO;
        return HeaderFinder.aboveFrame(lines);
      }
      case NESTED_HEADER -> {
        return startAtNestedHeader();
      }
      case MONO_REPEAT -> {
        family = Family.AT;
        afterHeader = true;
        return 0;
      }
      case TRACEBACK -> {
        family = Family.PYTHON;
        indent = indentOf(lines.count() - 1);
        return 0;
      }
      case PYTHON_FRAME -> {
        family = Family.PYTHON;
        indent = Math.max(0, indentOf(lines.count() - 1) - 2);
        return 0;
      }
      case GOROUTINE -> {
        family = Family.GO;
        return HeaderFinder.aboveGoroutine(lines);
      }
      case GO_LOCATION -> {
        family = Family.GO;
        return lines.reaches(1) && !HeaderFinder.isBlank(lines, 1) ? 1 : 0;
      }
      case RUBY_HEADER -> {
        family = Family.RUBY;
        afterHeader = true;
        return 0;
      }
      case RUBY_FRAME -> {
        family = Family.RUBY;
        return HeaderFinder.aboveFrame(lines);
      }
      case PHP_STACK_TRACE, PHP_FRAME -> {
        family = Family.PHP;
        return HeaderFinder.abovePhp(lines);
      }
      case RUST_PANIC -> {
        family = Family.RUST;
        afterHeader = endsWith(lines.count() - 1, ':');
        messageOpen = !afterHeader && !endsWithDigit(lines.count() - 1);
        return 0;
      }
      case RUST_BACKTRACE -> {
        family = Family.RUST;
        return HeaderFinder.aboveFrame(lines);
      }
      default -> {
        return -1;
      }
    }
  }

  /** A cause below a header without frames, as exceptions without a stack trace print it. */
  private int startAtNestedHeader() {
    if (HeaderFinder.grade(lines.bytes(), lines.startAbove(0), lines.endAbove(0))
        < HeaderFinder.LIKELY) {
      return -1;
    }
    family = Family.AT;
    afterHeader = true;
    return HeaderFinder.aboveFrame(lines);
  }

  private Verdict verdict(LineKind kind) {
    switch (family) {
      case AT, GECKO -> {
        return inAtFamily(kind);
      }
      case PYTHON -> {
        return inPython(kind);
      }
      case GO -> {
        return inGo(kind);
      }
      case RUBY -> {
        return inRuby(kind);
      }
      case PHP -> {
        return inPhp(kind);
      }
      case RUST -> {
        return inRust(kind);
      }
      default -> {
        return Verdict.FOREIGN;
      }
    }
  }

  private Verdict inAtFamily(LineKind kind) {
    int newest = lines.count() - 1;
    switch (kind) {
      case AT_FRAME, AT_MAYBE -> {
        if (newest > 0 && braces == 0 && holdsHeader(newest)) {
          return Verdict.FOREIGN;
        }
        afterHeader = false;
        openBraces(newest);
        return Verdict.PART;
      }
      case GECKO_FRAME -> {
        return family == Family.GECKO && newest == 0 ? Verdict.PART : Verdict.FOREIGN;
      }
      case NESTED_HEADER, MONO_REPEAT, JAVASCRIPT_PROPERTY -> {
        if (newest > 0 && braces == 0 && holdsHeader(newest)) {
          return Verdict.FOREIGN;
        }
        afterHeader = true;
        openBraces(newest);
        return Verdict.PART;
      }
      case SECTION -> {
        afterHeader = true;
        return Verdict.PART;
      }
      case DECORATION -> {
        afterHeader = false;
        return Verdict.PART;
      }
      case NODE_VERSION -> {
        return Verdict.PART;
      }
      case BLANK -> {
        return Verdict.DOUBT;
      }
      case CLOSING -> {
        if (braces > 0) {
          braces--;
          return Verdict.PART;
        }
        return Verdict.FOREIGN;
      }
      case TRACEBACK, GOROUTINE, RUST_PANIC, PHP_STACK_TRACE -> {
        return Verdict.FOREIGN;
      }
      default -> {
        return textInAtFamily(newest);
      }
    }
  }

  private Verdict textInAtFamily(int newest) {
    byte[] b = lines.bytes();
    if (braces > 0 && lines.end(newest) > lines.start(newest)) {
      if (indentOf(newest) >= 2) {
        openBraces(newest);
        return Verdict.PART;
      }
      return Verdict.FOREIGN;
    }
    if (HeaderFinder.startsRecord(b, lines.start(newest), lines.end(newest))) {
      return Verdict.FOREIGN;
    }
    // Log4j prints a further suppressed error like a header; "... 4 more" below it tells.
    return afterHeader || (newest == 0 && holdsHeader(1)) ? Verdict.DOUBT : Verdict.FOREIGN;
  }

  /** Counts the brace or bracket that a line of an inspected JavaScript error leaves open. */
  private void openBraces(int line) {
    if (opensBrace(line)) {
      braces++;
    }
  }

  private boolean opensBrace(int line) {
    return endsWith(line, '{') || endsWith(line, '[');
  }

  /** Whether the lines in doubt name another error, so that the frame below is not ours. */
  private boolean holdsHeader(int before) {
    byte[] b = lines.bytes();
    for (int i = 0; i < before; i++) {
      int start = lines.start(i);
      int end = lines.end(i);
      if (start < end
          && !Ascii.isSpace(b[start])
          && HeaderFinder.grade(b, start, end) == HeaderFinder.SURE) {
        return true;
      }
    }
    return false;
  }

  private Verdict inPython(LineKind kind) {
    int newest = lines.count() - 1;
    switch (kind) {
      case BLANK -> {
        return Verdict.DOUBT;
      }
      case TRACEBACK -> {
        if (framesOver && !chained && !(newest == 0 && isGroupLine(newest))) {
          return Verdict.FOREIGN;
        }
        chained = false;
        framesOver = false;
        indent = indentOf(newest);
        return Verdict.PART;
      }
      case PYTHON_CHAIN -> {
        chained = true;
        framesOver = true;
        return Verdict.PART;
      }
      case PYTHON_GROUP_RULE, PYTHON_GROUP_LINE -> {
        if (!framesOver && indentOf(newest) > indent) {
          return Verdict.PART; // a value that a decorator drew below a source line
        }
        framesOver = true;
        return newest == 0 ? Verdict.PART : Verdict.FOREIGN;
      }
      case PYTHON_FRAME -> {
        if (framesOver && newest > 0) {
          return Verdict.FOREIGN;
        }
        return Verdict.PART;
      }
      case RUBY_HEADER -> {
        if (!framesOver) {
          family = Family.RUBY;
          framesOver = true;
          return Verdict.PART;
        }
        return Verdict.FOREIGN;
      }
      case RUBY_FRAME -> {
        family = Family.RUBY;
        return Verdict.PART;
      }
      default -> {
        return textInPython(newest);
      }
    }
  }

  private Verdict textInPython(int newest) {
    if (indentOf(newest) > indent) {
      return newest == 0 || !framesOver ? Verdict.PART : Verdict.DOUBT;
    }
    if (!framesOver) {
      framesOver = true;
      return Verdict.PART;
    }
    // A note or the rest of a message, if a chained traceback follows.
    byte[] b = lines.bytes();
    return HeaderFinder.startsRecord(b, lines.start(newest), lines.end(newest))
        ? Verdict.FOREIGN
        : Verdict.DOUBT;
  }

  private boolean isGroupLine(int line) {
    byte[] b = lines.bytes();
    int start = Indent.skip(b, lines.start(line), lines.end(line));
    return start < lines.end(line) && (b[start] == '|' || b[start] == '+');
  }

  private Verdict inGo(LineKind kind) {
    switch (kind) {
      case GOROUTINE, GO_LOCATION, GO_OTHER -> {
        return Verdict.PART;
      }
      case BLANK, GO_FUNCTION -> {
        return Verdict.DOUBT;
      }
      case TEXT -> {
        return textInGo(lines.count() - 1);
      }
      default -> {
        return Verdict.FOREIGN;
      }
    }
  }

  /** Functions without arguments, nested panics and the registers of a crash. */
  private Verdict textInGo(int newest) {
    byte[] b = lines.bytes();
    int start = lines.start(newest);
    int end = Ascii.trimLineEnd(b, start, lines.end(newest));
    if (Ascii.startsWith(b, Indent.skip(b, start, end), end, PANIC)) {
      return Verdict.DOUBT;
    }
    int space = Ascii.indexOf(b, start, end, ' ');
    if (space < 0) {
      return Verdict.DOUBT;
    }
    return space - start <= 6 && Ascii.indexOf(b, space, end, HEXADECIMAL) > 0
        ? Verdict.PART
        : Verdict.FOREIGN;
  }

  private Verdict inRuby(LineKind kind) {
    int newest = lines.count() - 1;
    byte[] b = lines.bytes();
    switch (kind) {
      case RUBY_FRAME -> {
        afterHeader = false;
        return Verdict.PART;
      }
      case RUBY_HEADER -> {
        afterHeader = true;
        return Verdict.PART;
      }
      case DECORATION -> {
        return Verdict.PART;
      }
      case BLANK -> {
        return Verdict.DOUBT;
      }
      case TEXT, AT_MAYBE -> {
        return afterHeader && !HeaderFinder.startsRecord(b, lines.start(newest), lines.end(newest))
            ? Verdict.DOUBT
            : Verdict.FOREIGN;
      }
      default -> {
        return Verdict.FOREIGN;
      }
    }
  }

  private Verdict inPhp(LineKind kind) {
    int newest = lines.count() - 1;
    switch (kind) {
      case PHP_FRAME, PHP_STACK_TRACE, PHP_THROWN -> {
        afterHeader = false;
        return Verdict.PART;
      }
      case PHP_NEXT -> {
        afterHeader = true;
        return Verdict.PART;
      }
      case BLANK -> {
        return Verdict.DOUBT;
      }
      case TEXT -> {
        if (closesJson(newest)) {
          return Verdict.PART;
        }
        return afterHeader ? Verdict.DOUBT : Verdict.FOREIGN;
      }
      default -> {
        return afterHeader ? Verdict.DOUBT : Verdict.FOREIGN;
      }
    }
  }

  /** Laravel ends the trace inside a JSON string. */
  private boolean closesJson(int line) {
    byte[] b = lines.bytes();
    int end = Ascii.trimLineEnd(b, lines.start(line), lines.end(line));
    return end - lines.start(line) == 2 && b[end - 2] == '"' && b[end - 1] == '}';
  }

  private Verdict inRust(LineKind kind) {
    switch (kind) {
      case NUMBERED, RUST_NOTE, RUST_BACKTRACE, AT_FRAME, AT_MAYBE -> {
        afterHeader = false;
        messageOpen = false;
        return Verdict.PART;
      }
      case DECORATION -> {
        return Verdict.PART;
      }
      case BLANK -> {
        return Verdict.DOUBT;
      }
      case RUST_PANIC -> {
        // A panic while panicking, or in another thread: an error of its own.
        return Verdict.FOREIGN;
      }
      default -> {
        if (afterHeader) {
          // The first line of the message is sure, further ones only if a note follows.
          afterHeader = false;
          messageOpen = true;
          return Verdict.PART;
        }
        return messageOpen ? Verdict.DOUBT : Verdict.FOREIGN;
      }
    }
  }

  private int indentOf(int line) {
    byte[] b = lines.bytes();
    int i = lines.start(line);
    while (i < lines.end(line) && Ascii.isSpace(b[i])) {
      i++;
    }
    return i - lines.start(line);
  }

  private boolean endsWith(int line, char c) {
    byte[] b = lines.bytes();
    int end = Ascii.trimLineEnd(b, lines.start(line), lines.end(line));
    return end > lines.start(line) && b[end - 1] == c;
  }

  private boolean endsWithDigit(int line) {
    byte[] b = lines.bytes();
    int end = Ascii.trimLineEnd(b, lines.start(line), lines.end(line));
    return end > lines.start(line) && Ascii.isDigit(b[end - 1]);
  }
}
