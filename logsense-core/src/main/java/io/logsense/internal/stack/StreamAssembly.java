package io.logsense.internal.stack;

import io.logsense.Limits;
import io.logsense.internal.text.Ascii;
import java.util.Arrays;

/**
 * The record that one stream is in the middle of, and the lines behind it that may belong to it.
 *
 * <p>One array holds both: the open record first, then the pending lines in their order with gaps
 * where lines were released. The array is compacted when its end is reached.
 */
final class StreamAssembly {
  private static final int FIRST_CAPACITY = 8192;

  private final String key;
  private final RecordAssembler.Sink sink;
  private final AssembledRecord record;
  private final int mostBytes;
  private final int mostLines;

  private byte[] text = new byte[FIRST_CAPACITY];
  private int used;
  private final PendingLines pending = new PendingLines(text);
  private final TraceScanner scanner = new TraceScanner(pending);

  /** Whether a header has been seen that the following lines belong to. */
  private boolean inHeaderRecord;

  /** The open record; it has none when {@code openLines} is 0. */
  private int openStart;

  private int openEnd;
  private int openLines;
  private int blankTail;
  private long openOffset;
  private long openNumber;
  private long openLast;
  private long lastNumber = Long.MIN_VALUE;
  private boolean openTruncated;

  StreamAssembly(String key, Limits limits, RecordAssembler.Sink sink, AssembledRecord record) {
    this.key = key;
    this.sink = sink;
    this.record = record;
    this.mostBytes = limits.recordBytes();
    this.mostLines = limits.recordLines();
  }

  String key() {
    return key;
  }

  boolean isInsideRecord() {
    return openLines > 1;
  }

  /** The number of the oldest line held back; the greatest number when there is none. */
  long firstHeld() {
    if (openLines > 0) {
      return openNumber;
    }
    return pending.count() > 0 ? pending.number(0) : Long.MAX_VALUE;
  }

  /** The number of the line taken last. */
  long lastNumber() {
    return lastNumber;
  }

  void line(
      byte[] b, int from, int length, boolean cut, long offset, long number, boolean startsRecord) {
    lastNumber = number;
    int to = from + length;
    if (to > from && b[to - 1] == '\r') {
      to--;
    }
    if (isBlank(b, from, to)) {
      to = from;
    }
    if (startsRecord) {
      flush();
      inHeaderRecord = true;
    }
    int kept = Math.min(to - from, mostBytes);
    boolean truncated = cut || kept < to - from;
    makeRoom(kept);
    // One byte is left free for the line feed, so that joining lines never moves one to the right.
    int start = used + 1;
    int end = start + kept;
    System.arraycopy(b, from, text, start, kept);
    if (inHeaderRecord) {
      append(start, end, offset, number, truncated);
      used = openEndWithBlanks();
      return;
    }
    pending.add(start, end, offset, number, truncated);
    used = end;
    scanner.accept();
    apply();
    if (pending.count() > 0 && used - pending.start(0) > 2L * mostBytes) {
      scanner.finish();
      apply();
    }
  }

  private static boolean isBlank(byte[] b, int from, int to) {
    int i = from;
    while (i < to && Ascii.isSpace(b[i])) {
      i++;
    }
    return i == to;
  }

  private int openEndWithBlanks() {
    return openLines > 0 ? openEnd + Math.min(blankTail, mostBytes) : 0;
  }

  private void makeRoom(int length) {
    int needed = used + 1 + length;
    if (needed <= text.length) {
      return;
    }
    int base = used;
    if (openLines > 0) {
      base = openStart;
    } else if (pending.count() > 0) {
      base = pending.start(0);
    }
    boolean enough = base >= text.length / 2 && needed - base <= text.length;
    byte[] target = enough ? text : new byte[Math.max(text.length * 2, needed - base)];
    System.arraycopy(text, base, target, 0, used - base);
    text = target;
    used -= base;
    openStart -= base;
    openEnd -= base;
    pending.moved(text, base);
  }

  void flush() {
    scanner.finish();
    apply();
    emitOpen();
    inHeaderRecord = false;
    used = 0;
  }

  private void apply() {
    if (scanner.ended()) {
      emitOpen();
    }
    for (int i = scanner.outside(); i > 0; i--) {
      emitPending();
    }
    for (int i = scanner.committed(); i > 0; i--) {
      append(
          pending.start(0),
          pending.end(0),
          pending.offset(0),
          pending.number(0),
          pending.truncated(0));
      pending.remove(1);
    }
    if (pending.count() == 0) {
      used = openEndWithBlanks();
    }
  }

  private void emitPending() {
    int start = pending.start(0);
    int end = pending.end(0);
    if (start < end) {
      record
          .at(text, start, end - start)
          .from(key, pending.offset(0), pending.number(0), pending.number(0), 1)
          .marked(pending.truncated(0), false);
      pending.remove(1);
      sink.record(record);
    } else {
      pending.remove(1);
    }
  }

  /** Adds a line to the open record, whose text it stands behind. */
  private void append(int start, int end, long offset, long number, boolean truncated) {
    if (openLines == 0) {
      if (start == end) {
        return;
      }
      openStart = start;
      openEnd = end;
      openOffset = offset;
      openNumber = number;
      openLast = number;
      openTruncated = truncated;
      openLines = 1;
      blankTail = 0;
      return;
    }
    openTruncated |= truncated;
    openLines++;
    if (start == end) {
      blankTail++;
      return;
    }
    appendText(start, end);
    openLast = number;
    blankTail = 0;
  }

  private void appendText(int start, int end) {
    int room = openStart + mostBytes - openEnd - 1 - blankTail;
    if (openLines > mostLines || room <= 0) {
      openTruncated = true;
      return;
    }
    int length = Math.min(end - start, room);
    openTruncated |= length < end - start;
    int target = openEnd + 1 + blankTail;
    if (target != start) {
      System.arraycopy(text, start, text, target, length);
    }
    Arrays.fill(text, openEnd, target, (byte) '\n');
    openEnd = target + length;
  }

  private void emitOpen() {
    if (openLines == 0) {
      return;
    }
    record
        .at(text, openStart, openEnd - openStart)
        .from(key, openOffset, openNumber, openLast, openLines - blankTail)
        .marked(openTruncated, !inHeaderRecord);
    openLines = 0;
    sink.record(record);
  }
}
