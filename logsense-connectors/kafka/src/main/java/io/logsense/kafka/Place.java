package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import org.apache.kafka.common.Uuid;

/**
 * What a checkpoint says: {@code 1742@kZb0mV2uTkOJ8V6nV1Vq8A}.
 *
 * @param offset of the next record
 * @param topic the id the cluster gave the topic, zero when unknown: a topic that was deleted and
 *     made again has another, and its offsets mean other records
 */
record Place(long offset, Uuid topic) {
  private static final char SEPARATOR = '@';

  /**
   * Reads a checkpoint.
   *
   * @throws LogSenseException (usage) when it is not one of this connector
   */
  static Place of(Checkpoint checkpoint) {
    String text = checkpoint.value();
    int separator = text.indexOf(SEPARATOR);
    try {
      long offset = Long.parseLong(separator < 0 ? text : text.substring(0, separator));
      Uuid topic = separator < 0 ? Uuid.ZERO_UUID : Uuid.fromString(text.substring(separator + 1));
      if (offset >= 0) {
        return new Place(offset, topic);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new LogSenseException(
        Category.USAGE,
        "'" + text + "' is not a checkpoint of Kafka, which is an offset and the id of a topic");
  }

  Checkpoint checkpoint() {
    return new Checkpoint(topic.equals(Uuid.ZERO_UUID) ? "" + offset : offset + "@" + topic);
  }

  /** Whether both are known and differ. */
  static boolean differ(Uuid one, Uuid other) {
    return !one.equals(other) && !one.equals(Uuid.ZERO_UUID) && !other.equals(Uuid.ZERO_UUID);
  }
}
