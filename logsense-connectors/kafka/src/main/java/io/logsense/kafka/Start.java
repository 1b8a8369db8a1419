package io.logsense.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Where a partition without a checkpoint begins. */
@FunctionalInterface
interface Start {
  /** With the first record that the cluster still has. */
  Start EARLIEST =
      (consumer, partition, end) ->
          consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);

  /** With what is written from now on. */
  Start LATEST = (consumer, partition, end) -> end;

  /** With what the group has not acknowledged; with the first record when it never did. */
  Start COMMITTED =
      (consumer, partition, end) -> {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? EARLIEST.offset(consumer, partition, end) : committed.offset();
      };

  /** With the first record whose time is not before {@code time}. */
  static Start at(Instant time) {
    return (consumer, partition, end) -> {
      OffsetAndTimestamp found =
          consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
      return found == null ? end : found.offset();
    };
  }

  /** The offset to begin with; {@code end} is where the partition ends now. */
  long offset(Consumer<?, ?> consumer, TopicPartition partition, long end);
}
