package io.logsense.testkit;

import io.logsense.api.alert.Notifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * The contract over HTTP: shows that {@link HttpReceiver} and {@link FaultyProxy} do their part.
 */
class WebhookNotifierTest extends NotifierContract {
  private final HttpReceiver receiver;

  WebhookNotifierTest() throws IOException {
    receiver = HttpReceiver.start();
  }

  @Override
  protected Notifier open() {
    return new WebhookNotifier(receiver.uri());
  }

  @Override
  protected List<String> received() {
    return receiver.received();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(receiver);
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
  }
}
