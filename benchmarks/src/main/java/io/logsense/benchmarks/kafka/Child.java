package io.logsense.benchmarks.kafka;

import com.sun.management.OperatingSystemMXBean;
import io.logsense.LogSense;
import io.logsense.Stores;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.kafka.KafkaSource;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A process that reads the topic. It prints a line now and then: records done, nanoseconds since it
 * began, nanoseconds of processor time since then, and the lag that it measures.
 */
final class Child {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LOOK_MILLIS = 250;

  private Child() {}

  /** Arguments: {@code count} or the file of the store, the address of the broker, records. */
  public static void main(String[] args) throws Exception {
    int records = Integer.parseInt(args[2]);
    if (args[0].equals("count")) {
      count(args[1], records);
    } else {
      keep(args[0], args[1], records);
    }
  }

  /** The floor: polls, and counts what comes. */
  private static void count(String servers, int records) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "max.poll.records", 2000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Clock clock = new Clock();
      List<TopicPartition> partitions =
          consumer.partitionsFor(ShopTopic.NAME).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long seen = 0;
      while (seen < records) {
        seen += consumer.poll(POLL).count();
      }
      clock.print(seen, 0);
    }
  }

  /** The engine, from the topic to the store. */
  private static void keep(String file, String servers, int records) throws Exception {
    KafkaSource source =
        KafkaSource.builder(servers, ShopTopic.NAME).group("logsense").follow(true).build();
    try (LogStore store = Stores.of(URI.create("duckdb:" + file))) {
      long before = store.count(EventQuery.all());
      Clock clock = new Clock();
      try (LogSense sense = LogSense.builder().source(source).store(store).build()) {
        sense.start();
        long stored = before;
        long lag = records;
        while (stored < records || lag > 0) {
          Thread.sleep(LOOK_MILLIS);
          stored = store.count(EventQuery.all());
          lag = lag(source);
          clock.print(stored - before, lag);
        }
      }
    }
  }

  /** What hosts see of the lag: all partitions of {@code logsense.kafka.lag}. */
  private static long lag(KafkaSource source) {
    return (long)
        source.measures().stream()
            .filter(measure -> measure.name().equals("logsense.kafka.lag"))
            .mapToDouble(measure -> measure.value().getAsDouble())
            .filter(lag -> !Double.isNaN(lag))
            .sum();
  }

  /** Wall and processor time since it was made. */
  private static final class Clock {
    private final OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long start = System.nanoTime();
    private final long cpu = process.getProcessCpuTime();

    void print(long done, long lag) {
      System.out.println(
          done
              + " "
              + (System.nanoTime() - start)
              + " "
              + (process.getProcessCpuTime() - cpu)
              + " "
              + lag);
    }
  }
}
