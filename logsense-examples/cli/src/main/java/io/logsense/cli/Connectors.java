package io.logsense.cli;

import io.logsense.Sources;
import io.logsense.Stores;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.LogSource;
import io.logsense.api.store.ConnectorGuard;
import io.logsense.api.store.LogStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Sources and stores of connectors, which are tried again where the class path has what does it.
 */
final class Connectors {
  private static final String FILE_OF_DUCKDB = ".duckdb";

  private Connectors() {}

  /** Whether an input is a URI, and not that of a file. */
  static boolean isSource(String input) {
    return input.indexOf("://") > 1 && !input.startsWith("file:");
  }

  static LogSource source(String uri) {
    LogSource source = Sources.of(uri);
    return guard().map(guard -> guard.guard(source)).orElse(source);
  }

  /** A store by its URI, or by the name of a file that ends in {@code .duckdb}. */
  static LogStore store(String name) {
    LogStore store = Stores.of(uri(name));
    return guard().map(guard -> guard.guard(store)).orElse(store);
  }

  private static URI uri(String name) {
    try {
      if (name.indexOf(':') > 1) {
        return new URI(name);
      }
      if (name.endsWith(FILE_OF_DUCKDB)) {
        return new URI("duckdb", name, null);
      }
    } catch (URISyntaxException e) {
      throw new LogSenseException(
          Category.USAGE, "--store: " + e.getReason() + " at " + (e.getIndex() + 1), null);
    }
    throw new LogSenseException(
        Category.USAGE,
        "--store is '" + name + "'; it must be a file that ends in .duckdb, or the URI of a store");
  }

  private static Optional<ConnectorGuard> guard() {
    return ServiceLoader.load(ConnectorGuard.class).findFirst();
  }
}
