package io.logsense.api.store;

import io.logsense.api.source.LogSource;

/**
 * Makes connectors that were opened by their URIs bear failures, found by {@link
 * java.util.ServiceLoader}. Implemented by the module that does it; for hosts that open what their
 * users name, as the command line does.
 */
public interface ConnectorGuard {
  /** A source that is tried again when it fails. */
  LogSource guard(LogSource source);

  /** A store that is tried again when it fails. */
  LogStore guard(LogStore store);
}
