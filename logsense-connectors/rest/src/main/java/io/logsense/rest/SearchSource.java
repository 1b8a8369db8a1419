package io.logsense.rest;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.TimeQueryReader;
import io.logsense.api.source.UriOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Documents of OpenSearch or Elasticsearch, in the order of their times: what matches a query in an
 * index, an alias, a data stream or a pattern of those. A record is the document as it was indexed,
 * one line of JSON; its offset is a hash of index and {@code _id}. Documents without the time field
 * are not seen.
 *
 * <p>One partition, named as the index. Thread-safe.
 */
public final class SearchSource implements LogSource {
  private final Builder settings;
  private final RestClient client;
  private final String id;

  private SearchSource(Builder settings) {
    this.settings = settings;
    Optional<Supplier<String>> authorization = Optional.ofNullable(settings.authorization);
    client =
        new RestClient(
            settings.server,
            settings.timeout,
            settings.answerBytes,
            () ->
                authorization
                    .map(header -> Map.of("Authorization", header.get()))
                    .orElseGet(Map::of),
            settings.tls);
    String query = settings.query == null ? "" : "?query=" + settings.query;
    String index = settings.server.getAuthority() + "/" + settings.index;
    id = settings.dialect.scheme() + "://" + index + query;
  }

  /** Documents of OpenSearch, from 2.4 on, at {@code server}: {@code https://search:9200}. */
  public static Builder opensearch(URI server) {
    return new Builder(SearchDialect.OPENSEARCH, server);
  }

  /** Documents of Elasticsearch, from 7.12 on, at {@code server}: {@code https://search:9200}. */
  public static Builder elasticsearch(URI server) {
    return new Builder(SearchDialect.ELASTICSEARCH, server);
  }

  /** What {@code opensearch://host:9200/index?…} names. */
  static SearchSource of(SearchDialect dialect, URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    String index = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    if (uri.getHost() == null || index.isEmpty()) {
      throw options.refused("it must be like " + dialect.scheme() + "://host:9200/logs-*");
    }
    boolean tls = options.text("tls").map(value -> truth(options, value)).orElse(false);
    int port = uri.getPort() < 0 ? 9200 : uri.getPort();
    Credentials credentials =
        new Credentials(options.text("config").map(Path::of), dialect.name(), System.getenv());
    Builder builder =
        new Builder(
                dialect, URI.create((tls ? "https://" : "http://") + uri.getHost() + ":" + port))
            .index(index)
            .plan(QueryPlan.of(options, follow, InstantSource.system()));
    options.text("time").ifPresent(builder::timeField);
    options.text("query").ifPresent(builder::query);
    options.number("pageSize", 2, Builder.MOST_PAGE).ifPresent(builder::pageSize);
    options.number("answerBytes", 1, Integer.MAX_VALUE).ifPresent(builder::answerBytes);
    options.duration("timeout").ifPresent(builder::requestTimeout);
    Map<String, String> labels = new TreeMap<>();
    for (String name : List.of("service", "environment")) {
      options.text(name).ifPresent(value -> labels.put(name, value));
    }
    options.done();
    builder.labels(labels);
    credentials.authorization().ifPresent(header -> builder.authorization(() -> header));
    credentials.trust().ifPresent(builder::tls);
    return builder.build();
  }

  private static boolean truth(UriOptions options, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw options.refused("tls is '" + value + "'; it must be true or false");
    };
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> partitions() {
    return List.of(settings.index);
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    if (!partition.equals(settings.index)) {
      throw new LogSenseException(
          Category.USAGE, id + " has no partition '" + partition + "', only " + settings.index);
    }
    SearchQuery query =
        new SearchQuery(
            client,
            settings.dialect,
            "/" + URLEncoder.encode(settings.index, StandardCharsets.UTF_8).replace("+", "%20"),
            settings.timeField,
            Optional.ofNullable(settings.query),
            settings.pageSize,
            settings.keepAlive);
    return TimeQueryReader.open(
        query, settings.plan, InstantSource.system(), settings.labels, from);
  }

  @Override
  public String toString() {
    return id;
  }

  /** What to read, and from where. */
  public static final class Builder {
    static final int MOST_PAGE = 10_000;

    private final SearchDialect dialect;
    private final URI server;
    private String index = "";
    private String timeField = "@timestamp";
    private @Nullable String query;
    private QueryPlan plan = QueryPlan.bounded();
    private @Nullable Supplier<String> authorization;
    private @Nullable SSLContext tls;
    private Map<String, String> labels = Map.of();
    private int pageSize = 1000;
    private String keepAlive = "5m";
    private int answerBytes = 64 << 20;
    private Duration timeout = Duration.ofSeconds(30);

    private Builder(SearchDialect dialect, URI server) {
      this.dialect = dialect;
      this.server = server;
    }

    /** An index, an alias, a data stream, a pattern, or several of them with commas. */
    public Builder index(String name) {
      index = name;
      return this;
    }

    /** The field, of type date or date_nanos, to order by; {@code @timestamp} by default. */
    public Builder timeField(String name) {
      timeField = name;
      return this;
    }

    /** What documents must match, in the syntax of query strings: {@code level:ERROR}. */
    public Builder query(String queryString) {
      query = queryString;
      return this;
    }

    /** When to ask, and for how much; once and for everything by default. */
    public Builder plan(QueryPlan when) {
      plan = when;
      return this;
    }

    /** Authenticates by name and password. */
    public Builder basicAuth(String username, String password) {
      String header = Credentials.basic(username, password);
      return authorization(() -> header);
    }

    /** Authenticates by an API key, encoded as the server gave it. */
    public Builder apiKey(String encoded) {
      String header = Credentials.apiKey(encoded);
      return authorization(() -> header);
    }

    /** Authenticates by a token, which is asked for before each call. */
    public Builder bearerToken(Supplier<String> token) {
      return authorization(() -> Credentials.bearer(token.get()));
    }

    private Builder authorization(Supplier<String> header) {
      authorization = header;
      return this;
    }

    /** What holds for every document: {@code service}, {@code environment} or any other name. */
    public Builder labels(Map<String, String> values) {
      labels = Map.copyOf(values);
      return this;
    }

    /** Whom to trust and who we are in TLS; the JVM's own answers by default. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Documents in an answer, from 2 to 10,000; 1000 by default. Large ones are asked for in less.
     */
    public Builder pageSize(int documents) {
      pageSize = documents;
      return this;
    }

    /** The largest answer to be held in memory; 64 MiB by default. */
    public Builder answerBytes(int bytes) {
      answerBytes = bytes;
      return this;
    }

    /** How long a point in time may wait for its next page. */
    Builder keepAlive(String time) {
      keepAlive = time;
      return this;
    }

    /** How long a call may take; 30 s by default. */
    public Builder requestTimeout(Duration time) {
      timeout = time;
      return this;
    }

    /**
     * The source; nothing is called yet.
     *
     * @throws LogSenseException (usage) naming what is missing or wrong
     */
    public SearchSource build() {
      if (index.isBlank() || index.contains("/")) {
        throw new LogSenseException(
            Category.USAGE, "index is '" + index + "'; it must be a name or a pattern");
      }
      if (pageSize < 2 || pageSize > MOST_PAGE) {
        throw new LogSenseException(
            Category.USAGE, "pageSize is " + pageSize + "; it must be from 2 to " + MOST_PAGE);
      }
      return new SearchSource(this);
    }
  }
}
