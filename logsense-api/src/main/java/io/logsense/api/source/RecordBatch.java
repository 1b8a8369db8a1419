package io.logsense.api.source;

import io.logsense.api.event.LogEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records as bytes: one array, and where in it each record begins and ends.
 *
 * <p>A record of a file is one physical line without its line end, numbered from {@link
 * #firstLine()}. Where a source has no lines, a record is one message: one that has line feeds
 * inside is complete by itself, one without may be a line of a stack trace that goes on in the
 * next. The array belongs to the reader that handed the batch out and is reused by its next {@code
 * poll}. Not thread-safe.
 */
public final class RecordBatch {
  private byte[] buffer;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] offsets = new long[64];
  private boolean[] truncated = new boolean[64];
  private long @Nullable [] times;
  private int size;
  private long firstLine;

  /** A batch without records over {@code buffer}. */
  public RecordBatch(byte[] buffer) {
    this.buffer = buffer;
  }

  /** Forgets the records and points at {@code newBuffer}. */
  public RecordBatch reset(byte[] newBuffer, long newFirstLine) {
    buffer = newBuffer;
    firstLine = newFirstLine;
    size = 0;
    if (times != null) {
      Arrays.fill(times, LogEvent.NO_TIMESTAMP);
    }
    return this;
  }

  /** Points at {@code newBuffer}, in which the records so far stand where they stood. */
  void move(byte[] newBuffer) {
    buffer = newBuffer;
  }

  /**
   * Adds a record.
   *
   * @param start index of its first byte in the buffer
   * @param end index after its last byte
   * @param offset where it begins in the source: bytes from the start of a file, a broker's offset,
   *     or a hash of the id that the source gives it. The same when the record comes again, and
   *     different from that of any other record of its partition: repeats are known by it
   * @param cut whether the source dropped bytes behind {@code end} because of a limit
   */
  public void add(int start, int end, long offset, boolean cut) {
    if (size == starts.length) {
      int capacity = size * 2;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      truncated = Arrays.copyOf(truncated, capacity);
    }
    starts[size] = start;
    ends[size] = end;
    offsets[size] = offset;
    truncated[size++] = cut;
  }

  /**
   * Adds a record of which the source knows a time of its own.
   *
   * @param epochNanos nanoseconds since the epoch, for records whose text states no time; {@code
   *     LogEvent.NO_TIMESTAMP} when unknown
   */
  public void add(int start, int end, long offset, boolean cut, long epochNanos) {
    add(start, end, offset, cut);
    if (epochNanos == LogEvent.NO_TIMESTAMP) {
      return;
    }
    if (times == null) {
      times = new long[starts.length];
      Arrays.fill(times, LogEvent.NO_TIMESTAMP);
    } else if (times.length < size) {
      int before = times.length;
      times = Arrays.copyOf(times, starts.length);
      Arrays.fill(times, before, times.length, LogEvent.NO_TIMESTAMP);
    }
    times[size - 1] = epochNanos;
  }

  /** The bytes; borrowed. */
  public byte[] buffer() {
    return buffer;
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** Whether there are no records. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Index of the first byte of record {@code i}. */
  public int start(int i) {
    return starts[i];
  }

  /** Index after the last byte of record {@code i}. */
  public int end(int i) {
    return ends[i];
  }

  /** Length of record {@code i} in bytes. */
  public int length(int i) {
    return ends[i] - starts[i];
  }

  /** Where record {@code i} begins in the source. */
  public long offset(int i) {
    return offsets[i];
  }

  /**
   * What the source says of the time of record {@code i}, in nanoseconds since the epoch; {@code
   * LogEvent.NO_TIMESTAMP} when it says nothing.
   */
  public long time(int i) {
    return times == null || i >= times.length ? LogEvent.NO_TIMESTAMP : times[i];
  }

  /** Whether bytes of record {@code i} were dropped because of a limit. */
  public boolean truncated(int i) {
    return truncated[i];
  }

  /** 1-based physical line of the first record; 0 where the source has no lines. */
  public long firstLine() {
    return firstLine;
  }
}
