package io.logsense;

import io.logsense.api.event.SourcePosition;
import io.logsense.api.parse.LogParser;
import io.logsense.internal.stack.AssembledRecord;
import java.util.Arrays;
import java.util.Map;

/**
 * Some consecutive records of one partition, copied out of the reader's buffer so that another
 * thread can work on them. Where a chunk ends does not show in any result.
 */
final class Chunk {
  /** Enough work to outweigh a hand-over between threads, small enough to keep memory flat. */
  static final int FULL_BYTES = 256 << 10;

  static final int FULL_RECORDS = 4096;

  private static final int LEAST_BYTES = 1 << 12;

  private final Origin origin;
  private final Map<String, String> labels;
  private final LogParser parser;
  private Prepared[] prepared = {};
  private byte[] bytes;
  private int length;
  private int size;
  private int[] ends = new int[256];
  private int[] lineCounts = new int[256];
  private boolean[] truncated = new boolean[256];
  private long[] offsets = new long[256];
  private long[] lines = new long[256];
  private long[] times = new long[256];

  /**
   * An empty chunk.
   *
   * @param labels what holds for every record
   * @param expected room for that many bytes
   */
  Chunk(Origin origin, Map<String, String> labels, LogParser parser, int expected) {
    this.origin = origin;
    this.labels = labels;
    this.parser = parser;
    bytes = new byte[Math.max(expected, LEAST_BYTES)];
  }

  /** Bytes copied in so far. */
  int length() {
    return length;
  }

  /**
   * Copies a record in.
   *
   * @param line the number of its first line; negative for a message
   * @param time what the source says of its time
   */
  void add(AssembledRecord record, long line, long time) {
    int count = record.length();
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    System.arraycopy(record.bytes(), record.offset(), bytes, length, count);
    length += count;
    if (size == ends.length) {
      int capacity = size * 2;
      ends = Arrays.copyOf(ends, capacity);
      lineCounts = Arrays.copyOf(lineCounts, capacity);
      truncated = Arrays.copyOf(truncated, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      lines = Arrays.copyOf(lines, capacity);
      times = Arrays.copyOf(times, capacity);
    }
    ends[size] = length;
    lineCounts[size] = record.lines();
    truncated[size] = record.truncated();
    offsets[size] = record.sourceOffset();
    lines[size] = line;
    times[size++] = time;
  }

  boolean isFull() {
    return length >= FULL_BYTES || size >= FULL_RECORDS;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Where its records come from. */
  Origin origin() {
    return origin;
  }

  /** How many records there are. */
  int size() {
    return size;
  }

  /** A copy of record {@code i} as it was read. */
  byte[] raw(int i) {
    return Arrays.copyOfRange(bytes, i == 0 ? 0 : ends[i - 1], ends[i]);
  }

  /** Record {@code i}, once {@linkplain #prepare prepared}. */
  Prepared record(int i) {
    return prepared[i];
  }

  /** Parses, masks and identifies every record. Answers this chunk. */
  Chunk prepare(RecordStage stage) {
    prepared = new Prepared[size];
    Map<String, String> masked = stage.mask(labels);
    int start = 0;
    for (int i = 0; i < size; i++) {
      long line = Math.max(0, lines[i]); // messages have negative numbers
      SourcePosition position = new SourcePosition(origin.name(), offsets[i], line, lineCounts[i]);
      int length = ends[i] - start;
      prepared[i] = prepare(stage, start, length, position, i, masked);
      start = ends[i];
    }
    return this;
  }

  private Prepared prepare(
      RecordStage stage,
      int start,
      int length,
      SourcePosition position,
      int i,
      Map<String, String> masked) {
    try {
      return stage.prepare(parser, bytes, start, length, position, times[i], truncated[i], masked);
    } catch (RuntimeException e) { // of a parser or masker that the host gave
      return new Prepared(position, null, null, null, DeadLetters.failed(position, e));
    }
  }
}
