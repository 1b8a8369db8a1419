package io.logsense.api.alert;

import java.io.IOException;

/**
 * Brings alerts to people or systems. Implemented by plugins; called by one thread at a time, which
 * is its own: it may take its time, and need not be thread-safe.
 */
public interface Notifier {
  /** What it is called where deliveries are noted; the same after a restart. */
  String name();

  /**
   * Delivers an alert, and returns when it is certain to have arrived. It may come again, under the
   * same id.
   *
   * @throws IOException when it could not be delivered; it is tried again later. So it is after any
   *     other exception
   */
  void notify(Alert alert) throws IOException, InterruptedException;
}
