package io.logsense.otlp;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordQueue;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Listens for logs of OpenTelemetry: of its SDKs, its agents and its Collector.
 *
 * <p>The ports are listened on while a reader is open. A record is one log record as a line of
 * OTLP's JSON, with its resource and scope around it. A request is answered when all its records
 * are in the queue; when there is no room none is taken, and the sender is told to try again. So
 * nothing is lost but what is in the queue, or in work, when the process ends.
 */
public final class OtlpSource implements LogSource, Measured {

  private final @Nullable InetSocketAddress http;
  private final @Nullable InetSocketAddress grpc;
  private final @Nullable SSLContext tls;
  private final int threads;
  private final int requestBytes;
  private final RecordQueue queue;
  private final Intake intake;
  private volatile int httpPort;
  private volatile int grpcPort;

  private OtlpSource(Builder builder) {
    http = builder.http;
    grpc = builder.grpc;
    tls = builder.tls;
    threads = builder.threads;
    requestBytes = builder.requestBytes;
    queue = new RecordQueue(builder.queueBytes, builder.recordBytes, builder.clock);
    intake = new Intake(queue, builder.recordBytes);
  }

  /** Listens for HTTP on port 4318 of the loopback address unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** The first address: {@code otlp://127.0.0.1:4318}. */
  @Override
  public String id() {
    InetSocketAddress first = http == null ? grpc : http;
    return "otlp://" + (first == null ? "" : first.getHostString() + ":" + first.getPort());
  }

  @Override
  public List<String> partitions() {
    return List.of(RecordQueue.PARTITION);
  }

  @Override
  public boolean replayable() {
    return false;
  }

  /** The port listened on for HTTP; 0 before a reader is open, or without HTTP. */
  public int httpPort() {
    return httpPort;
  }

  /** The port listened on for gRPC; 0 before a reader is open, or without gRPC. */
  public int grpcPort() {
    return grpcPort;
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
    List<Closeable> started = new ArrayList<>();
    Closeable all =
        () -> {
          for (Closeable one : started) {
            one.close();
          }
        };
    try {
      if (http != null) {
        HttpReceiver receiver = HttpReceiver.start(http, tls, threads, intake, requestBytes);
        started.add(receiver);
        httpPort = receiver.port();
      }
      if (grpc != null) {
        GrpcReceiver receiver = GrpcReceiver.start(grpc, intake, requestBytes);
        started.add(receiver);
        grpcPort = receiver.port();
      }
    } catch (IOException e) {
      all.close();
      throw e;
    }
    return all;
  }

  /** Where to listen, and the limits. */
  public static final class Builder {
    private @Nullable InetSocketAddress http =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4318);
    private @Nullable InetSocketAddress grpc;
    private @Nullable SSLContext tls;
    private int threads = 8;
    private int requestBytes = 16 << 20;
    private int recordBytes = 1 << 20;
    private long queueBytes = 64 << 20;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** Where to listen for HTTP; port 0 for one that is free, null for no HTTP. */
    public Builder http(@Nullable InetSocketAddress value) {
      http = value;
      return this;
    }

    /** Where to listen for gRPC; port 0 for one that is free, null for no gRPC, which is usual. */
    public Builder grpc(@Nullable InetSocketAddress value) {
      grpc = value;
      return this;
    }

    /** Encrypts HTTP; not for gRPC. */
    public Builder tls(SSLContext value) {
      tls = value;
      return this;
    }

    /** How many requests over HTTP are read at a time; 8. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Larger requests are refused, after decompression too; 16 MiB. */
    public Builder requestBytes(int value) {
      requestBytes = value;
      return this;
    }

    /** Longer records, as JSON, are rejected and counted; 1 MiB. */
    public Builder recordBytes(int value) {
      recordBytes = value;
      return this;
    }

    /** How many bytes may wait to be read, 64 for each record included; 64 MiB. */
    public Builder queueBytes(long value) {
      queueBytes = value;
      return this;
    }

    /** Says when records come; the system's unless given. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * The source, which does not listen yet.
     *
     * @throws LogSenseException (usage) naming all that cannot be used
     */
    public OtlpSource build() {
      List<String> problems = new ArrayList<>();
      if (http == null && grpc == null) {
        problems.add("there is no address to listen on");
      }
      for (InetSocketAddress address : new InetSocketAddress[] {http, grpc}) {
        if (address != null && address.isUnresolved()) {
          problems.add("the host '" + address.getHostString() + "' is not known");
        }
      }
      if (tls != null && grpc != null) {
        problems.add("gRPC cannot be encrypted here; use HTTP, or a proxy before it");
      }
      if (threads < 1 || requestBytes < 1 || recordBytes < 1 || queueBytes < 1) {
        problems.add("threads, requestBytes, recordBytes and queueBytes must be positive");
      }
      if (requestBytes == Integer.MAX_VALUE) {
        problems.add("requestBytes is " + requestBytes + "; it must be less");
      }
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
      return new OtlpSource(this);
    }
  }
}
