package io.logsense.testkit;

import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import java.util.List;
import java.util.Optional;

class RecordingNotifierTest extends NotifierContract {
  private final RecordingNotifier notifier = new RecordingNotifier("recording");

  @Override
  protected Notifier open() {
    return notifier;
  }

  @Override
  protected List<String> received() {
    return notifier.alerts().stream().map(Alert::toString).toList();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(notifier);
  }
}
