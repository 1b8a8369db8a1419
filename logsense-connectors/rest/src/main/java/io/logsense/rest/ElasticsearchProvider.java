package io.logsense.rest;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import java.net.URI;

/** Opens {@code elasticsearch://host:9200/index?…}. */
public final class ElasticsearchProvider implements LogSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public ElasticsearchProvider() {}

  @Override
  public String scheme() {
    return SearchDialect.ELASTICSEARCH.scheme();
  }

  @Override
  public LogSource open(URI uri, boolean follow) {
    return SearchSource.of(SearchDialect.ELASTICSEARCH, uri, follow);
  }
}
