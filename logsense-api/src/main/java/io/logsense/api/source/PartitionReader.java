package io.logsense.api.source;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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
   * <p>The batch and its array are <b>borrowed</b>: they are valid until the next call, and until
   * then the bytes of its records are the caller's to overwrite.
   *
   * <p>One poll is one attempt: who calls decides whether and when to try again.
   *
   * @throws IOException when the source cannot be read; the caller may call again, and goes on
   *     where the last batch ended
   * @throws LeftOutException when something can never be read; the next call goes on behind it
   * @throws io.logsense.api.LogSenseException (external or usage) when trying again is no use:
   *     access is refused, the stream is gone
   * @throws InterruptedException when the thread is interrupted while waiting
   */
  @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException;

  /** The place just behind the records polled so far. */
  Checkpoint position();

  /** Says that everything before {@code upTo} has been processed and need not come again. */
  default void acknowledge(Checkpoint upTo) throws IOException {}

  /**
   * What holds for every record of the partition and need not be said by each: {@code service},
   * {@code environment}, {@code version}, and attributes under any other name, such as {@code
   * cloud.region} or {@code container.name}. Fills in what a record does not say. Always the same
   * answer.
   */
  default Map<String, String> labels() {
    return Map.of();
  }

  /** How far the reading has come; {@link Progress#NONE} where the reader cannot say. */
  default Progress progress() {
    return Progress.NONE;
  }

  @Override
  void close() throws IOException;
}
