package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.UriOptions;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code duckdb:events.duckdb}, {@code duckdb:/var/lib/shop/events.duckdb} and, in memory,
 * {@code duckdb::memory:}; with the options {@code memory} (MiB) and {@code threads}.
 */
public final class DuckDbStoreProvider implements LogStoreProvider {
  private static final String IN_MEMORY = ":memory:";
  private static final int MAX_THREADS = 1024;

  /** For {@link java.util.ServiceLoader}. */
  public DuckDbStoreProvider() {}

  @Override
  public String scheme() {
    return "duckdb";
  }

  @Override
  public DuckDbStore open(URI uri) {
    // What follows the scheme need not begin with a slash, and java.net.URI knows no query then.
    String place = uri.getSchemeSpecificPart();
    String query = "";
    int mark = place.indexOf('?');
    if (mark >= 0) {
      String raw = uri.getRawSchemeSpecificPart();
      query = raw.substring(raw.indexOf('?'));
      place = place.substring(0, mark);
    }
    if (place.startsWith("//")) {
      place = place.substring(2);
    }
    if (place.isEmpty()) {
      throw usage(uri + " names no file; give duckdb:FILE or duckdb:" + IN_MEMORY, null);
    }
    UriOptions options = UriOptions.of(URI.create("duckdb:/" + query));
    DuckDbStore.Builder builder = DuckDbStore.builder();
    if (!place.equals(IN_MEMORY)) {
      builder.file(path(uri, place));
    }
    options
        .number("memory", DuckDbStore.LEAST_MEMORY_MIB, Integer.MAX_VALUE)
        .ifPresent(mib -> builder.memory(mib * 1024L * 1024));
    options.number("threads", 1, MAX_THREADS).ifPresent(builder::threads);
    options.done();
    return builder.open();
  }

  private static Path path(URI uri, String place) {
    try {
      return Path.of(place);
    } catch (InvalidPathException e) {
      throw usage(uri + " names no file: " + e.getMessage(), e);
    }
  }

  private static LogSenseException usage(String message, @Nullable Exception cause) {
    return new LogSenseException(Category.USAGE, message, cause);
  }
}
