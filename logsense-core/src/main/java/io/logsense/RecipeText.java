package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.time.Instant;
import java.util.Locale;

/** Numbers, times and names as recipes write them. */
final class RecipeText {
  private static final long SECOND = 1_000_000_000L;

  private RecipeText() {}

  /** ISO 8601 in UTC to the second; {@code -} without a time. */
  static String time(long epochNanos) {
    return epochNanos == LogEvent.NO_TIMESTAMP
        ? "-"
        : Instant.ofEpochSecond(Math.floorDiv(epochNanos, SECOND)).toString();
  }

  /** Such as {@code 850 us}, {@code 38 ms}, {@code 5.2 s} or {@code 12 min}. */
  static String duration(long nanos) {
    double seconds = nanos / 1e9;
    if (seconds < 0.0009995) {
      return digits(seconds * 1e6) + " us";
    }
    if (seconds < 0.9995) {
      return digits(seconds * 1e3) + " ms";
    }
    return seconds < 119.5 ? digits(seconds) + " s" : digits(seconds / 60) + " min";
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
  }

  /** A number with its noun. */
  static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : number + " " + noun + "s";
  }

  /** Where the events of a group came from. */
  static String services(Group group) {
    return group.services().isEmpty() ? "-" : String.join(",", group.services().keySet());
  }

  /** The title on one line. */
  static String title(Group group) {
    return Examples.line(group.title());
  }
}
