package io.logsense.testkit;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source that does what another does, but for what is overridden. */
class Tampered implements LogSource {
  final LogSource source;

  Tampered(LogSource source) {
    this.source = source;
  }

  /** What a reader of this source answers to a poll. */
  @Nullable RecordBatch poll(PartitionReader reader, Duration timeout)
      throws IOException, InterruptedException {
    return reader.poll(timeout);
  }

  /** Where a reader of this source says it stands. */
  Checkpoint position(PartitionReader reader) {
    return reader.position();
  }

  void close(PartitionReader reader) throws IOException {
    reader.close();
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public List<String> partitions() throws IOException {
    return source.partitions();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    PartitionReader reader = source.open(partition, from);
    return new PartitionReader() {
      @Override
      public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
        return Tampered.this.poll(reader, timeout);
      }

      @Override
      public Checkpoint position() {
        return Tampered.this.position(reader);
      }

      @Override
      public void close() throws IOException {
        Tampered.this.close(reader);
      }
    };
  }
}
