package io.logsense.rest;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import java.net.URI;

/** Opens {@code opensearch://host:9200/index?…}. */
public final class OpenSearchProvider implements LogSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public OpenSearchProvider() {}

  @Override
  public String scheme() {
    return SearchDialect.OPENSEARCH.scheme();
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    return SearchSource.of(SearchDialect.OPENSEARCH, uri, follow);
  }
}
