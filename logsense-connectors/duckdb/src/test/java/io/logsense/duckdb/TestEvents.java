package io.logsense.duckdb;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.util.List;
import java.util.stream.IntStream;

/** Events to store. */
final class TestEvents {
  static final long START = 1_700_000_000_000_000_000L;
  static final long SECOND = 1_000_000_000L;

  private TestEvents() {}

  /** The event of number {@code n}: a second after the one before it. */
  static StoredEvent event(int n) {
    return event("event-" + n, "group-" + n % 3, builder(n).build(), "");
  }

  static List<StoredEvent> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(TestEvents::event).toList();
  }

  static LogEvent.Builder builder(int n) {
    return LogEvent.builder()
        .timestamp(START + n * SECOND)
        .severity(n % 10 == 0 ? Severity.ERROR : Severity.INFO)
        .service("service-" + n % 2)
        .logger("com.shop.Cart")
        .traceId("trace-" + n / 4)
        .message("item " + n + " added")
        .attribute("user", "u" + n)
        .position(new SourcePosition("orders/0", n * 100L, n, 1));
  }

  static StoredEvent event(String id, String group, LogEvent event, String stackTrace) {
    return new StoredEvent(id, group, event, stackTrace);
  }

  static List<String> ids(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::id).toList();
  }
}
