package io.logsense.fluent;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.ConnectionServer;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordQueue;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Listens for the Forward protocol: of Fluentd, Fluent Bit, Docker's {@code fluentd} driver and the
 * loggers for a dozen languages.
 *
 * <p>The port is listened on while a reader is open. A record is one line of JSON, with the tag as
 * {@code fluent.tag}; the time is that of the event. A sender is not read while there is no room.
 * One that asks for acknowledgements gets them when all records of a message are in the queue, so
 * nothing is lost but what is in the queue, or in work, when the process ends.
 */
public final class FluentSource implements LogSource, Measured {
  static final int PORT = 24224;

  private final InetSocketAddress address;
  private final @Nullable SSLContext tls;
  private final int connections;
  private final Duration idle;
  private final Limits limits;
  private final RecordQueue queue;
  private volatile int port;

  record Limits(int messageBytes, int decompressedBytes, int recordBytes) {}

  private FluentSource(Builder builder) {
    address = builder.address;
    tls = builder.tls;
    connections = builder.connections;
    idle = builder.idle;
    limits = new Limits(builder.messageBytes, builder.decompressedBytes, builder.recordBytes);
    queue = new RecordQueue(builder.queueBytes, builder.recordBytes, builder.clock);
  }

  /** Listens on port 24224 of the loopback address unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** The address: {@code fluent://127.0.0.1:24224}. */
  @Override
  public String id() {
    return "fluent://" + address.getHostString() + ":" + address.getPort();
  }

  @Override
  public List<String> partitions() {
    return List.of(RecordQueue.PARTITION);
  }

  @Override
  public boolean replayable() {
    return false;
  }

  /** The port listened on; 0 before a reader is open. */
  public int port() {
    return port;
  }

  /** What was received, what was dropped, and what waits. */
  @Override
  public List<Measure> measures() {
    return queue.measures();
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    return queue.open(partition, this::listen);
  }

  private Closeable listen() throws IOException {
    ServerSocket socket =
        tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    ConnectionServer server =
        ConnectionServer.start(socket, address, connections, idle, this::receive);
    port = server.port();
    return server;
  }

  private void receive(Socket connection) throws IOException, InterruptedException {
    new ForwardConnection(limits, queue)
        .serve(connection.getInputStream(), connection.getOutputStream());
  }

  /** Where to listen, and the limits. */
  public static final class Builder {
    private InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    private @Nullable SSLContext tls;
    private int connections = 128;
    private Duration idle = Duration.ofMinutes(30);
    private int messageBytes = 16 << 20;
    private int decompressedBytes = 64 << 20;
    private int recordBytes = 1 << 20;
    private long queueBytes = 16 << 20;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** Where to listen; port 0 for one that is free. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** Encrypts; ask for certificates of clients in its parameters. */
    public Builder tls(SSLContext value) {
      tls = value;
      return this;
    }

    /** How many senders may be connected; each has a thread. Further ones wait. 128. */
    public Builder connections(int value) {
      connections = value;
      return this;
    }

    /** A connection that is silent for longer is closed; 30 minutes. */
    public Builder idle(Duration value) {
      idle = value;
      return this;
    }

    /** A larger message ends its connection; 16 MiB. */
    public Builder messageBytes(int value) {
      messageBytes = value;
      return this;
    }

    /** So does one that is larger when decompressed; 64 MiB. */
    public Builder decompressedBytes(int value) {
      decompressedBytes = value;
      return this;
    }

    /** Longer records, as JSON, are dropped and counted; 1 MiB. */
    public Builder recordBytes(int value) {
      recordBytes = value;
      return this;
    }

    /** How many bytes may wait to be read, 64 for each record included; 16 MiB. */
    public Builder queueBytes(long value) {
      queueBytes = value;
      return this;
    }

    /** Says when records come, for those that state no time; the system's unless given. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * The source, which does not listen yet.
     *
     * @throws LogSenseException (usage) naming all that cannot be used
     */
    public FluentSource build() {
      List<String> problems = new ArrayList<>();
      if (address.isUnresolved()) {
        problems.add("the host '" + address.getHostString() + "' is not known");
      }
      if (connections < 1 || messageBytes < 1 || decompressedBytes < 1) {
        problems.add("connections, messageBytes and decompressedBytes must be positive");
      }
      if (recordBytes < 1 || queueBytes < 1) {
        problems.add("recordBytes and queueBytes must be positive");
      }
      if (idle.isNegative() || idle.isZero()) {
        problems.add("idle is " + idle + "; it must be positive");
      }
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
      return new FluentSource(this);
    }
  }
}
