package io.logsense.internal.source;

import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts bytes into records, one for each physical line: the hot loop of every source here.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}; a lone {@code \r} is part of the line. A UTF-8
 * byte order mark at the start is left out. A line longer than the limit is cut at a character and
 * marked, and the rest of it is passed over without being stored, so that memory stays at the
 * record limit plus one buffer whatever the input holds.
 *
 * <p>The records do not depend on how the bytes arrive. Their array is this reader's buffer: valid
 * until the next call.
 */
final class LineReader {
  /** Bytes asked for at once. */
  static final int BUFFER_BYTES = 256 * 1024;

  private static final int LEAST_ROOM = 16;
  private static final int LONGEST_LINE_END = 2;

  private final ByteInput input;
  private final int recordBytes;
  private final Head head;
  private final RecordBatch batch;
  private byte[] buffer;
  private int start;
  private int scanned;
  private int end;
  private long bufferOffset;
  private long before;
  private long line;
  private Place.LineState state;
  private boolean atEnd;

  /**
   * A reader of what {@code input} gives from here on.
   *
   * @param place where that is
   * @param head the bytes before it, at most {@link Head#MOST_BYTES}
   */
  LineReader(ByteInput input, Place place, Head head, int recordBytes, int bufferBytes) {
    this.input = input;
    this.recordBytes = recordBytes;
    this.head = head;
    buffer = new byte[Math.max(bufferBytes, LEAST_ROOM)];
    batch = new RecordBatch(buffer);
    bufferOffset = place.offset();
    line = place.line();
    state = place.state();
  }

  /** Counts offsets of records on from {@code bytes}: those of files read before this one. */
  void countFrom(long bytes) {
    before = bytes;
  }

  /**
   * Reads until there is a record, or nothing more to read now.
   *
   * @return the records; empty when none is complete
   */
  RecordBatch next(long timeoutNanos) throws IOException, InterruptedException {
    begin();
    while (batch.isEmpty()) {
      makeRoom();
      int n = input.read(buffer, end, buffer.length - end, timeoutNanos);
      atEnd = n == ByteInput.END;
      if (n <= 0) {
        break;
      }
      if (!head.isFull()) {
        head.append(buffer, end, n);
      }
      end += n;
      split();
    }
    return batch;
  }

  /**
   * Hands out a last line that no line end follows.
   *
   * @param cut whether bytes of it are known to be missing
   */
  RecordBatch rest(boolean cut) {
    begin();
    if (end > start && state != Place.LineState.SKIPPED) {
      add(start, end, cut);
      state = Place.LineState.CONTINUED;
    }
    start = end;
    scanned = end;
    return batch;
  }

  /** Whether the last call met the end of the input. */
  boolean atEnd() {
    return atEnd;
  }

  /** The place behind the records handed out. */
  Place place(String fileKey) {
    long offset = bufferOffset + start;
    int covered = (int) Math.min(head.length(), offset);
    return new Place(offset, line, state, covered, head.hash(covered), fileKey);
  }

  private void begin() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      bufferOffset += start;
      scanned -= start;
      end -= start;
      start = 0;
    }
    batch.reset(buffer, line);
  }

  private void makeRoom() {
    if (start == end) {
      bufferOffset += start;
      start = 0;
      scanned = 0;
      end = 0;
    }
    if (buffer.length - end < LEAST_ROOM) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
      batch.reset(buffer, line);
    }
  }

  private void split() {
    int from = scanned;
    while (true) {
      int newline = NewlineScan.next(buffer, from, end);
      if (newline == end) {
        break;
      }
      endLine(newline);
      from = newline + 1;
      start = from;
    }
    scanned = end;
    cutLongLine();
  }

  private void endLine(int newline) {
    if (state == Place.LineState.FRESH) {
      add(start, contentEnd(newline), false);
    } else if (state == Place.LineState.CONTINUED && contentEnd(newline) > start) {
      add(start, contentEnd(newline), false);
    }
    state = Place.LineState.FRESH;
    line++;
  }

  private int contentEnd(int newline) {
    return newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
  }

  private void cutLongLine() {
    if (state == Place.LineState.SKIPPED) {
      start = end;
    } else if (end - start >= (long) recordBytes + LONGEST_LINE_END) {
      add(start, end, true);
      state = Place.LineState.SKIPPED;
      start = end;
    }
  }

  private void add(int from, int to, boolean cut) {
    if (batch.isEmpty()) {
      batch.reset(buffer, line);
    }
    int begin = from;
    if (bufferOffset + from == 0 && startsWithByteOrderMark(from, to)) {
      begin += 3;
    }
    int stop = to;
    if (to - from > recordBytes) {
      stop = characterBoundary(from + recordBytes, from);
    }
    batch.add(Math.min(begin, stop), stop, before + bufferOffset + begin, cut || stop < to);
  }

  private boolean startsWithByteOrderMark(int from, int to) {
    return to - from >= 3
        && buffer[from] == (byte) 0xef
        && buffer[from + 1] == (byte) 0xbb
        && buffer[from + 2] == (byte) 0xbf;
  }

  /** The last index up to {@code cut} that does not split a UTF-8 character. */
  private int characterBoundary(int cut, int from) {
    for (int i = cut; i > from && i > cut - 4; i--) {
      if ((buffer[i] & 0xc0) != 0x80) {
        return i;
      }
    }
    return cut;
  }
}
