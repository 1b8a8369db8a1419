package io.logsense.internal.stack;

import io.logsense.api.event.StackTrace;
import io.logsense.api.stack.StackTraceExtractor;
import io.logsense.internal.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stack traces of all supported languages in a text and parses them.
 *
 * <p>Uses the same state machine as {@link RecordAssembler}, so the two agree on what a trace is.
 * Stateless; a text without a trace costs one pass and no more than a few small objects.
 */
public final class TextStackTraceExtractor implements StackTraceExtractor {
  /** Lines of one trace that are parsed; what is behind them is consumed and marked. */
  private static final int MOST_LINES = 1 << 16;

  /** How often a text may have been escaped. */
  private static final int MOST_ESCAPES = 3;

  /** A stack trace extractor. */
  public TextStackTraceExtractor() {}

  @Override
  public List<StackTrace> extract(byte[] text, int offset, int length) {
    return new Pass(text, offset, offset + length, 0).run();
  }

  /** One walk over one text. */
  private static final class Pass {
    private final byte[] text;
    private final int from;
    private final int to;
    private final int depth;
    private final PendingLines pending;
    private final TraceScanner scanner;
    private final LineBreaks breaks = new LineBreaks();
    private @Nullable List<StackTrace> found;

    private int openStart;
    private int openEnd;
    private long openLine;
    private int openLines;
    private int openLinesKept;

    Pass(byte[] text, int from, int to, int depth) {
      this.depth = depth;
      this.text = text;
      this.from = from;
      this.to = to;
      pending = new PendingLines(text);
      scanner = new TraceScanner(pending);
    }

    List<StackTrace> run() {
      int line = 0;
      int i = from;
      int idleFrom = from;
      while (i < to) {
        int end = breaks.next(text, i, to);
        boolean escapes = breaks.sawEscape() || maySyslog(i, end);
        boolean idle = !scanner.insideTrace();
        LineKind kind =
            idle && LineClassifier.isPlain(text, i, end)
                ? LineKind.TEXT
                : LineClassifier.classify(text, i, end);
        if (idle && !TraceScanner.mayStart(kind)) {
          if (escapes) {
            extractEscaped(i, end, line);
          }
        } else {
          if (idle) {
            lookBehind(idleFrom, i, line);
          }
          pending.add(i, end, 0, line, escapes);
          scanner.accept(kind);
          apply();
          if (!scanner.insideTrace()) {
            idleFrom = pending.count() > 0 ? pending.start(0) : end + 1;
            forget(pending.count());
          }
        }
        line++;
        i = end + 1;
      }
      scanner.finish();
      apply();
      return found == null ? List.of() : List.copyOf(found);
    }

    /** Whether the line ends like a trace, or like a line feed, that syslog escaped. */
    private boolean maySyslog(int start, int end) {
      return end - start > 32 && (text[end - 1] == ')' || text[end - 1] == '2');
    }

    /**
     * Makes the lines above one that may start a trace pending, as many as a header may be away.
     */
    private void lookBehind(int idleFrom, int lineStart, int line) {
      int count = 0;
      int start = lineStart;
      while (start > idleFrom && count < PendingLines.MOST - 1) {
        start = Math.max(idleFrom, Ascii.lastIndexOf(text, idleFrom, start - 1, '\n') + 1);
        count++;
      }
      int number = line - count;
      while (start < lineStart) {
        int end = Ascii.indexOf(text, start, lineStart, '\n');
        pending.add(start, end, 0, number++, false);
        start = end + 1;
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

    private void apply() {
      if (scanner.ended()) {
        close();
      }
      forget(scanner.outside());
      int committed = scanner.committed();
      if (committed > 0) {
        commit(committed);
      }
    }

    private void commit(int lines) {
      if (scanner.started()) {
        openStart = pending.start(0);
        openLine = pending.number(0);
        openLines = 0;
        openLinesKept = 0;
      }
      openLines += lines;
      if (openLines <= MOST_LINES) {
        openEnd = pending.end(lines - 1);
        openLinesKept = openLines;
      }
      pending.remove(lines);
    }

    private void close() {
      boolean truncated = openLinesKept < openLines;
      add(
          TraceReader.read(text, openStart, openEnd),
          (int) openLine,
          openLines,
          truncated || (openEnd >= to && TraceReader.endsWithinLine(text, openStart, openEnd)));
    }

    private void add(TraceReader.Reading reading, int firstLine, int lines, boolean truncated) {
      if (found == null) {
        found = new ArrayList<>();
      }
      found.add(new StackTrace(reading.language(), reading.error(), firstLine, lines, truncated));
    }

    private void extractEscaped(int start, int end, int line) {
      byte[] decoded = depth < MOST_ESCAPES ? EscapedText.decode(text, start, end) : null;
      if (decoded == null) {
        return;
      }
      for (StackTrace inner : new Pass(decoded, 0, decoded.length, depth + 1).run()) {
        if (found == null) {
          found = new ArrayList<>();
        }
        found.add(new StackTrace(inner.language(), inner.error(), line, 1, inner.truncated()));
      }
    }
  }
}
