package io.logsense.testkit;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events as a store gets them. The same seed gives the same events. */
public final class SampleEvents {
  private static final long START = 1_769_860_800_000_000_000L;
  private static final List<String> SERVICES = List.of("shop", "Shop", "billing", "");
  private static final List<String> MESSAGES =
      List.of(
          "Connection to the database refused",
          "connection reset by peer",
          "order 4711 shipped",
          "100% of memory_used",
          "caf\u00E9 closed");

  private final Random random;
  private int next;

  /** A source of events. */
  public SampleEvents(long seed) {
    this.random = new Random(seed);
  }

  /** An event that says {@code message}, at {@code time} in nanoseconds since the epoch. */
  public static StoredEvent of(String id, String group, long time, String message) {
    return new StoredEvent(
        id,
        group,
        LogEvent.builder()
            .timestamp(time)
            .severity(Severity.INFO)
            .service("shop")
            .message(message)
            .build(),
        "");
  }

  /** An event that fills every field, with texts that ask for care. */
  public static StoredEvent complete(String id) {
    return new StoredEvent(
        id,
        "jf1:0123456789abcdef",
        LogEvent.builder()
            .timestamp(START + 123_456_789)
            .severity(Severity.FATAL)
            .service("shop")
            .environment("production")
            .version("1.2.3-rc.4+5")
            .commit("8c1f0de")
            .logger("com.acme.Cart$1")
            .thread("http-nio-8080-exec-1")
            .message("Total of 'cart' is \"null\";\n\tgave up")
            .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
            .requestId("req-\u00E9-1")
            .attribute("cloud.region", "eu-central-1")
            .attribute("", "an attribute without a name")
            .attribute("k\"e'y", "")
            .attribute("\uD83D\uDD25", "\\ {\"json\": [1, null]}")
            .position(new SourcePosition("kafka:logs/3", 1L << 40, 17, 12))
            .build(),
        "java.lang.NullPointerException: total\n\tat com.acme.Cart.total(Cart.java:10)\n");
  }

  /** The next events, at most 100 seconds apart, a few of them without a time. */
  public List<StoredEvent> next(int count) {
    List<StoredEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  private StoredEvent next() {
    boolean thrown = random.nextInt(4) == 0;
    LogEvent event =
        LogEvent.builder()
            .timestamp(
                random.nextInt(10) == 0
                    ? LogEvent.NO_TIMESTAMP
                    : START + random.nextInt(100) * 1_000_000_000L + random.nextInt(3))
            .severity(Severity.values()[random.nextInt(Severity.values().length)])
            .service(SERVICES.get(random.nextInt(SERVICES.size())))
            .traceId("trace-" + random.nextInt(5))
            .message(MESSAGES.get(random.nextInt(MESSAGES.size())))
            .build();
    return new StoredEvent(
        "event-" + next++,
        "group-" + random.nextInt(4),
        event,
        thrown ? "java.io.IOException: Refused\n\tat a.B.c(B.java:1)" : "");
  }
}
