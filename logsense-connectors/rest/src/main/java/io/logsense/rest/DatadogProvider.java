package io.logsense.rest;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Opens {@code datadog://site/index?…}; the site may be left out, and the index. */
public final class DatadogProvider implements LogSourceProvider {
  /** A look every 30 seconds leaves room below 300 calls an hour. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Map<String, String> environment;

  /** For {@link java.util.ServiceLoader}. */
  public DatadogProvider() {
    this(System.getenv());
  }

  DatadogProvider(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String scheme() {
    return "datadog";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    DatadogSource.Builder source = new DatadogSource.Builder(environment);
    if (uri.getHost() != null) {
      source.site(uri.getHost());
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (path.length() > 1) {
      source.indexes(List.of(path.substring(1).split(",")));
    }
    QueryPlan plan = QueryPlan.of(options, follow, InstantSource.system());
    source.plan(options.text("interval").isPresent() ? plan : plan.interval(INTERVAL));
    options.text("query").ifPresent(source::query);
    options.number("pageSize", 1, DatadogQuery.MOST_PAGE).ifPresent(source::pageSize);
    options.number("answerBytes", 1, Integer.MAX_VALUE).ifPresent(source::answerBytes);
    options.duration("timeout").ifPresent(source::requestTimeout);
    options.done();
    return source.build();
  }
}
