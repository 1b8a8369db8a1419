package io.logsense.resilience;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A source that is tried again. */
record GuardedSource(LogSource source, Guard guard) implements LogSource {
  /** One thread reads all sources of an engine, which itself tries again what cannot be opened. */
  private static final long PAUSES = TimeUnit.SECONDS.toNanos(1);

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public List<String> partitions() throws IOException {
    return Calls.io(guard, source::partitions, PAUSES);
  }

  @Override
  public boolean replayable() {
    return source.replayable();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    return new GuardedReader(Calls.io(guard, () -> source.open(partition, from), PAUSES), guard);
  }
}
