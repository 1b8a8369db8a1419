package io.logsense.kafka;

import io.logsense.api.source.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Takes the values of one poll into one array, as the consumer decompresses them.
 *
 * <p>Keeps at most {@code batchBytes + recordBytes} whatever a compressed batch unfolds to: once
 * {@code batchBytes} are there, a value is {@linkplain Slice#isLeftOut() left out} and must be
 * fetched again. Not thread-safe.
 */
final class Values implements Deserializer<Values.Slice> {
  /**
   * Where a value stands in the array.
   *
   * @param cut whether it was longer than allowed
   */
  record Slice(int start, int end, boolean cut) {
    private static final Slice LEFT_OUT = new Slice(-1, -1, false);

    /** Whether there was no room for the value. */
    boolean isLeftOut() {
      return start < 0;
    }
  }

  private final int recordBytes;
  private final int batchBytes;
  private byte[] bytes = new byte[8192];
  private int used;
  private final RecordBatch batch = new RecordBatch(bytes);

  /**
   * An empty array.
   *
   * @param recordBytes what is longer is cut
   * @param batchBytes from here on, values are left out
   */
  Values(int recordBytes, int batchBytes) {
    this.recordBytes = recordBytes;
    this.batchBytes = batchBytes;
  }

  /** Forgets all values. */
  void clear() {
    used = 0;
  }

  /** A batch without records over the array, to be filled from slices; valid until the clearing. */
  RecordBatch batch() {
    return batch.reset(bytes, 0);
  }

  @Override
  public Slice deserialize(String topic, Headers headers, ByteBuffer value) {
    if (used >= batchBytes) {
      return Slice.LEFT_OUT;
    }
    int length = Math.min(value.remaining(), recordBytes);
    boolean cut = length < value.remaining();
    if (used > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length * 2));
    }
    value.get(value.position(), bytes, used, length);
    int end = used + length;
    // Producers that print a line send its end too.
    while (end > used && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    Slice slice = new Slice(used, end, cut);
    used = end;
    return slice;
  }

  @Override
  public Slice deserialize(String topic, byte[] value) {
    throw new UnsupportedOperationException("the consumer hands buffers over");
  }
}
