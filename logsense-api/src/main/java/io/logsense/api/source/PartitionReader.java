package io.logsense.api.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition in order. Implemented by connectors; used by one thread.
 *
 * <p>Delivery is at least once: after a restart the reader is opened at the last acknowledged
 * checkpoint and repeats what came after it.
 */
public interface PartitionReader extends AutoCloseable {
  /**
   * The next records, at most {@code timeout} later; an empty batch when none came in time, null at
   * the end of a partition that will not grow.
   *
   * <p>The batch and its array are <b>borrowed</b>: they are valid until the next call.
   *
   * @throws IOException when the source cannot be read; the caller may call again
   * @throws InterruptedException when the thread is interrupted while waiting
   */
  @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException;

  /** The place just behind the records polled so far. */
  Checkpoint position();

  /** Says that everything before {@code upTo} has been processed and need not come again. */
  default void acknowledge(Checkpoint upTo) throws IOException {}

  /** How far the reading has come; {@link Progress#NONE} where the reader cannot say. */
  default Progress progress() {
    return Progress.NONE;
  }

  @Override
  void close() throws IOException;
}
