package io.logsense.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.docker.ContainerReader.OutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a Docker engine's containers, running or not.
 *
 * <p>A partition is what one container writes to one of its two streams, {@code
 * 3f2a9c1b22aa/stderr}: a stack trace is never mixed with the other stream, and each has a format
 * of its own. The containers are looked up each time the partitions are asked for, so one that
 * starts later becomes a partition; a restart goes on in the same partition; a container that is
 * removed ends its partitions. What the engine rotated away while nobody read is lost.
 *
 * <p>A reader that follows holds one connection, and one thread of docker-java, for as long as its
 * container runs. Any thread may use a source.
 */
public final class DockerSource implements LogSource {
  private static final int SHORT_ID = 12;

  private final DockerClientConfig config;
  private final String containers;
  private final List<String> labels;
  private final LogPosition since;
  private final boolean follow;
  private final int recordBytes;

  private DockerSource(Builder builder) {
    config = builder.config();
    containers = builder.containers;
    labels = List.copyOf(builder.labels);
    since = builder.since == null ? LogPosition.START : new LogPosition(builder.since, 0);
    follow = builder.follow;
    recordBytes = builder.recordBytes;
  }

  /** All containers of the engine that Docker's own tools would talk to. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code docker:}, the address of the engine, and which containers. */
  @Override
  public String id() {
    return "docker:" + config.getDockerHost() + "/" + containers;
  }

  @Override
  public List<String> partitions() throws IOException {
    List<String> partitions = new ArrayList<>();
    try (DockerConnection docker = new DockerConnection(config)) {
      List<Container> found =
          docker.call(
              client -> {
                ListContainersCmd command = client.listContainersCmd().withShowAll(true);
                return (labels.isEmpty() ? command : command.withLabelFilter(labels)).exec();
              });
      found.stream()
          .filter(this::isMeant)
          .sorted(Comparator.comparing(Container::getCreated).thenComparing(Container::getId))
          .map(container -> container.getId().substring(0, SHORT_ID))
          .forEach(
              id -> {
                partitions.add(id + "/stdout");
                partitions.add(id + "/stderr");
              });
    }
    return partitions;
  }

  private boolean isMeant(Container container) {
    if (containers.length() >= SHORT_ID && container.getId().startsWith(containers)) {
      return true;
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + containers);
    for (String name : container.getNames()) {
      if (matcher.matches(Path.of(name.startsWith("/") ? name.substring(1) : name))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    LogPosition place = from.equals(Checkpoint.START) ? since : LogPosition.of(from);
    int slash = partition.indexOf('/');
    String container = slash < 0 ? partition : partition.substring(0, slash);
    OutputStream output =
        switch (partition.substring(container.length())) {
          case "/stdout" -> OutputStream.STDOUT;
          case "/stderr" -> OutputStream.STDERR;
          default ->
              throw new LogSenseException(
                  Category.USAGE,
                  "'" + partition + "' is no partition; one is like 3f2a9c1b22aa/stdout");
        };
    DockerConnection docker = new DockerConnection(config);
    try {
      InspectContainerResponse found =
          docker.call(client -> client.inspectContainerCmd(container).exec());
      Instant end = follow ? null : docker.call(DockerSource::now);
      return new ContainerReader(docker, found, output, place, end, recordBytes);
    } catch (IOException | RuntimeException e) {
      docker.close();
      throw e;
    }
  }

  private static Instant now(DockerClient client) {
    return OffsetDateTime.parse(String.valueOf(client.infoCmd().exec().getSystemTime()))
        .toInstant();
  }

  /** Which containers of which engine, and from when. */
  public static final class Builder {
    private @Nullable String host;
    private @Nullable String context;
    private String containers = "*";
    private List<String> labels = List.of();
    private @Nullable Instant since;
    private boolean follow;
    private int recordBytes = 1 << 20;

    private Builder() {}

    /**
     * The engine: {@code unix:///var/run/docker.sock}, {@code tcp://10.0.0.5:2376}. Without one, as
     * Docker's tools find it: {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, the current context of
     * {@code ~/.docker/config.json}, the local socket.
     */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /** The engine of a context that Docker's tools know; its certificates are used. */
    public Builder context(String value) {
      context = value;
      return this;
    }

    /** A name or a glob pattern of names, {@code shop-*}, or an id of 12 digits or more. */
    public Builder containers(String nameOrPattern) {
      containers = nameOrPattern;
      return this;
    }

    /** Only containers that have all these labels, {@code key} or {@code key=value}. */
    public Builder labels(List<String> values) {
      labels = List.copyOf(values);
      return this;
    }

    /** No lines from before that, unless a checkpoint says otherwise. */
    public Builder since(Instant value) {
      since = value;
      return this;
    }

    /** Whether to wait for lines to come; else each partition ends with what is there. */
    public Builder follow(boolean value) {
      follow = value;
      return this;
    }

    /** Longer lines are cut; 1 MiB unless said otherwise. */
    public Builder recordBytes(int value) {
      recordBytes = value;
      return this;
    }

    /**
     * The source. Nothing is asked of the engine yet.
     *
     * @throws LogSenseException (usage) naming all that cannot be used
     */
    public DockerSource build() {
      List<String> problems = new ArrayList<>();
      if (host != null && context != null) {
        problems.add("a host and a context are given; give one of them");
      }
      if (recordBytes < 1) {
        problems.add("recordBytes is " + recordBytes + "; it must be positive");
      }
      if (containers.isEmpty()) {
        problems.add("no containers are named; '*' means all");
      }
      if (!problems.isEmpty()) {
        throw new LogSenseException(Category.USAGE, String.join("; ", problems));
      }
      return new DockerSource(this);
    }

    private DockerClientConfig config() {
      DefaultDockerClientConfig.Builder config =
          DefaultDockerClientConfig.createDefaultConfigBuilder();
      try {
        if (host != null) {
          config.withDockerHost(host);
        }
        if (context != null) {
          config.withDockerContext(context);
        }
        return config.build();
      } catch (RuntimeException e) {
        throw new LogSenseException(
            Category.USAGE, "Docker's configuration cannot be used: " + e.getMessage(), e);
      }
    }
  }
}
