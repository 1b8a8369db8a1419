package io.logsense.notify;

import io.logsense.api.alert.Notifier;
import io.logsense.testkit.Faults;
import io.logsense.testkit.HttpReceiver;
import io.logsense.testkit.NotifierContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** What all receivers by HTTP have in common. */
abstract class HttpNotifierContract extends NotifierContract {
  static final String SECRET = "T0B0-s3cr3t";

  final HttpReceiver receiver;

  HttpNotifierContract() {
    try {
      receiver = HttpReceiver.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
  }

  abstract HttpNotifier.Builder builder(URI address);

  @Override
  protected Notifier open() {
    return builder(receiver.uri().resolve("/hooks/" + SECRET))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  @Override
  protected List<String> received() {
    return receiver.received().stream().filter(text -> text.startsWith("POST")).toList();
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(receiver);
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(SECRET);
  }
}
