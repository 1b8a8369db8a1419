package io.logsense;

import io.logsense.api.parse.LogParser;
import io.logsense.api.source.RecordBatch;

/**
 * Lines that start no record and may be of another format than the one in use, because files were
 * concatenated or a program changed its layout: held back until there are enough of them to ask.
 *
 * <p>A record of one format seldom has {@value #ENOUGH} lines in a row that are neither a header
 * nor indented, so asking is rare; each time the answer is no, it takes twice as many such runs
 * until the next time. Bounded by {@value #ENOUGH} lines and {@value #MOST_BYTES} bytes.
 */
final class FormatDrift {
  static final int ENOUGH = 64;

  private static final int MOST_BYTES = 1 << 18;
  private static final int LONGEST_PATIENCE = 1 << 12;
  private static final double FITTING = 0.9;

  private final LineSample held = new LineSample();
  private boolean asked;
  private int patience = 1;
  private int runs;

  /** Whether a line that starts no record is to be {@linkplain #hold held} back. */
  boolean wants(byte[] buffer, int start, int length) {
    return !asked && length > 0 && !isContinuation(buffer[start]);
  }

  /** What layouts and stack traces indent their further lines with. */
  private static boolean isContinuation(byte first) {
    return first == ' ' || first == '\t' || first == '#' || first == '}' || first == ']';
  }

  void hold(
      byte[] buffer, int start, int length, long offset, long number, boolean cut, long time) {
    held.add(buffer, start, length, offset, number, cut, time);
  }

  boolean isHolding() {
    return held.lines() > 0;
  }

  /** Whether it is time to ask for the format of the lines held. */
  boolean isDue() {
    if (held.lines() < ENOUGH && held.bytes() < MOST_BYTES) {
      return false;
    }
    asked = true;
    runs++;
    return held.lines() >= ENOUGH && runs >= patience;
  }

  /** Whether nearly every line held starts a record of another format. */
  boolean fits(LogParser parser) {
    RecordBatch lines = held.batch();
    int starts = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (parser.startsRecord(lines.buffer(), lines.start(i), lines.length(i))) {
        starts++;
      }
    }
    return starts >= lines.size() * FITTING;
  }

  /** The lines held are of the format in use after all. */
  void refuted() {
    runs = 0;
    patience = Math.min(2 * patience, LONGEST_PATIENCE);
  }

  /** The lines held. */
  LineSample lines() {
    return held;
  }

  /** Hands over the lines held, and holds them no more. */
  void release(LineSample.Sink sink) {
    held.replay(sink);
    held.clear();
  }

  /** A record of the format in use starts. */
  void recordStarts() {
    asked = false;
  }
}
