package io.logsense.gcp;

import com.google.cloud.logging.v2.LoggingClient;
import com.google.cloud.logging.v2.LoggingSettings;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.TimeQueryReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries of Google Cloud Logging, in the order of their times. A record is a {@code LogEntry} as
 * one line of JSON; its offset is a hash of its {@code insertId}, time and log.
 *
 * <p>One partition for each resource name. Credentials are Google's application default
 * credentials. Thread-safe.
 */
public final class GcpLoggingSource implements LogSource {
  private final Builder settings;
  private final String id;

  private GcpLoggingSource(Builder settings) {
    this.settings = settings;
    String query = settings.filter == null ? "" : "?filter=" + settings.filter;
    id = "gcp-logging://" + String.join(",", settings.resourceNames) + query;
  }

  /**
   * A source of entries.
   *
   * @param resourceNames as Google has them: {@code projects/shop}, {@code folders/12}, or a view,
   *     {@code projects/shop/locations/global/buckets/_Default/views/_AllLogs}
   */
  public static Builder builder(String... resourceNames) {
    return new Builder(List.of(resourceNames));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> partitions() {
    return settings.resourceNames;
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    if (!partitions().contains(partition)) {
      throw new LogSenseException(
          Category.USAGE, id + " has no partition '" + partition + "', only " + partitions());
    }
    EntryQuery query =
        new EntryQuery(
            client(),
            partition,
            Optional.ofNullable(settings.filter),
            settings.pageSize,
            settings.timeout,
            settings.clock);
    return TimeQueryReader.open(query, settings.plan, settings.clock, settings.labels, from);
  }

  private LoggingClient client() {
    try {
      LoggingSettings.Builder builder = settings.connection.builder();
      builder.listLogEntriesSettings().setSimpleTimeoutNoRetriesDuration(settings.timeout);
      return LoggingClient.create(builder.build());
    } catch (IOException e) {
      throw new LogSenseException(
          Category.USAGE, "Google Cloud Logging cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return id;
  }

  /** How to reach the service; tests have a server of their own. */
  interface Connection {
    LoggingSettings.Builder builder() throws IOException;
  }

  /** What to read, and from where. */
  public static final class Builder {
    static final int MOST_PAGE = 1000;
    private static final int MOST_BYTES_OF_AN_ENTRY = 256 << 10;

    private final List<String> resourceNames;
    private @Nullable String filter;
    private QueryPlan plan = QueryPlan.bounded();
    private Map<String, String> labels = Map.of();
    private int pageSize = MOST_PAGE;
    private Duration timeout = Duration.ofSeconds(60);
    private InstantSource clock = InstantSource.system();
    private Connection connection = Builder::service;

    private Builder(List<String> resourceNames) {
      this.resourceNames = resourceNames;
    }

    private static LoggingSettings.Builder service() {
      return LoggingSettings.newBuilder()
          .setTransportChannelProvider(
              LoggingSettings.defaultGrpcTransportProviderBuilder()
                  .setMaxInboundMessageSize(MOST_PAGE * MOST_BYTES_OF_AN_ENTRY)
                  .build());
    }

    /** What entries must match, in Google's syntax: {@code severity>=WARNING}. */
    public Builder filter(String expression) {
      filter = expression;
      return this;
    }

    /**
     * When to ask, and for how much; once and for everything by default. Each look is at least one
     * call, of which Google allows sixty in a minute.
     */
    public Builder plan(QueryPlan when) {
      plan = when;
      return this;
    }

    /** What holds for every entry: {@code service}, {@code environment} or any other name. */
    public Builder labels(Map<String, String> values) {
      labels = Map.copyOf(values);
      return this;
    }

    /** Entries in an answer, from 1 to 1000, which is the default. */
    public Builder pageSize(int entries) {
      pageSize = entries;
      return this;
    }

    /** How long a call may take; a minute by default. */
    public Builder requestTimeout(Duration time) {
      timeout = time;
      return this;
    }

    Builder clock(InstantSource time) {
      clock = time;
      return this;
    }

    Builder connection(Connection to) {
      connection = to;
      return this;
    }

    /**
     * The source; nothing is called yet.
     *
     * @throws LogSenseException (usage) naming what is missing or wrong
     */
    public GcpLoggingSource build() {
      if (resourceNames.isEmpty() || resourceNames.stream().anyMatch(name -> !name.contains("/"))) {
        throw new LogSenseException(
            Category.USAGE, "resource names are " + resourceNames + "; each is like projects/shop");
      }
      if (pageSize < 1 || pageSize > MOST_PAGE) {
        throw new LogSenseException(
            Category.USAGE, "pageSize is " + pageSize + "; it must be from 1 to " + MOST_PAGE);
      }
      return new GcpLoggingSource(this);
    }
  }
}
