package io.logsense.internal.parse;

import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;
import io.logsense.internal.text.Ascii;

/**
 * The lines of a sample that may begin a record: blank lines and obvious continuations (indented,
 * {@code at …}, {@code Caused by: …}) left out.
 */
final class Sample {
  private static final int MOST_LINES = 400;
  private static final int LONGEST_LINE = 8192;
  private static final String[] CONTINUATIONS = {
    "at ",
    "Caused by: ",
    "Suppressed: ",
    "Wrapped by: ",
    "... ",
    "Traceback (most recent call last)",
  };

  final byte[] bytes;
  final int[] starts;
  final int[] ends;
  int size;

  private Sample(byte[] bytes, int capacity) {
    this.bytes = bytes;
    starts = new int[capacity];
    ends = new int[capacity];
  }

  static Sample of(RecordBatch batch) {
    Sample sample = new Sample(batch.buffer(), Math.min(batch.size(), MOST_LINES));
    for (int i = 0; i < batch.size() && sample.size < MOST_LINES; i++) {
      int end = Math.min(batch.end(i), batch.start(i) + LONGEST_LINE);
      end = Ascii.trimEnd(sample.bytes, batch.start(i), end);
      if (sample.size > 0 && sample.frameOf(batch.start(i), end)) {
        sample.size--;
      }
      if (end > batch.start(i) && !continuation(sample.bytes, batch.start(i), end)) {
        sample.starts[sample.size] = batch.start(i);
        sample.ends[sample.size++] = end;
      }
    }
    return sample;
  }

  /** Whether a line is the first frame below a throwable, whose type is all the last line had. */
  private boolean frameOf(int from, int to) {
    int p = Ascii.skipBlanks(bytes, from, to);
    int start = starts[size - 1];
    return p > from
        && Ascii.startsWith(bytes, p, to, "at ")
        && throwable(bytes, start, Ascii.tokenEnd(bytes, start, ends[size - 1]));
  }

  /** Whether a token reads {@code java.io.IOException:}. */
  private static boolean throwable(byte[] b, int from, int to) {
    int dot = -1;
    for (int p = from; p < to; p++) {
      if (b[p] == '.') {
        dot = p;
      } else if (!Ascii.isLetter(b[p]) && !Ascii.isDigit(b[p]) && "$_:".indexOf(b[p]) < 0) {
        return false;
      }
    }
    return dot > from && dot + 1 < to && b[dot + 1] >= 'A' && b[dot + 1] <= 'Z';
  }

  /** Whether a line can only be part of the record before it. */
  static boolean continuation(byte[] b, int from, int to) {
    if (from >= to || b[from] == '\t') {
      return true;
    }
    if (b[from] == ' ') {
      // One blank in front of a header is a padded day or number; more is an indent.
      int p = Ascii.skipBlanks(b, from, to);
      return p - from > 1 && !(p < to && Ascii.isDigit(b[p]));
    }
    for (String prefix : CONTINUATIONS) {
      if (Ascii.startsWith(b, from, to, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the bytes from one index to another are a line of some kind. */
  @FunctionalInterface
  interface LinePredicate {
    boolean test(byte[] bytes, int from, int to);
  }

  /** The share of the lines for which {@code predicate} holds. */
  double share(LinePredicate predicate) {
    int hits = 0;
    for (int i = 0; i < size; i++) {
      if (predicate.test(bytes, starts[i], ends[i])) {
        hits++;
      }
    }
    return size == 0 ? 0 : (double) hits / size;
  }

  /** The share of the lines that {@code parser} says begin a record. */
  double share(LogParser parser) {
    return share((b, from, to) -> parser.startsRecord(b, from, to - from));
  }

  /** The lines that begin with a time, or with a bracket and a time. */
  Sample timed() {
    Sample some = new Sample(bytes, size);
    for (int i = 0; i < size; i++) {
      int from = starts[i] + (bytes[starts[i]] == '[' ? 1 : 0);
      if (TimestampScanner.scan(bytes, from, ends[i], null) > 0) {
        some.starts[some.size] = starts[i];
        some.ends[some.size++] = ends[i];
      }
    }
    return some;
  }

  /** The lines that {@code parser} does not start a record at. */
  Sample without(LogParser parser) {
    Sample rest = new Sample(bytes, size);
    for (int i = 0; i < size; i++) {
      if (!parser.startsRecord(bytes, starts[i], ends[i] - starts[i])) {
        rest.starts[rest.size] = starts[i];
        rest.ends[rest.size++] = ends[i];
      }
    }
    return rest;
  }

  RecordBatch toBatch() {
    RecordBatch batch = new RecordBatch(bytes);
    for (int i = 0; i < size; i++) {
      batch.add(starts[i], ends[i], starts[i], false);
    }
    return batch;
  }
}
