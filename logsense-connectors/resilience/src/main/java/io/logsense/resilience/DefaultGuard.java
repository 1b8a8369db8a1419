package io.logsense.resilience;

import io.logsense.api.source.LogSource;
import io.logsense.api.store.ConnectorGuard;
import io.logsense.api.store.LogStore;

/** Guards with the {@linkplain ResilienceSettings#defaults defaults}; for service loaders. */
public final class DefaultGuard implements ConnectorGuard {
  private final Resilience resilience = Resilience.of(ResilienceSettings.defaults());

  /** For {@link java.util.ServiceLoader}. */
  public DefaultGuard() {}

  @Override
  public LogSource guard(LogSource source) {
    return resilience.source(source);
  }

  @Override
  public LogStore guard(LogStore store) {
    return resilience.store(store);
  }
}
