package io.logsense.gcp;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** Opens {@code gcp-logging://project?…}, or a view behind the project: {@code /locations/…}. */
public final class GcpLoggingProvider implements LogSourceProvider {
  /** Google allows sixty calls in a minute to all readers of a project. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** For {@link java.util.ServiceLoader}. */
  public GcpLoggingProvider() {}

  @Override
  public String scheme() {
    return "gcp-logging";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    if (uri.getHost() == null) {
      throw options.refused("it must be like gcp-logging://project?filter=severity>=WARNING");
    }
    String view = uri.getPath() == null || uri.getPath().equals("/") ? "" : uri.getPath();
    GcpLoggingSource.Builder source = GcpLoggingSource.builder("projects/" + uri.getHost() + view);
    QueryPlan plan = QueryPlan.of(options, follow, InstantSource.system());
    source.plan(options.text("interval").isPresent() ? plan : plan.interval(INTERVAL));
    options.text("filter").ifPresent(source::filter);
    options.number("pageSize", 1, GcpLoggingSource.Builder.MOST_PAGE).ifPresent(source::pageSize);
    options.duration("timeout").ifPresent(source::requestTimeout);
    options.done();
    return source.build();
  }
}
