package io.logsense.api.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects records one by one, for readers that get them as texts or in pages.
 *
 * <p>The batch it hands out is its own and is written again after {@link #clear}: it fulfils the
 * terms on which a reader lends a batch. Not thread-safe.
 */
public final class RecordBuffer {
  private static final int INITIAL = 8192;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final int recordBytes;
  private byte[] bytes = new byte[INITIAL];
  private int used;
  private final RecordBatch batch = new RecordBatch(bytes);

  /**
   * A buffer without records.
   *
   * @param recordBytes what is longer than that is cut and marked
   */
  public RecordBuffer(int recordBytes) {
    if (recordBytes < 1) {
      throw new IllegalArgumentException("recordBytes is " + recordBytes + "; it must be positive");
    }
    this.recordBytes = recordBytes;
  }

  /** A number for the {@code id} that a source gives a record: 64 bits of FNV-1a. */
  public static long offsetOf(String id) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** Forgets the records. */
  public void clear() {
    used = 0;
    batch.reset(bytes, 0);
  }

  /** Adds a record; see {@link RecordBatch#add(int, int, long, boolean, long)}. */
  public void add(String text, long offset, long epochNanos) {
    add(text.getBytes(StandardCharsets.UTF_8), offset, epochNanos);
  }

  /** Adds a record, the whole of {@code text}, without line ends at its end. */
  public void add(byte[] text, long offset, long epochNanos) {
    int length = text.length;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
      length--;
    }
    boolean cut = length > recordBytes;
    length = Math.min(length, recordBytes);
    if (used > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length * 2));
      batch.move(bytes);
    }
    System.arraycopy(text, 0, bytes, used, length);
    batch.add(used, used + length, offset, cut, epochNanos);
    used += length;
  }

  /** The bytes of all records so far. */
  public int length() {
    return used;
  }

  /** The records since the last {@link #clear}; borrowed until the next. */
  public RecordBatch batch() {
    return batch;
  }
}
