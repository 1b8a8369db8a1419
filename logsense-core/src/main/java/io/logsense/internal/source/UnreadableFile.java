package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One file among many that cannot be read: says why once, then it is at its end. */
final class UnreadableFile implements PartitionReader {
  private @Nullable IOException reason;

  UnreadableFile(IOException reason) {
    this.reason = reason;
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException {
    IOException thrown = reason;
    reason = null;
    if (thrown != null) {
      throw thrown;
    }
    return null;
  }

  @Override
  public Checkpoint position() {
    return Checkpoint.START;
  }

  @Override
  public void close() {}
}
