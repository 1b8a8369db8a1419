package io.logsense.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only Kafka has, asked of a real broker. */
class KafkaSourceTest {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Answers that are missing are missed sooner, and batches are small. */
  private static final Map<String, String> QUICK =
      Map.of(
          "default.api.timeout.ms", "3000", "request.timeout.ms", "2000", "max.poll.records", "7");

  @TempDir static Path directory;
  private static TestBroker broker;

  private final String topic = "logs-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.in(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aRecordIsTheValueWithTimeAndOffsetOfTheBroker() throws Exception {
    broker.write(
        List.of(
            record(1_700_000_000_123L, null, "first\n".getBytes(UTF_8)),
            record(1_700_000_000_124L, "key".getBytes(UTF_8), new byte[] {0, (byte) 0xff})));
    try (PartitionReader reader = open(source().build(), 0, Checkpoint.START)) {
      RecordBatch batch = next(reader);

      assertThat(batch.size()).isEqualTo(2);
      assertThat(text(batch, 0)).isEqualTo("first");
      assertThat(batch.length(1)).isEqualTo(2);
      assertThat(batch.offset(1)).isEqualTo(1);
      assertThat(batch.time(0)).isEqualTo(1_700_000_000_123_000_000L);
      assertThat(batch.firstLine()).isZero();
      assertThat(reader.labels()).containsEntry("messaging.destination.name", topic);
    }
  }

  @Test
  void tombstonesAreCountedAndEmptyValuesAreRecords() throws Exception {
    broker.write(
        List.of(
            record(1, "a".getBytes(UTF_8), "one".getBytes(UTF_8)),
            record(2, "a".getBytes(UTF_8), null),
            record(3, "a".getBytes(UTF_8), new byte[0])));
    KafkaSource source = source().build();

    assertThat(all(source, 0, Checkpoint.START)).containsExactly("0 one", "2 ");
    assertThat(measure(source, "logsense.kafka.tombstones", 0)).isEqualTo(1);
  }

  @Test
  void whatWasReadIsGoneOnWithFromTheCheckpoint() throws Exception {
    write(50);
    KafkaSource source = source().build();
    List<String> read = new ArrayList<>();
    Checkpoint checkpoint;
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      add(read, next(reader));
      add(read, next(reader));
      checkpoint = reader.position();
    }
    assertThat(read).hasSizeBetween(1, 14);
    read.addAll(all(source().build(), 0, checkpoint));

    assertThat(read).containsExactlyElementsOf(expected(0, 50));
  }

  @Test
  void readingBeginsWhereItIsToldToBegin() throws Exception {
    write(10);

    assertThat(all(source().from(Instant.ofEpochMilli(7)).build(), 0, Checkpoint.START))
        .containsExactlyElementsOf(expected(7, 10));
    assertThat(all(source().from(Instant.ofEpochMilli(70)).build(), 0, Checkpoint.START)).isEmpty();
    KafkaSource live = source().fromLatest().follow(true).build();
    try (PartitionReader reader = open(live, 0, Checkpoint.START)) {
      write(3);
      List<String> read = new ArrayList<>();
      while (read.size() < 3) {
        add(read, next(reader));
      }
      assertThat(read).containsExactly("10 line 0", "11 line 1", "12 line 2");
    }
  }

  @Test
  void whatIsAcknowledgedIsCommittedForTheGroup() throws Exception {
    write(20);
    String group = "group of " + topic;
    KafkaSource source = source().group(group).fromCommitted().build();
    Checkpoint checkpoint;
    int read;
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      read = next(reader).size();
      checkpoint = reader.position();
      reader.acknowledge(checkpoint);
    }
    try (Admin admin = broker.admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      assertThat(committed.get(new TopicPartition(topic, 0)).offset()).isEqualTo(read);
    }
    assertThat(all(source, 0, Checkpoint.START)).containsExactlyElementsOf(expected(read, 20));
  }

  /** The consumer asks nothing while it holds records, which are handed out slowly here. */
  @Test
  void slowPollsOfRecordsThatHaveComeAreNoMissingAnswer() throws Exception {
    write(50);
    List<String> read = new ArrayList<>();
    try (PartitionReader reader = open(source().build(), 0, Checkpoint.START)) {
      for (int i = 0; i < 5; i++) {
        add(read, next(reader));
        await().pollDelay(Duration.ofMillis(800)).until(() -> true);
      }
      read.addAll(rest(reader));
    }
    assertThat(read).containsExactlyElementsOf(expected(0, 50));
  }

  @Test
  void lagIsMeasuredForEachPartition() throws Exception {
    broker.create(topic, 2, Map.of());
    write(30);
    KafkaSource source = source().follow(true).build();
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      assertThat(measure(source, "logsense.kafka.lag", 0)).isEqualTo(30);
      assertThat(measure(source, "logsense.kafka.lag", 1)).isNaN();
      int read = 0;
      while (read < 30) {
        read += next(reader).size();
        assertThat(measure(source, "logsense.kafka.lag", 0)).isEqualTo(30 - read);
        assertThat(reader.progress().total() > reader.progress().read()).isEqualTo(read < 30);
      }
    }
  }

  @Test
  void partitionsThatAreAddedAreListed() throws Exception {
    broker.create(topic, 1, Map.of());
    KafkaSource source = source().build();
    assertThat(source.partitions()).containsExactly(topic + "-0");
    try (Admin admin = broker.admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(11))).all().get();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(source.partitions())
                    .containsExactlyElementsOf(
                        IntStream.range(0, 11).mapToObj(i -> topic + "-" + i).toList()));
  }

  @Test
  void gapsOfTransactionsAreNoRecordsAndNoHang() throws Exception {
    broker.create(topic, 1, Map.of());
    try (Producer<byte[], byte[]> producer =
        broker.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "tx-" + topic))) {
      producer.initTransactions();
      for (boolean commit : List.of(true, false, true, false)) {
        producer.beginTransaction();
        for (int i = 0; i < 10; i++) {
          producer.send(record(i, null, (commit ? "kept" : "aborted").getBytes(UTF_8)));
        }
        if (commit) {
          producer.commitTransaction();
        } else {
          producer.flush();
          producer.abortTransaction();
        }
      }
    }
    KafkaSource committed = source().readCommitted().build();
    try (PartitionReader reader = open(committed, 0, Checkpoint.START)) {
      List<String> read = rest(reader);
      assertThat(read).hasSize(20).allMatch(line -> line.endsWith(" kept"));
      assertThat(all(committed, 0, reader.position())).isEmpty();
    }
    assertThat(all(source().build(), 0, Checkpoint.START)).hasSize(40);
  }

  @Test
  void compactedGapsAreNoRecordsAndNoHang() throws Exception {
    broker.create(
        topic,
        1,
        Map.of(
            "cleanup.policy", "compact",
            "min.cleanable.dirty.ratio", "0.01",
            "max.compaction.lag.ms", "100",
            "segment.ms", "100"));
    AtomicLong later = new AtomicLong();
    broker.write(
        IntStream.range(0, 40)
            .mapToObj(i -> keyed(later.addAndGet(1000), "key " + i % 2, "value " + i))
            .toList());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              // A segment is closed, and can be cleaned, when a later record comes.
              broker.write(List.of(keyed(later.addAndGet(1000), "other", "tail")));
              return all(source().build(), 0, Checkpoint.START).size() < 20;
            });
    List<String> left = all(source().build(), 0, Checkpoint.START);

    assertThat(left).contains("38 value 38", "39 value 39");
  }

  @Test
  void offsetsThatAreGoneAreAnErrorThatNamesThem() throws Exception {
    write(20);
    delete(12);
    KafkaSource source = source().build();
    try (PartitionReader reader = open(source, 0, new Checkpoint("5"))) {
      assertThatThrownBy(() -> rest(reader))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
          .hasMessageContaining("offsets 5 to 11 (7)")
          .hasMessageContaining(topic + "-0");
    }
  }

  @Test
  void offsetsThatAreGoneAreSkippedAndCountedWhereThatIsChosen() throws Exception {
    write(20);
    delete(12);
    KafkaSource source = source().skipLost().build();

    assertThat(all(source, 0, new Checkpoint("5"))).containsExactlyElementsOf(expected(12, 20));
    assertThat(measure(source, "logsense.kafka.lost", 0)).isEqualTo(7);
  }

  @Test
  void aCheckpointBehindTheEndIsAnError() throws Exception {
    write(20);
    try (PartitionReader reader = open(source().build(), 0, new Checkpoint("25"))) {
      assertThatThrownBy(() -> rest(reader))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("offset 25 is behind the end 20");
    }
  }

  @Test
  void aTopicMadeAgainIsNotTakenForTheOldOne() throws Exception {
    write(20);
    Checkpoint checkpoint;
    try (PartitionReader reader = open(source().build(), 0, Checkpoint.START)) {
      next(reader);
      checkpoint = reader.position();
    }
    makeAgain();
    write(30);

    try (PartitionReader reader = open(source().build(), 0, checkpoint)) {
      assertThatThrownBy(() -> rest(reader))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("deleted and made again");
    }
    assertThat(all(source().skipLost().build(), 0, checkpoint))
        .containsExactlyElementsOf(expected(0, 30));
  }

  @Test
  void aTopicMadeAgainWhileItIsFollowedIsAnError() throws Exception {
    write(20);
    KafkaSource source = source().follow(true).build();
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      int read = 0;
      while (read < 20) {
        read += next(reader).size();
      }
      makeAgain();
      write(30);
      assertThatThrownBy(
              () -> {
                while (true) {
                  source.partitions();
                  next(reader);
                }
              })
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("deleted and made again");
    }
  }

  @Test
  void whatABatchUnfoldsToIsBounded() throws Exception {
    broker.create(topic, 1, Map.of("max.message.bytes", "20000000"));
    Map<String, Object> wide =
        Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip",
            ProducerConfig.BATCH_SIZE_CONFIG, 30_000_000,
            ProducerConfig.LINGER_MS_CONFIG, 1000,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 40_000_000);
    try (Producer<byte[], byte[]> producer = broker.producer(wide)) {
      for (int i = 0; i < 60; i++) {
        producer.send(record(i, null, new byte[500_000]));
      }
    }
    KafkaSource source = KafkaSource.builder(broker.address(), topic).recordBytes(400_000).build();
    int records = 0;
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      for (RecordBatch batch = reader.poll(POLL); batch != null; batch = reader.poll(POLL)) {
        assertThat(batch.buffer().length).isLessThan(2 * KafkaPartitionReader.BATCH_BYTES);
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.offset(i)).isEqualTo(records++);
          assertThat(batch.length(i)).isEqualTo(400_000);
          assertThat(batch.truncated(i)).isTrue();
        }
      }
    }
    assertThat(records).isEqualTo(60);
  }

  @Test
  void aBrokerThatIsStoppedIsAnErrorAndLosesNothing() throws Exception {
    write(50);
    KafkaSource source = source().follow(true).build();
    try (PartitionReader reader = open(source, 0, Checkpoint.START)) {
      List<String> read = new ArrayList<>();
      add(read, next(reader));
      broker.stop();
      try {
        assertThatThrownBy(
                () -> {
                  while (true) {
                    add(read, next(reader));
                  }
                })
            .isInstanceOf(IOException.class);
      } finally {
        broker.startAgain();
      }
      write(5);
      while (read.size() < 55) {
        add(read, next(reader));
      }
      assertThat(read)
          .startsWith("0 line 0")
          .endsWith("54 line 4")
          .doesNotHaveDuplicates()
          .hasSize(55);
    }
  }

  @Test
  void aTopicOfDeadLettersSaysThatItForgetsNobody() throws IOException {
    Subject subject = Subject.of("jane.roe@example.com");
    try (KafkaDeadLetterTopic sink =
        new KafkaDeadLetterTopic("127.0.0.1:1", "dead-letters", Map.of())) {
      assertThatThrownBy(() -> sink.purge(subject))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("retention.ms of dead-letters");
    }
  }

  @Test
  void aDeadLetterTopicKeepsTheRecordAndSaysWhy() throws Exception {
    broker.create(topic, 1, Map.of());
    byte[] raw = {0, (byte) 0xff, 'x'};
    SourcePosition position = new SourcePosition("kafka://here/logs-3", 42, 0, 1);
    try (DeadLetterSink sink = new KafkaDeadLetterTopic(broker.address(), topic, Map.of())) {
      sink.accept(new DeadLetter(position, "no text", "?"), raw);
    }

    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.address()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      ConsumerRecord<byte[], byte[]> kept = consumer.poll(Duration.ofSeconds(20)).iterator().next();
      assertThat(kept.value()).isEqualTo(raw);
      assertThat(kept.headers())
          .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
          .containsExactlyInAnyOrder(
              "logsense.source=kafka://here/logs-3",
              "logsense.offset=42",
              "logsense.reason=no text");
    }
    assertThat(all(source().build(), 0, Checkpoint.START)).hasSize(1);
  }

  @Test
  void aDeadLetterThatCannotBeKeptIsAnErrorAndNoHang() throws Exception {
    DeadLetter letter = new DeadLetter(SourcePosition.UNKNOWN, "no text", "?");
    Map<String, String> quick =
        Map.of(
            "max.block.ms", "500",
            "delivery.timeout.ms", "500",
            "request.timeout.ms", "500");
    try (DeadLetterSink nowhere = new KafkaDeadLetterTopic("127.0.0.1:1", topic, quick)) {
      assertThatThrownBy(() -> nowhere.accept(letter, new byte[3])).isInstanceOf(IOException.class);
    }
    broker.create(topic, 1, Map.of());
    try (DeadLetterSink sink = new KafkaDeadLetterTopic(broker.address(), topic, Map.of())) {
      assertThatThrownBy(() -> sink.accept(letter, new byte[3 << 20]))
          .isInstanceOf(IOException.class);
      sink.accept(letter, new byte[1 << 20]);
    }
  }

  @Test
  void aTopicThatIsNotThereIsNotMade() throws Exception {
    assertThatThrownBy(() -> source().build().partitions())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(topic);
    try (Admin admin = broker.admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain(topic);
    }
  }

  private KafkaSource.Builder source() {
    return KafkaSource.builder(broker.address(), topic).properties(QUICK);
  }

  private PartitionReader open(KafkaSource source, int partition, Checkpoint from)
      throws IOException {
    String name = topic + "-" + partition;
    assertThat(source.partitions()).contains(name);
    return source.open(name, from);
  }

  private static RecordBatch next(PartitionReader reader) throws Exception {
    for (int i = 0; i < 100; i++) {
      RecordBatch batch = reader.poll(POLL);
      assertThat(batch).as("a batch before the end").isNotNull();
      if (!batch.isEmpty()) {
        return batch;
      }
    }
    throw new AssertionError("nothing came");
  }

  private static List<String> rest(PartitionReader reader) throws Exception {
    List<String> read = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (RecordBatch batch = reader.poll(POLL); batch != null; batch = reader.poll(POLL)) {
      add(read, batch);
      assertThat(System.nanoTime() - end).as("time left").isNegative();
    }
    return read;
  }

  private List<String> all(KafkaSource source, int partition, Checkpoint from) throws Exception {
    try (PartitionReader reader = open(source, partition, from)) {
      return rest(reader);
    }
  }

  private static void add(List<String> read, RecordBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      read.add(batch.offset(i) + " " + text(batch, i));
    }
  }

  private static String text(RecordBatch batch, int i) {
    return new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8);
  }

  private static List<String> expected(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + " line " + i).toList();
  }

  private double measure(KafkaSource source, String name, int partition) {
    Map<String, String> tags = Map.of("topic", topic, "partition", "" + partition);
    return source.measures().stream()
        .filter(measure -> measure.name().equals(name) && measure.tags().equals(tags))
        .mapToDouble(measure -> measure.value().getAsDouble())
        .findFirst()
        .orElseThrow();
  }

  private ProducerRecord<byte[], byte[]> record(
      long millis, byte @Nullable [] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, 0, millis, key, value);
  }

  private ProducerRecord<byte[], byte[]> keyed(long millis, String key, String value) {
    return record(millis, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  /** Writes lines at the times 0, 1, 2… */
  private void write(int lines) throws Exception {
    broker.write(
        IntStream.range(0, lines)
            .mapToObj(i -> record(i, null, ("line " + i).getBytes(UTF_8)))
            .toList());
  }

  /** Makes the broker forget what is before {@code offset}, as it does with what is too old. */
  private void delete(long offset) throws Exception {
    try (Admin admin = broker.admin()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all().get();
      assertThat(
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                  .partitionResult(partition)
                  .get()
                  .offset())
          .isEqualTo(offset);
    }
  }

  private void makeAgain() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
    await()
        .ignoreExceptions()
        .until(
            () -> {
              broker.create(topic, 1, Map.of());
              return true;
            });
  }
}
