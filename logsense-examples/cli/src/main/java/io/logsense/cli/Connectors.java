package io.logsense.cli;

import io.logsense.Sources;
import io.logsense.Stores;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.LogSource;
import io.logsense.api.store.ConnectorGuard;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.LogStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

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
    return open(name).events();
  }

  /**
   * What a store keeps. Closing it closes both.
   *
   * @param documents null where it keeps events alone
   */
  record Opened(LogStore events, @Nullable DocumentStore documents) implements AutoCloseable {
    @Override
    public void close() {
      events.close();
    }
  }

  /** A store by its name, with its documents. */
  static Opened open(String name) {
    LogStore store = Stores.of(uri(name));
    return new Opened(
        guard().map(guard -> guard.guard(store)).orElse(store),
        store instanceof DocumentStore documents ? documents : null);
  }

  /** Whether a store is named by its file. */
  static boolean isFile(String name) {
    return name.indexOf(':') <= 1 && name.endsWith(FILE_OF_DUCKDB);
  }

  private static URI uri(String name) {
    try {
      if (name.indexOf(':') > 1) {
        return new URI(name);
      }
      if (isFile(name)) {
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
