package io.logsense.internal.stack;

import io.logsense.api.event.StackFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consecutive lines of one stack trace within a text, some of them known. Not thread-safe. */
final class TraceLines {
  /** Lines that are parsed; those behind them are counted. */
  static final int MOST = 1 << 16;

  private final byte[] text;
  private int start;
  private int number;
  private int count;
  private int kept;
  private int[] ends = new int[32];
  private @Nullable KnownLine[] known = new @Nullable KnownLine[32];
  private @Nullable StackFrame[] frames = new @Nullable StackFrame[32];

  TraceLines(byte[] text) {
    this.text = text;
  }

  /**
   * Forgets all lines; the next one begins at {@code newStart} and is the given one of the text.
   */
  void begin(int newStart, int newNumber) {
    start = newStart;
    number = newNumber;
    count = 0;
    kept = 0;
  }

  /** Appends the line that ends before the line feed at {@code end}. */
  void add(int end, @Nullable KnownLine line) {
    count++;
    if (kept < MOST) {
      makeRoom(1);
      ends[kept] = end;
      known[kept] = line;
      frames[kept++] = line == null ? null : line.frame();
    }
  }

  /**
   * Appends the lines {@code [first, last)} of a run, of which the first begins at {@code from}.
   */
  void add(KnownRun run, int first, int last, int from) {
    int lines = last - first;
    count += lines;
    lines = Math.min(lines, MOST - kept);
    makeRoom(lines);
    run.copy(first, lines, known, frames, kept);
    for (int i = 0; i < lines; i++) {
      ends[kept + i] = from + run.end(first, first + i);
    }
    kept += lines;
  }

  private void makeRoom(int lines) {
    if (kept + lines > ends.length) {
      int capacity = Math.max(ends.length * 2, kept + lines);
      ends = Arrays.copyOf(ends, capacity);
      known = Arrays.copyOf(known, capacity);
      frames = Arrays.copyOf(frames, capacity);
    }
  }

  /** The lines {@code [from, to)}, all of which are known, as a run. */
  KnownRun run(int from, int to) {
    KnownLine[] lines = new KnownLine[to - from];
    System.arraycopy(known, from, lines, 0, lines.length);
    return new KnownRun(text, start(from), lines);
  }

  /** The number of the first line within the text. */
  int number() {
    return number;
  }

  /** All lines, those included that are not kept. */
  int count() {
    return count;
  }

  /** The lines that can be read. */
  int kept() {
    return kept;
  }

  int start(int i) {
    return i == 0 ? start : ends[i - 1] + 1;
  }

  /** The index of the line feed of a line, or of the end of the text. */
  int end(int i) {
    return ends[i];
  }

  LineKind kind(int i) {
    KnownLine line = known[i];
    return line != null ? line.kind() : LineClassifier.classify(text, start(i), end(i));
  }

  KnownLine.Dialect dialect(int i) {
    KnownLine line = known[i];
    return line != null ? line.dialect() : KnownLine.dialect(text, start(i), end(i));
  }

  /** The frame of a JVM that a line is, when that is known; else {@link #jvm} tells. */
  @Nullable StackFrame frame(int i) {
    return frames[i];
  }

  /** The frames of the lines from {@code i} on, up to the first of which {@link #frame} is null. */
  List<StackFrame> frames(int i) {
    int end = i;
    while (end < kept && frames[end] != null) {
      end++;
    }
    return Arrays.asList(Arrays.copyOfRange(frames, i, end, StackFrame[].class));
  }

  JvmLine jvm(int i) {
    KnownLine line = known[i];
    return line != null ? line.jvm() : JvmLine.read(text, start(i), end(i));
  }

  /** A line as text, without colours and carriage return. */
  String string(int i) {
    return PlainLine.text(text, start(i), end(i));
  }

  /** All kept lines as text. */
  List<String> strings() {
    List<String> strings = new ArrayList<>(kept);
    for (int i = 0; i < kept; i++) {
      strings.add(string(i));
    }
    return strings;
  }
}
