package io.logsense.api.store;

import java.net.URI;

/**
 * A way to the stores of one system, found by {@link java.util.ServiceLoader}. Implemented by
 * connectors; making a provider costs nothing.
 */
public interface LogStoreProvider {
  /**
   * The scheme of the URIs it opens, in lower case: {@code duckdb} of {@code duckdb:events.duckdb}.
   */
  String scheme();

  /**
   * The store that {@code uri} names, made if it is not there yet. Credentials are never part of a
   * URI.
   *
   * @throws io.logsense.api.LogSenseException (usage) naming what is wrong with {@code uri};
   *     (external) when the store cannot be opened
   */
  LogStore open(URI uri);
}
