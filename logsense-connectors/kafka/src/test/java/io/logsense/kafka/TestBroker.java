package io.logsense.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real broker in this process, on free ports of the loopback interface. It can be stopped and
 * started again with what it has stored.
 */
final class TestBroker implements Closeable {
  private static final String HOST = "127.0.0.1";

  private final Properties settings = new Properties();
  private final int port = freePort();
  private KafkaRaftServer server;
  private @Nullable Producer<byte[], byte[]> writer;

  /**
   * A broker that is running.
   *
   * @param behindProxy a second port that it listens at
   * @param proxy what clients that come through the second port take for it
   */
  TestBroker(Path directory, int behindProxy, int proxy) throws Exception {
    int controller = freePort();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@" + HOST + ":" + controller,
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "PLAINTEXT",
            "log.dirs", directory.toString()));
    settings.putAll(
        Map.of(
            "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "listeners",
                listener("PLAINTEXT", port)
                    + ","
                    + listener("PROXIED", behindProxy)
                    + ","
                    + listener("CONTROLLER", controller),
            "advertised.listeners",
                listener("PLAINTEXT", port) + "," + listener("PROXIED", proxy)));
    settings.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.cleaner.backoff.ms", "100",
            // Records of tests are old.
            "log.retention.ms", "-1",
            "file.delete.delay.ms", "0"));
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setDirectories(List.of(directory.toString()))
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(directory.toString())
        .setPrintStream(nowhere)
        .run();
    server = start();
  }

  /** A broker that is running, without a proxy. */
  static TestBroker in(Path directory) throws Exception {
    int second = freePort();
    return new TestBroker(directory, second, second);
  }

  private static String listener(String name, int port) {
    return name + "://" + HOST + ":" + port;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KafkaRaftServer start() {
    KafkaRaftServer next = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    next.startup();
    return next;
  }

  /** Its address. */
  String address() {
    return HOST + ":" + port;
  }

  /** Writes records, in order, and returns when all are stored. */
  void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    if (writer == null) {
      // One after the other, without the numbers that an idempotent producer begins with.
      writer =
          producer(
              Map.of(
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false,
                  ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                  ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4_000_000));
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(writer.send(record));
    }
    writer.flush();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  void startAgain() {
    server = start();
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
    stop();
  }

  Admin admin() {
    return Admin.create(
        Map.<String, Object>of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address()));
  }

  void create(String topic, int partitions, Map<String, String> settings) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
          .all()
          .get();
    }
  }

  Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address());
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
