package io.logsense.clickhouse;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.UriOptions;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;
import java.util.Map;

/**
 * Opens {@code clickhouse://host:8123/database}, with the options {@code days}, {@code timeout} and
 * {@code tls}.
 *
 * <p>User and password are {@code CLICKHOUSE_USER} and {@code CLICKHOUSE_PASSWORD} of the
 * environment.
 */
public final class ClickHouseStoreProvider implements LogStoreProvider {
  private static final int MAX_DAYS = 36_500;

  /** For {@link java.util.ServiceLoader}. */
  public ClickHouseStoreProvider() {}

  @Override
  public String scheme() {
    return "clickhouse";
  }

  @Override
  public ClickHouseStore open(URI uri) {
    return open(uri, System.getenv());
  }

  static ClickHouseStore open(URI uri, Map<String, String> environment) {
    UriOptions options = UriOptions.of(uri);
    String path = uri.getPath();
    if (uri.getHost() == null || path == null || path.length() < 2) {
      throw options.refused("it must be like clickhouse://host:8123/database");
    }
    String protocol = options.flag("tls") ? "https://" : "http://";
    ClickHouseStore.Builder store =
        ClickHouseStore.at(URI.create(protocol + uri.getRawAuthority()))
            .database(path.substring(1))
            .credentials(
                environment.getOrDefault("CLICKHOUSE_USER", ""),
                environment.getOrDefault("CLICKHOUSE_PASSWORD", ""));
    options.number("days", 1, MAX_DAYS).ifPresent(store::days);
    options.duration("timeout").ifPresent(store::timeout);
    options.done();
    try {
      return store.open();
    } catch (LogSenseException e) {
      throw e.category() == Category.TRANSIENT
          ? new LogSenseException(
              Category.EXTERNAL, uri + " cannot be opened: " + e.getMessage(), e)
          : e;
    }
  }
}
