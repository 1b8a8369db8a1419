package io.logsense.testkit;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A notifier that keeps the alerts it is given, for tests of who is told what. Users call it;
 * thread-safe.
 */
public final class RecordingNotifier implements Notifier, Faults {
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final String name;
  private volatile @Nullable Fault fault;

  /** A notifier of that name, which was given nothing yet. */
  public RecordingNotifier(String name) {
    this.name = name;
  }

  /** The alerts that it was given, in order; one that came again is there again. */
  public List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void notify(Alert alert) throws IOException {
    Fault now = fault;
    if (now != null) {
      throw new IOException("an injected fault: " + now);
    }
    alerts.add(alert);
  }

  @Override
  public Set<Fault> supported() {
    return EnumSet.of(Fault.REFUSED, Fault.SILENT, Fault.THROTTLED, Fault.FAILED, Fault.REJECTED);
  }

  @Override
  public void inject(Fault next) {
    fault = next;
  }

  @Override
  public void heal() {
    fault = null;
  }
}
