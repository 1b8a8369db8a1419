package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Keeps records that could not become events in a topic: the record as it was read, with headers
 * {@code logsense.source}, {@code logsense.offset} and {@code logsense.reason}.
 *
 * <p>A record counts as kept when all replicas in sync have it; each is waited for, at most five
 * seconds. The topic must be there. It holds what was never masked: let few people read it. A
 * {@link KafkaSource} of the topic reads the records again, under offsets of their own.
 */
public final class KafkaDeadLetterTopic implements DeadLetterSink, Purgeable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  /**
   * A sink for one topic.
   *
   * @param servers addresses to ask first, {@code host:port}, separated by commas
   * @param settings of Kafka's own client, such as {@code security.protocol}; they never appear in
   *     messages
   * @throws LogSenseException (usage) when the client does not accept them
   */
  public KafkaDeadLetterTopic(String servers, String topic, Map<String, String> settings) {
    if (servers.isBlank() || topic.isBlank()) {
      throw new LogSenseException(
          Category.USAGE, "a dead-letter topic needs the address of a server and a name");
    }
    this.topic = topic;
    try {
      producer =
          new KafkaProducer<>(
              Settings.producer(servers, settings, PATIENCE),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    } catch (KafkaException e) {
      throw Failures.settings(e);
    }
  }

  @Override
  public void accept(DeadLetter letter, byte[] raw) throws IOException {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, raw);
    add(record.headers(), "logsense.source", letter.position().source());
    add(record.headers(), "logsense.offset", Long.toString(letter.position().offset()));
    add(record.headers(), "logsense.reason", letter.reason());
    try {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("writing to " + topic);
    } catch (ExecutionException e) {
      throw new IOException(topic + " did not take a record: " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw Failures.uninterrupted("writing to " + topic, e);
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Always refuses: Kafka removes no single records. */
  @Override
  public long mentions(Subject subject) {
    throw new LogSenseException(
        Category.USAGE,
        "a topic forgets no single record: let the retention.ms of "
            + topic
            + " pass, or delete its records up to now (kafka-delete-records)");
  }

  /** Always refuses: Kafka removes no single records. */
  @Override
  public long purge(Subject subject) {
    return mentions(subject);
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
