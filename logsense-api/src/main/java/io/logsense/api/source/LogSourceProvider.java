package io.logsense.api.source;

import java.net.URI;

/**
 * A way to the sources of one system, found by {@link java.util.ServiceLoader}. Implemented by
 * connectors; making a provider costs nothing.
 */
public interface LogSourceProvider {
  /** The scheme of the URIs it opens, in lower case: {@code kafka} of {@code kafka://…}. */
  String scheme();

  /**
   * A source for what {@code uri} names. Options are query parameters, under the names that the
   * connector documents; one that is not known is refused. Credentials are never part of a URI:
   * they come from where the vendor's own tools look for them.
   *
   * @param follow whether to wait for records to come; else every partition ends with what is there
   *     when it is opened
   * @throws io.logsense.api.LogSenseException (usage) naming what is wrong with {@code uri}, or
   *     what is missing
   */
  LogSource open(URI uri, boolean follow);
}
