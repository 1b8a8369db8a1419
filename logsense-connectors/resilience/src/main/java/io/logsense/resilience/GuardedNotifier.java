package io.logsense.resilience;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.io.IOException;

/** A notifier that is tried again. */
record GuardedNotifier(Notifier notifier, Guard guard) implements Notifier {
  @Override
  public String name() {
    return notifier.name();
  }

  @Override
  public void notify(Alert alert) throws IOException, InterruptedException {
    try {
      guard.call(
          () -> {
            notifier.notify(alert);
            return alert;
          });
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw Calls.asIo(e);
    }
  }
}
