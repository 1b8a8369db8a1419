package io.logsense;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners of the host: what they throw is counted and logged once a minute, not passed on.
 */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final long MINUTE = 60_000_000_000L;

  private long failures;
  private long lastLogged = System.nanoTime() - MINUTE;

  <T> void call(String name, Consumer<T> listener, T argument) {
    try {
      listener.accept(argument);
    } catch (RuntimeException e) {
      failures++;
      if (System.nanoTime() - lastLogged >= MINUTE) {
        lastLogged = System.nanoTime();
        LOG.warn("listener {} failed, {} times so far", name, failures, e);
      }
    }
  }
}
