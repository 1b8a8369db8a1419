package io.logsense.internal.template;

import java.util.Random;

/** Made-up messages of a made-up warehouse. */
final class Corpus {
  private static final String[] NAMES = {
    "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"
  };

  private Corpus() {}

  static String line(Random random) {
    int n = random.nextInt(100_000);
    String name = NAMES[random.nextInt(NAMES.length)];
    return switch (random.nextInt(14)) {
      case 0 -> "Picked " + n + " items for order ORD-" + n;
      case 1 -> "Door opened by " + name + " at gate north";
      case 2 -> "Conveyor " + (n % 9) + " " + (n % 2 == 0 ? "started" : "halted");
      case 3 -> "Connection from 10.0." + n % 250 + "." + n % 99 + ":" + n + " refused";
      case 4 -> "user=" + name + " role=picker shift=" + n;
      case 5 -> "Loaded /var/lib/stock/" + name + "/" + n + ".csv in " + n + " ms";
      case 6 ->
          "{\"event\":\"scan\",\"sku\":\""
              + Integer.toHexString(n * 7919)
              + "\",\"qty\":"
              + n
              + "}";
      case 7 -> "Robot " + name + " reports battery at " + n % 100 + "%";
      case 8 -> "Retry " + n % 5 + " of 5 for " + name + ": timeout after " + n + " ms";
      case 9 ->
          "Shelf " + Integer.toHexString(n + 0x10000) + " is " + (n % 3 == 0 ? "full" : "empty");
      case 10 -> "Inventory finished";
      case 11 -> "Truck " + name + " left dock " + n % 12 + " with " + n + " kg";
      case 12 -> "Mail to " + name + "@example.org bounced";
      default -> "Label printer " + n % 4 + " is out of " + (n % 2 == 0 ? "paper" : "ink");
    };
  }
}
