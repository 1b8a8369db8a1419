package io.logsense.kafka;

import io.logsense.api.source.LogSource;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SourceContract;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Through a proxy that breaks connections to a real broker. */
class KafkaSourceContractTest extends SourceContract {
  @TempDir static Path directory;
  private static FaultyProxy proxy;
  private static TestBroker broker;

  private final String topic = "logs-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    int behindProxy = TestBroker.freePort();
    proxy = FaultyProxy.to(new InetSocketAddress("127.0.0.1", behindProxy));
    broker = new TestBroker(directory, behindProxy, proxy.port());
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
    proxy.close();
  }

  @BeforeEach
  void create() throws Exception {
    broker.create(topic, 2, Map.of("max.message.bytes", "4000000"));
  }

  @AfterEach
  void heal() throws Exception {
    proxy.heal();
  }

  @Override
  protected List<String> partitions() {
    return List.of(topic + "-0", topic + "-1");
  }

  @Override
  protected void write(String partition, List<byte[]> records) throws Exception {
    int number = partitions().indexOf(partition);
    broker.write(
        records.stream()
            .map(record -> new ProducerRecord<byte[], byte[]>(topic, number, null, record))
            .toList());
  }

  @Override
  protected LogSource open(boolean follow) {
    return KafkaSource.builder(proxy.authority(), topic)
        .group("contract of " + topic)
        .properties(
            Map.of(
                "default.api.timeout.ms", "3000",
                "request.timeout.ms", "2000",
                "max.poll.records", "20",
                "max.partition.fetch.bytes", "4000"))
        .follow(follow)
        .build();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(proxy);
  }
}
