package io.logsense.syslog;

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
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Listens for syslog, of RFC 5424 or RFC 3164, over TCP or UDP.
 *
 * <p>The port is listened on while a reader is open. A message is a record, with the line feeds
 * inside that octet counting allows. Over TCP, a sender is not read while there is no room; over
 * UDP, what finds no room is dropped and counted. Syslog knows no acknowledgements: what was
 * received and not yet processed when the process ends is lost, over TCP as well.
 */
public final class SyslogSource implements LogSource, Measured {

  /** How messages come. */
  public enum Transport {
    /** RFC 6587, or RFC 5425 with TLS; in order and without loss while the connection lasts. */
    TCP,
    /** RFC 5426; a datagram is a message. */
    UDP
  }

  private final InetSocketAddress address;
  private final Transport transport;
  private final @Nullable SSLContext tls;
  private final int connections;
  private final Duration idle;
  private final int recordBytes;
  private final RecordQueue queue;
  private volatile int port;

  private SyslogSource(Builder builder) {
    address = builder.address;
    transport = builder.transport;
    tls = builder.tls;
    connections = builder.connections;
    idle = builder.idle;
    recordBytes = builder.recordBytes;
    queue = new RecordQueue(builder.queueBytes, recordBytes, builder.clock);
  }

  /** Listens for TCP on port 5514 of the loopback address unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** The address: {@code syslog:tcp://127.0.0.1:5514}. */
  @Override
  public String id() {
    return "syslog:"
        + transport.name().toLowerCase(Locale.ROOT)
        + "://"
        + address.getHostString()
        + ":"
        + address.getPort();
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
    if (transport == Transport.UDP) {
      DatagramReceiver receiver = DatagramReceiver.start(address, queue);
      port = receiver.port();
      return receiver;
    }
    ServerSocket socket =
        tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    ConnectionServer server =
        ConnectionServer.start(socket, address, connections, idle, this::receive);
    port = server.port();
    return server;
  }

  private void receive(Socket connection) throws IOException, InterruptedException {
    FrameReader frames = new FrameReader(connection.getInputStream(), recordBytes);
    try {
      List<byte[]> messages = frames.next();
      while (messages != null) {
        queue.put(messages);
        messages = frames.next();
      }
    } catch (ProtocolException e) {
      // What follows cannot be told apart, so the connection ends.
      queue.dropped(1);
    }
  }

  /** Where to listen, and the limits. */
  public static final class Builder {
    private InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5514);
    private Transport transport = Transport.TCP;
    private @Nullable SSLContext tls;
    private int connections = 128;
    private Duration idle = Duration.ofMinutes(30);
    private int recordBytes = 1 << 20;
    private long queueBytes = 16 << 20;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** Where to listen; port 0 for one that is free. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** How messages come; TCP unless said otherwise. */
    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    /** Encrypts TCP; ask for certificates of clients in its parameters. */
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

    /** Longer messages are cut; 1 MiB. */
    public Builder recordBytes(int value) {
      recordBytes = value;
      return this;
    }

    /** How many bytes may wait to be read, 64 for each message included; 16 MiB. */
    public Builder queueBytes(long value) {
      queueBytes = value;
      return this;
    }

    /** Says when messages come, for those that state no time; the system's unless given. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * The source, which does not listen yet.
     *
     * @throws LogSenseException (usage) naming all that cannot be used
     */
    public SyslogSource build() {
      List<String> problems = new ArrayList<>();
      if (address.isUnresolved()) {
        problems.add("the host '" + address.getHostString() + "' is not known");
      }
      if (tls != null && transport == Transport.UDP) {
        problems.add("UDP is not encrypted; choose TCP");
      }
      if (connections < 1 || recordBytes < 1 || queueBytes < 1) {
        problems.add("connections, recordBytes and queueBytes must be positive");
      }
      if (idle.isNegative() || idle.isZero()) {
        problems.add("idle is " + idle + "; it must be positive");
      }
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
      return new SyslogSource(this);
    }
  }
}
