package io.logsense.api.source;

import java.io.IOException;
import java.util.List;

/**
 * Somewhere records come from: a file, a directory, a topic. Implemented by connectors.
 *
 * <p>Called by one thread at a time; different partitions may be read by different threads.
 */
public interface LogSource {
  /**
   * A name that stays the same over restarts; checkpoints are kept under it. It shows no secret.
   */
  String id();

  /** The independent streams inside, in a fixed order. A file has one, a topic several. */
  List<String> partitions() throws IOException;

  /**
   * Whether a partition can be opened again and then gives the same records. Where it cannot, a
   * second opening is refused, or goes on behind what was read or acknowledged, as queues do.
   */
  default boolean replayable() {
    return true;
  }

  /**
   * Opens a partition at {@code from}; {@link Checkpoint#START} reads from the beginning. A
   * checkpoint that makes no sense here is refused, or read from the beginning: never from where
   * records would be lost.
   *
   * @throws IOException when the system cannot be reached; it may be tried again
   * @throws io.logsense.api.LogSenseException (external or usage) when trying again is no use:
   *     there is no such partition
   */
  PartitionReader open(String partition, Checkpoint from) throws IOException;
}
