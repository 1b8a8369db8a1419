package io.logsense.kafka;

import io.logsense.api.telemetry.Measure;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** What is counted of a partition: written by its reader, read by anybody. */
final class PartitionCounts {
  private final TopicPartition partition;
  private volatile double lag = Double.NaN;
  private volatile long lost;
  private volatile long tombstones;

  PartitionCounts(TopicPartition partition) {
    this.partition = partition;
  }

  void lag(long records) {
    lag = records;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // a partition has one reader
  void lost(long records) {
    lost += records;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // a partition has one reader
  void tombstone() {
    tombstones++;
  }

  List<Measure> measures() {
    return Stream.of(
            Measure.gauge(
                "logsense.kafka.lag",
                "{record}",
                "Offsets between the next record to read and the end of the partition.",
                () -> lag),
            Measure.counter(
                "logsense.kafka.lost",
                "{record}",
                "Offsets that were gone before they were read, and were skipped.",
                () -> lost),
            Measure.counter(
                "logsense.kafka.tombstones",
                "{record}",
                "Records without a value, which are no log records.",
                () -> tombstones))
        .map(
            measure ->
                measure
                    .tagged("topic", partition.topic())
                    .tagged("partition", Integer.toString(partition.partition())))
        .toList();
  }
}
