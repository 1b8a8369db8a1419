package org.example.pages;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.UriOptions;
import java.net.URI;
import java.time.Duration;

/** Opens {@code pages://host:port?limit=1000&timeout=10s}. */
public final class PageSourceProvider implements LogSourceProvider {
  private static final int LIMIT = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String scheme() {
    return "pages";
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    UriOptions options = UriOptions.of(uri);
    int limit = options.number("limit", 1, 10_000).orElse(LIMIT);
    Duration timeout = options.duration("timeout").orElse(TIMEOUT);
    options.done();
    URI base = URI.create("http://" + uri.getRawAuthority() + "/");
    return new PageSource(base, follow, limit, timeout);
  }
}
