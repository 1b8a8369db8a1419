package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * One partition without a file behind it: a stream or an array, gzip or not.
 *
 * <p>An array begins anew each time it is opened; a stream goes on where it is and knows no
 * checkpoints.
 */
public final class StreamSource implements LogSource {
  private final String id;
  private final int recordBytes;
  private final boolean replayable;
  private final Supplier<ByteInput> inputs;

  private StreamSource(String id, int recordBytes, boolean replayable, Supplier<ByteInput> inputs) {
    this.id = id;
    this.recordBytes = recordBytes;
    this.replayable = replayable;
    this.inputs = inputs;
  }

  /** The rest of {@code stream}, which is not closed. */
  public static StreamSource of(String id, InputStream stream, int recordBytes) {
    return new StreamSource(id, recordBytes, false, () -> new PumpedInput(id, stream));
  }

  /** The bytes of an array, which is not copied. */
  public static StreamSource of(String id, byte[] bytes, int recordBytes) {
    return new StreamSource(id, recordBytes, true, () -> new ArrayInput(bytes));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> partitions() {
    return List.of(id);
  }

  @Override
  public boolean replayable() {
    return replayable;
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    return new LineStream(new DecodedInput(inputs.get()), recordBytes);
  }
}
