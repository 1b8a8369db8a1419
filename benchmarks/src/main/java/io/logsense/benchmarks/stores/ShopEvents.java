package io.logsense.benchmarks.stores;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Events of a made-up shop, the same for the same seed: thirty services of unequal size, three
 * thousand kinds of messages of which a few make up most, requests whose events are near to each
 * other and share a trace, five in a hundred errors, nearly half of these with a stack trace. They
 * come about in the order of their times, as from several hosts.
 */
final class ShopEvents {
  static final long START = 1_767_225_600_000_000_000L;

  /** A hundred events a second. */
  static final long STEP = 10_000_000L;

  static final int SERVICES = 30;
  private static final HexFormat HEX = HexFormat.of();
  private static final int KINDS = 3000;
  private static final int OPEN_REQUESTS = 64;
  private static final int SOURCES = 8;
  private static final String[] SUBJECTS = {
    "Order", "Payment", "Cart", "Invoice", "Shipment", "Customer", "Session", "Price", "Voucher"
  };
  private static final String[] VERBS = {
    "accepted", "rejected", "stored", "sent", "loaded", "expired", "updated", "queued", "retried"
  };
  private static final String[] PLACES = {
    "in the ledger", "by the gateway", "for the warehouse", "on replica", "from cache", "at edge"
  };

  private final Random random;
  private final String[] traces = new String[OPEN_REQUESTS];
  private final int[] left = new int[OPEN_REQUESTS];
  private final List<String> stacks = new ArrayList<>();
  private long next;

  ShopEvents(long seed) {
    random = new Random(seed);
    for (int i = 0; i < KINDS / 20; i++) {
      stacks.add(stack(i));
    }
  }

  static String service(int n) {
    return "shop-" + SUBJECTS[n % SUBJECTS.length].toLowerCase(Locale.ROOT) + "-" + n;
  }

  private String stack(int kind) {
    StringBuilder stack = new StringBuilder("java.lang.IllegalStateException: order is gone\n");
    int frames = 10 + random.nextInt(60);
    for (int i = 0; i < frames; i++) {
      stack
          .append("\tat com.shop.")
          .append(SUBJECTS[random.nextInt(SUBJECTS.length)])
          .append("Service")
          .append(kind)
          .append(".handle")
          .append(i)
          .append("(Service.java:")
          .append(10 + random.nextInt(900))
          .append(")\n");
    }
    return stack.toString();
  }

  List<StoredEvent> next(int count) {
    List<StoredEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(event());
    }
    return events;
  }

  private StoredEvent event() {
    long n = next++;
    int request = random.nextInt(OPEN_REQUESTS);
    if (left[request]-- <= 0) {
      left[request] = random.nextInt(20);
      traces[request] = hex() + hex();
    }
    // Squares make small numbers frequent.
    int kind = (int) (KINDS * random.nextDouble() * random.nextDouble() * random.nextDouble());
    int service = (int) (SERVICES * random.nextDouble() * random.nextDouble());
    int luck = random.nextInt(1000);
    boolean error = luck < 50;
    boolean thrown = luck < 20;
    LogEvent event =
        LogEvent.builder()
            .timestamp(START + n * STEP + random.nextInt((int) (5 * STEP)))
            .severity(
                error
                    ? Severity.ERROR
                    : luck < 120 ? Severity.WARN : luck < 300 ? Severity.DEBUG : Severity.INFO)
            .service(service(service))
            .environment("production")
            .version("2.4." + service % 7)
            .logger("com.shop." + SUBJECTS[kind % SUBJECTS.length] + "Service" + kind % 90)
            .thread("http-nio-8080-exec-" + random.nextInt(50))
            .message(message(kind, n))
            .traceId(traces[request])
            .attribute("host", "node-" + random.nextInt(12))
            .position(new SourcePosition("shop-logs/" + n % SOURCES, n / SOURCES * 180, 0, 1))
            .build();
    String group = "tm1:" + Long.toHexString(0x9E3779B97F4A7C15L * (kind + (thrown ? KINDS : 1)));
    return new StoredEvent(
        hex() + hex(), group, event, thrown ? stacks.get(kind % stacks.size()) : "");
  }

  private String message(int kind, long n) {
    String subject = SUBJECTS[kind % SUBJECTS.length];
    String verb = VERBS[kind / SUBJECTS.length % VERBS.length];
    String place = PLACES[kind * PLACES.length / KINDS];
    String message =
        subject
            + ' '
            + random.nextInt(10_000_000)
            + ' '
            + verb
            + ' '
            + place
            + ' '
            + kind
            + " in "
            + random.nextInt(5000)
            + " ms";
    // One in a hundred thousand has a word of its own.
    return n % 100_000 == 77_777 ? message + ", needle-" + n : message;
  }

  private String hex() {
    return HEX.toHexDigits(random.nextLong());
  }
}
