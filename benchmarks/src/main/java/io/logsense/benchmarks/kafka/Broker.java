package io.logsense.benchmarks.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker in this process, on free ports of the loopback interface. */
final class Broker implements Closeable {
  private static final String HOST = "127.0.0.1:";

  private final String address;
  private final KafkaRaftServer server;

  /** A broker that is running and keeps its logs in {@code directory}. */
  Broker(Path directory) throws Exception {
    address = HOST + freePort();
    String controller = HOST + freePort();
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "log.dirs", directory.toString(),
            "controller.quorum.voters", "1@" + controller,
            "controller.listener.names", "CONTROLLER",
            "listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller,
            "advertised.listeners", "PLAINTEXT://" + address,
            "log.retention.ms", "-1",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1"));
    try (PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setDirectories(List.of(directory.toString()))
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .setPrintStream(nowhere)
          .run();
    }
    server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
