package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.LogStoreProvider;
import java.net.URI;

/** The stores of connectors. Users call it. */
public final class Stores {
  private Stores() {}

  /**
   * The store that a URI names, such as {@code duckdb:events.duckdb}; made if it is not there yet.
   * The scheme is that of a connector on the class path, which is found by {@link
   * java.util.ServiceLoader} as a {@link LogStoreProvider} and documents the rest. The caller
   * closes it.
   *
   * @throws LogSenseException (usage) when there is no such connector, naming the artifact to add,
   *     or it refuses the URI; (external) when the store cannot be opened
   */
  public static LogStore of(URI uri) {
    return NamedSystems.store(uri).open(uri);
  }
}
