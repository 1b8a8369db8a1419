package io.logsense.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.UriOptions;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Opens {@code postgresql://host:5432/database}, with the options {@code schema}, {@code
 * connections}, {@code timeout} and {@code sslmode}.
 *
 * <p>User and password come from where PostgreSQL's own programs look for them: {@code PGUSER},
 * {@code PGPASSWORD}, and {@code ~/.pgpass} or {@code PGPASSFILE}.
 */
public final class PostgresStoreProvider implements LogStoreProvider {
  private static final int MAX_CONNECTIONS = 100;
  private static final int CONNECTIONS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long CONNECT_SECONDS = 10;

  /** For {@link java.util.ServiceLoader}. */
  public PostgresStoreProvider() {}

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public PostgresStore open(URI uri) {
    return open(uri, System.getenv());
  }

  static PostgresStore open(URI uri, Map<String, String> environment) {
    UriOptions options = UriOptions.of(uri);
    String schema = options.text("schema").orElse("logsense");
    HikariConfig config = new HikariConfig();
    config.setPoolName("logsense-postgres");
    config.setMaximumPoolSize(
        options.number("connections", 1, MAX_CONNECTIONS).orElse(CONNECTIONS));
    config.setMinimumIdle(0);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
    // Whether the server is there is seen by the first call.
    config.setInitializationFailTimeout(-1);
    Duration timeout = options.duration("timeout").orElse(TIMEOUT);
    config.addDataSourceProperty("socketTimeout", Math.max(1, timeout.toSeconds()));
    config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.addDataSourceProperty("ApplicationName", "logsense");
    options.text("sslmode").ifPresent(mode -> config.addDataSourceProperty("sslmode", mode));
    options.done();
    String path = uri.getRawPath();
    if (uri.getRawAuthority() == null || path == null || path.length() < 2) {
      throw options.refused("it must be like postgresql://host:5432/database");
    }
    config.setJdbcUrl("jdbc:postgresql://" + uri.getRawAuthority() + path);
    if (environment.containsKey("PGUSER")) {
      config.setUsername(environment.get("PGUSER"));
    }
    if (environment.containsKey("PGPASSWORD")) {
      config.setPassword(environment.get("PGPASSWORD"));
    }
    HikariDataSource source = new HikariDataSource(config);
    try {
      return new PostgresStore(source, schema, source::close);
    } catch (LogSenseException e) {
      source.close();
      throw e.category() == Category.TRANSIENT
          ? new LogSenseException(
              Category.EXTERNAL, uri + " cannot be opened: " + e.getMessage(), e)
          : e;
    }
  }
}
