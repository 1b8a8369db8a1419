package io.logsense.internal.stack;

import io.logsense.api.event.StackTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one text that finds and reads its stack traces. Used once.
 *
 * <p>Hot loop: written for speed. Ordinary lines take a path of their own that only looks for the
 * next line feed and at the first and the last byte; lines of a trace that were read before are
 * recognised by {@link LineMemo}; all others go through {@link TraceScanner}.
 */
final class TraceWalk {
  /** How often a text may have been escaped. */
  private static final int MOST_ESCAPES = 3;

  /** How many known lines are worth a run. */
  private static final int LEAST_RUN = 2;

  private final LineMemo memo;
  private final byte[] text;
  private final int to;
  private final int escapes;
  private final PendingLines pending;
  private final TraceScanner scanner;
  private final TraceLines open;
  private final LineBreaks breaks = new LineBreaks();
  private @Nullable List<StackTrace> found;

  /** Where the next line begins, and its number. */
  private int at;

  private int line;

  /** Behind the last line that may not be looked back at. */
  private int idleFrom;

  /** The first of the newest lines that were known and taken one by one. */
  private int single;

  /** The slot of the last line in the memo, or of the line that usually is in its place. */
  private int latest = LineMemo.NONE;

  /**
   * A walk over {@code text[from, to)}.
   *
   * @param escapes how often line feeds were unescaped to get this text
   */
  TraceWalk(LineMemo memo, byte[] text, int from, int to, int escapes) {
    this.memo = memo;
    this.text = text;
    this.to = to;
    this.escapes = escapes;
    at = from;
    idleFrom = from;
    pending = new PendingLines(text);
    scanner = new TraceScanner(pending);
    open = new TraceLines(text);
  }

  /** The traces in order. */
  List<StackTrace> run() {
    while (at < to) {
      if (!scanner.insideTrace()) {
        idleLines();
      } else if (!scanner.takesKnown() || !knownLines()) {
        traceLine();
      }
    }
    scanner.finish();
    apply(LineKind.TEXT);
    return found == null ? List.of() : List.copyOf(found);
  }

  /** Walks over lines outside traces, up to the first line of which one may start. */
  private void idleLines() {
    byte[] b = text;
    int i = at;
    int number = line;
    while (i < to) {
      int end = breaks.next(b, i, to);
      if (breaks.sawEscape() || !LineClassifier.isPlain(b, i, end)) {
        LineKind kind = LineClassifier.classify(b, i, end);
        boolean escaped = mayBeEscaped(i, end);
        if (scanner.mayStart(kind, b, i, end)) {
          at = i;
          line = number;
          pending.linesAbove(idleFrom);
          take(end, kind, escaped);
          return;
        }
        if (escaped) {
          extractEscaped(i, end, number);
        }
      }
      number++;
      i = end + 1;
    }
    at = i;
    line = number;
  }

  /**
   * Whether the line holds a backslash, or ends like a trace or a line feed that syslog escaped.
   */
  private boolean mayBeEscaped(int start, int end) {
    return breaks.sawEscape()
        || (end - start > 32 && (text[end - 1] == ')' || text[end - 1] == '2'));
  }

  /** Takes the next line, or lines, when they are known and so part of the trace for sure. */
  private boolean knownLines() {
    int slot = latest < 0 ? LineMemo.NONE : memo.behind(latest);
    if (slot >= 0 && knownRun(memo.run(slot), 0)) {
      return true;
    }
    KnownLine next = slot < 0 ? null : memo.at(slot, text, at, to);
    if (next == null) {
      int end = breaks.next(text, at, to);
      next = LineClassifier.isPlain(text, at, end) ? null : memo.find(latest, text, at, end);
      if (next == null) {
        return false;
      }
      if (knownRun(memo.run(next.slot()), 0)) {
        return true;
      }
    }
    scanner.takeKnown(next.kind());
    latest = next.slot();
    int end = at + next.length();
    open.add(end, next);
    line++;
    at = end + 1;
    if (at - open.start(single) >= KnownRun.LONG) {
      keepRun();
    }
    return true;
  }

  private boolean knownRun(@Nullable KnownRun run, int first) {
    int last = run == null ? 0 : run.matches(first, text, at, to);
    if (run == null || last <= first) {
      return false;
    }
    keepRun();
    KnownLine newest = run.line(last - 1);
    scanner.takeKnown(newest.kind());
    latest = newest.slot();
    open.add(run, first, last, at);
    line += last - first;
    at += run.end(first, last - 1) + 1;
    single = open.kept();
    return true;
  }

  /** Keeps the newest lines that were known, but taken one by one, for the next time. */
  private void keepRun() {
    int stop = open.kept();
    if (stop - single >= LEAST_RUN) {
      memo.keep(open.run(single, stop));
    }
    single = stop;
  }

  /** Takes the next line, inside a trace. */
  private void traceLine() {
    int end = breaks.next(text, at, to);
    take(end, LineClassifier.classify(text, at, end), mayBeEscaped(at, end));
  }

  private void take(int end, LineKind kind, boolean escaped) {
    pending.add(at, end, 0, line, escaped);
    scanner.accept(kind);
    line++;
    at = end + 1;
    apply(kind);
    if (!scanner.insideTrace()) {
      idleFrom = pending.count() > 0 ? pending.start(0) : at;
      forget(pending.count());
    }
  }

  private void apply(LineKind newest) {
    if (scanner.ended()) {
      close();
    }
    forget(scanner.outside());
    int lines = scanner.committed();
    if (lines > 0) {
      commit(lines, newest);
    }
  }

  /** Lets go of lines outside any trace. */
  private void forget(int lines) {
    for (int i = 0; i < lines; i++) {
      if (pending.truncated(i)) {
        extractEscaped(pending.start(i), pending.end(i), (int) pending.number(i));
      }
    }
    pending.remove(lines);
  }

  private void commit(int lines, LineKind newest) {
    if (scanner.started()) {
      pending.nothingAbove();
      open.begin(pending.start(0), (int) pending.number(0));
    } else {
      keepRun();
    }
    int last = lines - 1;
    for (int i = 0; i < last; i++) {
      open.add(pending.end(i), null);
    }
    KnownLine known = null;
    if (scanner.knows(newest, last)) {
      int start = pending.start(last);
      int end = pending.end(last);
      known = memo.find(latest, text, start, end);
      known = known != null ? known : memo.read(text, start, end, newest);
    }
    if (known != null && known.slot() >= 0) {
      latest = known.slot();
    } else if (latest >= 0) {
      latest = memo.behind(latest);
    }
    open.add(pending.end(last), known);
    single = open.kept();
    pending.remove(lines);
  }

  private void close() {
    keepRun();
    latest = LineMemo.NONE;
    int last = open.kept() - 1;
    boolean withinLine = open.end(last) >= to && open.kind(last) == LineKind.AT_MAYBE;
    TraceReader.Reading reading = TraceReader.read(open);
    boolean cut = reading.cut() || withinLine || open.kept() < open.count();
    add(new StackTrace(reading.language(), reading.error(), open.number(), open.count(), cut));
  }

  private void add(StackTrace trace) {
    if (found == null) {
      found = new ArrayList<>();
    }
    found.add(trace);
  }

  private void extractEscaped(int start, int end, int number) {
    byte[] decoded = escapes < MOST_ESCAPES ? EscapedText.decode(text, start, end) : null;
    if (decoded != null) {
      for (StackTrace inner : new TraceWalk(memo, decoded, 0, decoded.length, escapes + 1).run()) {
        add(new StackTrace(inner.language(), inner.error(), number, 1, inner.truncated()));
      }
    }
  }
}
