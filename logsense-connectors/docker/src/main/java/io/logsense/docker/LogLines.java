package io.logsense.docker;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a container's log delivers into lines, and takes the time off each.
 *
 * <p>The engine splits what a program writes into messages: a line, or {@link #MESSAGE} bytes of a
 * longer one, and writes the time before each message. Pieces of one line have the time of the
 * first, by which they are known and joined. Holds one line of at most {@code recordBytes}.
 */
final class LogLines {
  /** What the engine's reader of a program's output holds. */
  static final int MESSAGE = 16 * 1024;

  /** Where lines go. */
  interface Sink {
    /** Takes a line; {@code time} is null when the engine gave none. */
    void line(byte[] text, @Nullable Instant time);
  }

  private final int capacity;
  private final Sink sink;
  private byte[] line = new byte[512];
  private int length;

  /**
   * Nothing yet.
   *
   * @param recordBytes longer lines are handed on longer than that, but not whole
   */
  LogLines(int recordBytes, Sink sink) {
    // The times within a line of that length, and something, so that what is too long shows.
    this.capacity = recordBytes + recordBytes / 256 + 256;
    this.sink = sink;
  }

  /** Takes the next bytes. */
  void add(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        complete();
        start = i + 1;
      }
    }
    append(bytes, start, bytes.length);
  }

  private void append(byte[] bytes, int from, int to) {
    int count = Math.min(to - from, capacity - length);
    if (count > line.length - length) {
      line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  /** Hands on the line that has no end. */
  void flush() {
    if (length > 0) {
      complete();
    }
  }

  /** Forgets the line that has no end. */
  void clear() {
    length = 0;
  }

  private void complete() {
    int prefix = DockerTime.prefixLength(line, length);
    Instant time = prefix == 0 ? null : DockerTime.parse(line, prefix - 1);
    sink.line(time == null ? Arrays.copyOf(line, length) : text(prefix), time);
    length = 0;
  }

  /** The line without its time, wherever that stands in it. */
  private byte[] text(int prefix) {
    byte[] text = new byte[length - prefix];
    int to = 0;
    for (int from = prefix; from < length; ) {
      int count = Math.min(MESSAGE, length - from);
      System.arraycopy(line, from, text, to, count);
      to += count;
      from += count;
      if (Arrays.equals(line, 0, prefix, line, from, Math.min(length, from + prefix))) {
        from += prefix;
      } else if (from < length) {
        System.arraycopy(line, from, text, to, length - from);
        to += length - from;
        break;
      }
    }
    return to == text.length ? text : Arrays.copyOf(text, to);
  }
}
