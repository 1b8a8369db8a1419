package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads one partition with a consumer of its own. */
final class KafkaPartitionReader implements PartitionReader {
  /** From here on, what a poll unfolds to is left for the next. */
  static final int BATCH_BYTES = 8 << 20;

  /** No commit, and no goodbye, takes longer: neither is needed to go on. */
  private static final Duration COURTESY = Duration.ofSeconds(2);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final KafkaSource.Builder source;
  private final Topics topics;
  private final TopicPartition partition;
  private final PartitionCounts counts;
  private final Values values;
  private final KafkaConsumer<?, Values.Slice> consumer;
  private final Answers answers;
  private Uuid topicId = Uuid.ZERO_UUID;
  private long end;
  private long next;
  private long acknowledged = -1;
  private long lag;
  private long records;
  private long bytes;
  private boolean asked;
  private boolean closed;

  KafkaPartitionReader(
      KafkaSource.Builder source,
      Topics topics,
      PartitionCounts counts,
      TopicPartition partition,
      Checkpoint from)
      throws IOException {
    this.source = source;
    this.topics = topics;
    this.counts = counts;
    this.partition = partition;
    values = new Values(source.recordBytes, BATCH_BYTES);
    topics.hold();
    Map<String, Object> settings = Settings.consumer(source);
    try {
      consumer = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), values);
    } catch (KafkaException e) {
      topics.release();
      throw Failures.settings(e);
    }
    answers = new Answers(consumer.metrics(), Settings.patience(settings), System.nanoTime());
    try {
      begin(from);
    } catch (KafkaException e) {
      throw Failures.uninterrupted("opening " + partition, closedAfter(e));
    } catch (IOException e) {
      throw closedAfter(e);
    } catch (LogSenseException e) {
      throw closedAfter(e);
    }
  }

  private void begin(Checkpoint from) throws IOException {
    consumer.assign(List.of(partition));
    topicId = topics.id(partition.topic());
    end = offset(consumer.endOffsets(List.of(partition)));
    if (from.equals(Checkpoint.START)) {
      next = source.start.offset(consumer, partition, end);
    } else {
      Place place = Place.of(from);
      next = place.offset();
      // Of another topic of that name: the first poll tells.
      topicId = place.topic().equals(Uuid.ZERO_UUID) ? topicId : place.topic();
    }
    consumer.seek(partition, next);
    lag(Math.max(0, end - next));
  }

  private long offset(Map<TopicPartition, Long> offsets) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the reader of " + partition + " is closed");
    }
    values.clear();
    try {
      if (Place.differ(topicId, topics.id(partition.topic()))) {
        madeAgain();
      }
      // One that begins behind the end asks once: the cluster then says what it makes of that.
      if (!source.follow && (next == end || (next > end && asked))) {
        return null;
      }
      asked = true;
      return accept(consumer.poll(timeout));
    } catch (OffsetOutOfRangeException e) {
      outOfRange();
      return values.batch();
    } catch (KafkaException e) {
      throw Failures.of("reading " + partition, e);
    }
  }

  private RecordBatch accept(ConsumerRecords<?, Values.Slice> polled) throws IOException {
    RecordBatch batch = values.batch();
    OffsetAndMetadata behind = polled.nextOffsets().get(partition);
    // Behind the last record too there may be offsets without: of compaction and transactions.
    long last = behind == null ? next : behind.offset();
    for (ConsumerRecord<?, Values.Slice> record : polled.records(partition)) {
      if (!source.follow && record.offset() >= end) {
        break;
      }
      Values.@Nullable Slice value = record.value();
      if (value == null) {
        counts.tombstone();
      } else if (value.isLeftOut()) {
        last = record.offset();
        consumer.seek(partition, last);
        break;
      } else {
        batch.add(value.start(), value.end(), record.offset(), value.cut(), time(record));
        bytes += value.end() - value.start();
        records++;
      }
    }
    next = source.follow ? last : Math.max(next, Math.min(last, end));
    lag(waiting());
    if (!polled.isEmpty()) {
      answers.came(System.nanoTime());
    } else if (answers.areMissing(System.nanoTime())) {
      topics.partitions(); // says so if the topic is gone
      throw new IOException("no answer for " + partition + " from " + source.servers);
    }
    return batch;
  }

  /** The broker's or the producer's time, whichever the topic keeps. */
  private static long time(ConsumerRecord<?, ?> record) {
    long millis = record.timestamp();
    return millis < 0 || millis > Long.MAX_VALUE / NANOS_PER_MILLI
        ? LogEvent.NO_TIMESTAMP
        : millis * NANOS_PER_MILLI;
  }

  private long waiting() {
    if (!source.follow) {
      return Math.max(0, end - next);
    }
    OptionalLong current = consumer.currentLag(partition);
    return current.orElse(lag);
  }

  private void lag(long offsets) {
    lag = offsets;
    counts.lag(offsets);
  }

  private void outOfRange() throws IOException {
    topics.partitions();
    if (Place.differ(topicId, topics.id(partition.topic()))) {
      madeAgain();
      return;
    }
    long first = offset(consumer.beginningOffsets(List.of(partition)));
    long last = offset(consumer.endOffsets(List.of(partition)));
    if (next < first) {
      lost(
          "offsets " + next + " to " + (first - 1) + " (" + (first - next) + ") were removed",
          first - next,
          first);
    } else {
      lost("offset " + next + " is behind the end " + last + ": the log was cut", 0, last);
    }
  }

  /** Offsets of the topic that was deleted say nothing of the new one. */
  private void madeAgain() {
    lost("the topic was deleted and made again, offsets from " + next + " on are gone", lag, 0);
    topicId = topics.id(partition.topic());
    end = offset(consumer.endOffsets(List.of(partition)));
  }

  private void lost(String what, long offsets, long resume) {
    if (!source.skipLost) {
      throw new LogSenseException(
          Category.EXTERNAL,
          partition + ": " + what + " before they were read; skip what is lost to go on");
    }
    counts.lost(offsets);
    next = resume;
    consumer.seek(partition, resume);
  }

  @Override
  public Checkpoint position() {
    return new Place(next, topicId).checkpoint();
  }

  @Override
  public void acknowledge(Checkpoint upTo) throws IOException {
    long offset = Place.of(upTo).offset();
    if (source.group == null || offset == acknowledged) {
      return;
    }
    try {
      // Sent with the next polls: the thread that reads waits for nobody. One that fails is made
      // good by the next, or at the end.
      consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(offset)), null);
    } catch (KafkaException e) {
      throw Failures.uninterrupted("acknowledging " + partition, e);
    }
    acknowledged = offset;
  }

  @Override
  public Map<String, String> labels() {
    return source.labels(partition.topic());
  }

  /** Of what is still to come only the number is known: an average is taken for its size. */
  @Override
  public Progress progress() {
    long each = records == 0 ? 1 : Math.max(1, bytes / records);
    return new Progress(bytes, bytes + lag * each);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      leave();
    } catch (KafkaException e) {
      throw Failures.uninterrupted("closing " + partition, e);
    } finally {
      topics.release();
    }
  }

  /** The last commit may still be under way, or have failed. */
  private void leave() {
    try {
      if (acknowledged >= 0) {
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(acknowledged)), COURTESY);
      }
    } finally {
      consumer.close(CloseOptions.timeout(COURTESY));
    }
  }

  /** Closes because of {@code e}, which is what the caller is to hear of. */
  private <E extends Exception> E closedAfter(E e) {
    try {
      close();
    } catch (IOException | RuntimeException also) {
      e.addSuppressed(also);
    }
    return e;
  }
}
