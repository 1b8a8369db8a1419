package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of clients: what the user gave, under what only this connector can know. */
final class Settings {
  /** No call to a cluster takes longer, with all that the client tries again by itself. */
  private static final int PATIENCE_MILLIS = 15_000;

  private static final int REQUEST_MILLIS = 10_000;

  /** Records of one poll. More cost memory, fewer cost calls. */
  private static final int RECORDS = 2000;

  /** What a reader depends on, or has another way to say. */
  private static final Set<String> OURS =
      Set.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);

  private Settings() {}

  /** The content of a file of properties. */
  static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new LogSenseException(
          Category.USAGE, "the settings in " + file + " cannot be read: " + e.getMessage());
    }
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }

  /**
   * Refuses what is not left to the user.
   *
   * @throws LogSenseException (usage) naming all of it, without values
   */
  static void check(Map<String, String> settings) {
    TreeSet<String> refused = new TreeSet<>(settings.keySet());
    refused.retainAll(OURS);
    if (!refused.isEmpty()) {
      throw new LogSenseException(
          Category.USAGE,
          "the settings of the Kafka client name "
              + String.join(", ", refused)
              + ", which LogSense sets itself; leave them out");
    }
  }

  /** What every client needs. */
  private static Map<String, Object> common(KafkaSource.Builder source) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.putAll(source.settings);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, source.servers);
    return settings;
  }

  /** For the client that asks about topics. */
  static Map<String, Object> admin(KafkaSource.Builder source) {
    return common(source);
  }

  /** For the consumer of one partition. */
  static Map<String, Object> consumer(KafkaSource.Builder source) {
    Map<String, Object> settings = common(source);
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
    if (source.group != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, source.group);
    }
    // The other protocol brings a thread to every consumer.
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        source.readCommitted ? "read_committed" : "read_uncommitted");
    return settings;
  }

  /** For the producer of a dead-letter topic, which waits for each record no longer than that. */
  static Map<String, Object> producer(
      String servers, Map<String, String> given, Duration patience) {
    int millis = (int) patience.toMillis();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    settings.putAll(given);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return settings;
  }

  /** How long to wait for an answer before it counts as missing, in milliseconds. */
  static long patience(Map<String, Object> settings) {
    return Long.parseLong(
        String.valueOf(settings.get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG)));
  }
}
