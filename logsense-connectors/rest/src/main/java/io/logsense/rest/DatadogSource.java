package io.logsense.rest;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.TimeQueryReader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs that Datadog has indexed, in the order of their times. A record is one line of JSON: {@code
 * timestamp}, {@code level} (Datadog's status), {@code message}, {@code service}, {@code host},
 * {@code tags}, {@code dd.env} and {@code dd.version} of the tags, and the attributes beside them.
 * Its offset is a hash of the id that Datadog gives it.
 *
 * <p>One partition, {@value #PARTITION}. Thread-safe.
 */
public final class DatadogSource implements LogSource {
  /** The name of the only partition. */
  public static final String PARTITION = "logs";

  private final Builder settings;
  private final RestClient client;
  private final String id;

  private DatadogSource(Builder settings, String apiKey, String applicationKey) {
    this.settings = settings;
    Map<String, String> headers =
        Map.of("DD-API-KEY", apiKey, "DD-APPLICATION-KEY", applicationKey);
    client =
        new RestClient(
            settings.endpoint(), settings.timeout, settings.answerBytes, () -> headers, null);
    String indexes = settings.indexes.isEmpty() ? "" : "/" + String.join(",", settings.indexes);
    id = "datadog://" + settings.site + indexes + "?query=" + settings.query;
  }

  /**
   * A source of logs. Site and keys come from the environment, as Datadog's own tools have them:
   * {@code DD_SITE}, {@code DD_API_KEY} and {@code DD_APP_KEY}, unless they are given.
   */
  public static Builder builder() {
    return new Builder(System.getenv());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    if (!partition.equals(PARTITION)) {
      throw new LogSenseException(
          Category.USAGE, id + " has no partition '" + partition + "', only " + PARTITION);
    }
    DatadogQuery query =
        new DatadogQuery(
            client, settings.query, settings.indexes, settings.pageSize, settings.clock);
    return TimeQueryReader.open(query, settings.plan, settings.clock, settings.labels, from);
  }

  @Override
  public String toString() {
    return id;
  }

  /** What to read, and from where. */
  public static final class Builder {
    private final Map<String, String> environment;
    private String site;
    private @Nullable URI endpoint;
    private @Nullable String apiKey;
    private @Nullable String applicationKey;
    private String query = "*";
    private List<String> indexes = List.of();
    private QueryPlan plan = QueryPlan.bounded();
    private Map<String, String> labels = Map.of();
    private int pageSize = DatadogQuery.MOST_PAGE;
    private int answerBytes = 64 << 20;
    private Duration timeout = Duration.ofSeconds(60);
    private InstantSource clock = InstantSource.system();

    Builder(Map<String, String> environment) {
      this.environment = environment;
      site = environment.getOrDefault("DD_SITE", "datadoghq.com");
    }

    /** The site with the organisation's data: {@code datadoghq.eu}. */
    public Builder site(String name) {
      site = name;
      return this;
    }

    /** Another server than that of the site, such as a gateway. */
    public Builder endpoint(URI server) {
      endpoint = server;
      return this;
    }

    private URI endpoint() {
      return endpoint != null ? endpoint : URI.create("https://api." + site);
    }

    /** An API key, and an application key with the scope {@code logs_read_data}. */
    public Builder keys(String api, String application) {
      apiKey = api;
      applicationKey = application;
      return this;
    }

    /** What logs must match, in Datadog's syntax: {@code service:shop status:error}. */
    public Builder query(String search) {
      query = search;
      return this;
    }

    /** The indexes to search; all by default. */
    public Builder indexes(List<String> names) {
      indexes = List.copyOf(names);
      return this;
    }

    /**
     * When to ask, and for how much; once and for everything by default. Each look is at least one
     * call, of which Datadog allows some hundreds in an hour.
     */
    public Builder plan(QueryPlan when) {
      plan = when;
      return this;
    }

    /** What holds for every log: {@code service}, {@code environment} or any other name. */
    public Builder labels(Map<String, String> values) {
      labels = Map.copyOf(values);
      return this;
    }

    /**
     * Logs in an answer, from 1 to 1000, which is the default. Large ones are asked for in less.
     */
    public Builder pageSize(int logs) {
      pageSize = logs;
      return this;
    }

    /** The largest answer to be held in memory; 64 MiB by default. */
    public Builder answerBytes(int bytes) {
      answerBytes = bytes;
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

    /**
     * The source; nothing is called yet.
     *
     * @throws LogSenseException (usage) naming what is missing or wrong
     */
    public DatadogSource build() {
      if (pageSize < 1 || pageSize > DatadogQuery.MOST_PAGE) {
        throw new LogSenseException(
            Category.USAGE,
            "pageSize is " + pageSize + "; it must be from 1 to " + DatadogQuery.MOST_PAGE);
      }
      return new DatadogSource(this, key(apiKey, "DD_API_KEY"), key(applicationKey, "DD_APP_KEY"));
    }

    private String key(@Nullable String given, String variable) {
      String key = given != null ? given : environment.getOrDefault(variable, "");
      if (key.isBlank()) {
        throw new LogSenseException(
            Category.USAGE, "Datadog needs a key: set " + variable + " in the environment");
      }
      return key;
    }
  }
}
