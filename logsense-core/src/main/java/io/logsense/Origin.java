package io.logsense;

import io.logsense.api.source.LogSource;
import io.logsense.internal.source.FileSource;
import io.logsense.internal.source.TailSource;
import java.util.UUID;

/**
 * Where the records of a partition come from.
 *
 * @param source id of the source
 * @param partition its name in the source
 * @param name of both together, for people: of a file its path
 */
record Origin(String source, String partition, String name) {
  static Origin of(LogSource source, String partition) {
    boolean named =
        source instanceof FileSource
            || source instanceof TailSource
            || source.id().equals(partition);
    return new Origin(source.id(), partition, named ? partition : source.id() + '/' + partition);
  }

  /** The events that a host hands to an engine; no two engines have the same. */
  static Origin host() {
    return new Origin("host:" + UUID.randomUUID(), "", "");
  }

  /** What its checkpoints are kept under. */
  String key() {
    return source + '/' + partition;
  }
}
