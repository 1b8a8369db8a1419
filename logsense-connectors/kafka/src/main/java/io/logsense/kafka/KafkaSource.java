package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Topics of Apache Kafka. A record is the value of one message, its time the message's, its offset
 * the broker's; a message without a value is no record, and counted.
 *
 * <pre>{@code
 * LogSource logs = KafkaSource.builder("kafka-1:9092,kafka-2:9092", "app-logs").group("logsense").build();
 * }</pre>
 *
 * <p>Each reader has a consumer of its own: partitions are read in parallel without a lock, and a
 * partition that is not polled fetches nothing. So a reader keeps at most what the client fetches
 * ahead (twice {@code max.partition.fetch.bytes}, 1 MiB each) and one batch of 8 MiB, and costs two
 * or three connections. One consumer for all partitions would save the connections and pay with a
 * queue for each partition whose reader is slower than the others.
 *
 * <p>Partitions are assigned, never balanced among members of a group: who reads what is the
 * engine's affair. The group only keeps what was acknowledged, for those who watch its lag.
 *
 * <p>A checkpoint is the next offset and the id of the topic. What is gone before it was read,
 * because it grew too old or because the topic was deleted and made again, is an exception that
 * says which offsets; {@link Builder#skipLost()} goes on with what is left, and counts.
 *
 * <p>{@link #measures()} has the lag of each partition listed so far. Thread-safe; a reader is not.
 */
public final class KafkaSource implements LogSource, Measured {
  private final Builder source;
  private final Topics topics;
  private final Map<TopicPartition, PartitionCounts> counts = new ConcurrentHashMap<>();

  private KafkaSource(Builder source) {
    this.source = source;
    this.topics = new Topics(source);
  }

  /**
   * A source to be described.
   *
   * @param servers addresses to ask first, {@code host:port}, separated by commas
   * @param topics at least one
   */
  public static Builder builder(String servers, String... topics) {
    return new Builder(servers, List.of(topics));
  }

  @Override
  public String id() {
    return source.id == null
        ? "kafka://" + source.servers + "/" + String.join(",", source.topics)
        : source.id;
  }

  @Override
  public List<String> partitions() throws IOException {
    List<TopicPartition> partitions = topics.partitions();
    partitions.forEach(this::counts);
    return partitions.stream().map(TopicPartition::toString).toList();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    TopicPartition found =
        topics.partitions().stream()
            .filter(candidate -> candidate.toString().equals(partition))
            .findFirst()
            .orElseThrow(
                () ->
                    new LogSenseException(
                        Category.USAGE, id() + " has no partition '" + partition + "'"));
    return new KafkaPartitionReader(source, topics, counts(found), found, from);
  }

  private PartitionCounts counts(TopicPartition partition) {
    return counts.computeIfAbsent(partition, PartitionCounts::new);
  }

  /** The lag and the losses of each partition listed so far; a lag is NaN until it is opened. */
  @Override
  public List<Measure> measures() {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(TopicPartition::topic)
                    .thenComparingInt(TopicPartition::partition)))
        .flatMap(entry -> entry.getValue().measures().stream())
        .toList();
  }

  @Override
  public String toString() {
    return id();
  }

  /** Describes a source. */
  public static final class Builder {
    private static final int MEBIBYTE = 1 << 20;

    final String servers;
    final List<String> topics;
    Map<String, String> settings = Map.of();
    Start start = Start.EARLIEST;
    boolean follow;
    boolean readCommitted;
    boolean skipLost;
    int recordBytes = MEBIBYTE;
    private final Map<String, String> labels = new HashMap<>();
    @Nullable String group;
    private @Nullable String id;

    private Builder(String servers, List<String> topics) {
      this.servers = servers;
      this.topics = topics;
    }

    /** Waits for records to come. Default: ends with what is there when a partition is opened. */
    public Builder follow(boolean value) {
      follow = value;
      return this;
    }

    /**
     * Commits what was acknowledged under a group id. Members that subscribe must not share it.
     * Default: commits nothing.
     */
    public Builder group(String value) {
      group = value;
      return this;
    }

    /** Begins with the first record written at or after that time, where there is no checkpoint. */
    public Builder from(Instant time) {
      start = Start.at(time);
      return this;
    }

    /** Begins with what is written from now on, where there is no checkpoint. */
    public Builder fromLatest() {
      start = Start.LATEST;
      return this;
    }

    /**
     * Begins with what the group has not acknowledged, where there is no checkpoint; with the first
     * record when it never acknowledged any.
     */
    public Builder fromCommitted() {
      start = Start.COMMITTED;
      return this;
    }

    /**
     * Settings of Kafka's own client, such as {@code security.protocol}; {@code bootstrap.servers}
     * and what a reader depends on are refused. They never appear in messages.
     */
    public Builder properties(Map<String, String> value) {
      Settings.check(value);
      settings = Map.copyOf(value);
      return this;
    }

    /** The same from a file of properties, as Kafka's own tools read them. */
    public Builder properties(Path file) {
      return properties(Settings.read(file));
    }

    /** Leaves out records of transactions that were not committed. Default: reads them too. */
    public Builder readCommitted() {
      readCommitted = true;
      return this;
    }

    /** Goes on after a loss and counts it in {@code logsense.kafka.lost}. Default: an exception. */
    public Builder skipLost() {
      skipLost = true;
      return this;
    }

    /** Sets the longest record in bytes; what is longer is cut. Default 1 MiB. */
    public Builder recordBytes(int value) {
      if (value < 1) {
        throw usage("recordBytes is " + value + "; it must be positive");
      }
      recordBytes = value;
      return this;
    }

    /** Adds what holds for every record, such as {@code service}. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /**
     * Names the source, so that checkpoints stay valid when the servers change. Default: {@code
     * kafka://servers/topics}.
     */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /**
     * The source; nothing is asked of the cluster yet.
     *
     * @throws LogSenseException (usage) when servers or topics are missing, or commits without a
     *     group are asked for
     */
    public KafkaSource build() {
      if (servers.isBlank() || topics.isEmpty() || topics.stream().anyMatch(String::isBlank)) {
        throw usage("a source of Kafka needs the address of a server and the name of a topic");
      }
      if (start == Start.COMMITTED && group == null) {
        throw usage("to begin with what was committed, name the group");
      }
      return new KafkaSource(this);
    }

    /** What holds for every record of {@code topic}. */
    Map<String, String> labels(String topic) {
      Map<String, String> all = new HashMap<>(labels);
      all.put("messaging.destination.name", topic);
      return Map.copyOf(all);
    }

    private static LogSenseException usage(String message) {
      return new LogSenseException(Category.USAGE, message);
    }
  }
}
