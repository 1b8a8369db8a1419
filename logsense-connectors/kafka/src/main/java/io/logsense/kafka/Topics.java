package io.logsense.kafka;

import io.logsense.api.LogSenseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster about topics.
 *
 * <p>Its client, which has a thread and connections, is there while somebody {@linkplain #hold()
 * holds} it, and else for one question. Thread-safe.
 */
final class Topics {
  private final KafkaSource.Builder source;
  private final Map<String, Uuid> ids = new ConcurrentHashMap<>();
  private @Nullable Admin admin;
  private int holders;

  Topics(KafkaSource.Builder source) {
    this.source = source;
  }

  /** Keeps the client until as many calls of {@link #release()}. */
  synchronized void hold() {
    if (admin == null) {
      try {
        admin = Admin.create(Settings.admin(source));
      } catch (KafkaException e) {
        throw Failures.settings(e);
      }
    }
    holders++;
  }

  synchronized void release() {
    if (--holders == 0 && admin != null) {
      admin.close();
      admin = null;
    }
  }

  /** The id that the cluster gave {@code topic}, when last asked; zero when never. */
  Uuid id(String topic) {
    return ids.getOrDefault(topic, Uuid.ZERO_UUID);
  }

  /**
   * The partitions there are now: topic by topic, by number.
   *
   * @throws IOException when the cluster does not answer, or has no such topic
   */
  List<TopicPartition> partitions() throws IOException {
    hold();
    try {
      Map<String, TopicDescription> found = describe();
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : source.topics) {
        TopicDescription description = found.get(topic);
        if (description != null) {
          ids.put(topic, description.topicId());
          description.partitions().stream()
              .mapToInt(partition -> partition.partition())
              .sorted()
              .forEach(number -> partitions.add(new TopicPartition(topic, number)));
        }
      }
      return partitions;
    } finally {
      release();
    }
  }

  private Map<String, TopicDescription> describe() throws IOException {
    Admin client;
    synchronized (this) {
      client = admin;
    }
    if (client == null) {
      throw new IllegalStateException("nobody holds the client");
    }
    try {
      return client.describeTopics(source.topics).allTopicNames().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("asking for the partitions of " + source.topics);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IOException(source.servers + " has not all of the topics " + source.topics, e);
      }
      if (e.getCause() instanceof KafkaException cause) {
        throw Failures.uninterrupted("asking " + source.servers, cause);
      }
      throw new LogSenseException(
          LogSenseException.Category.DEFECT, "asking for partitions: " + e, e);
    }
  }
}
