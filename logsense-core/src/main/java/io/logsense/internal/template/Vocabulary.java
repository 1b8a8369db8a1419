package io.logsense.internal.template;

import org.jspecify.annotations.Nullable;

/** The few words that the masks know: units, calendar words, message-like JSON keys. */
final class Vocabulary {
  private static final WordSet TIME_UNITS =
      WordSet.of(
          "ns",
          "us",
          "µs",
          "ms",
          "s",
          "m",
          "h",
          "d",
          "sec",
          "secs",
          "second",
          "seconds",
          "min",
          "mins",
          "minute",
          "minutes",
          "hr",
          "hrs",
          "hour",
          "hours",
          "day",
          "days",
          "msec",
          "msecs",
          "usec",
          "usecs",
          "millis",
          "milliseconds",
          "millisecond",
          "microseconds",
          "nanoseconds",
          "nanos");
  private static final WordSet SIZE_UNITS =
      WordSet.of(
          "b", "k", "g", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "byte", "bytes",
          "bit", "bits", "kbps", "mbps", "gbps", "kb/s", "mb/s", "gb/s", "hz", "khz", "mhz", "ghz",
          "percent", "rpm", "mv", "ma", "mah", "dbm", "px", "dp");
  private static final WordSet WEEKDAYS =
      WordSet.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final WordSet MONTHS =
      WordSet.of(
          "jan",
          "feb",
          "mar",
          "apr",
          "may",
          "jun",
          "jul",
          "aug",
          "sep",
          "oct",
          "nov",
          "dec",
          "january",
          "february",
          "march",
          "april",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final WordSet AFTER_TIME =
      WordSet.of("utc", "gmt", "am", "pm", "cet", "cest", "est", "edt", "pst", "pdt", "z");
  private static final WordSet PROSE_KEYS =
      WordSet.of(
          "msg", "message", "event", "log", "error", "reason", "action", "type", "status", "state");
  private static final WordSet DOMAINS =
      WordSet.of(
          "com",
          "net",
          "org",
          "edu",
          "gov",
          "io",
          "local",
          "localdomain",
          "internal",
          "lan",
          "de",
          "uk",
          "cn",
          "hk",
          "jp",
          "fr",
          "it",
          "nl",
          "ru",
          "br",
          "in",
          "us",
          "eu");

  private Vocabulary() {}

  /** DURATION or SIZE for a unit, otherwise null. */
  static @Nullable VariableType unit(char[] text, int start, int end) {
    if (TIME_UNITS.contains(text, start, end)) {
      return VariableType.DURATION;
    }
    return SIZE_UNITS.contains(text, start, end) ? VariableType.SIZE : null;
  }

  static boolean isWeekday(char[] text, int start, int end) {
    return end - start == 3 && isCalendarLike(text, start) && WEEKDAYS.contains(text, start, end);
  }

  static boolean isMonth(char[] text, int start, int end) {
    return end - start >= 3
        && end - start <= 9
        && isCalendarLike(text, start)
        && MONTHS.contains(text, start, end);
  }

  /** Rules most words out before one is copied. */
  private static boolean isCalendarLike(char[] text, int start) {
    return "JFMASONDTW".indexOf(text[start]) >= 0
        && "aeuohrpc".indexOf(text[start + 1]) >= 0
        && "nbrylgptvcdeiu".indexOf(text[start + 2]) >= 0;
  }

  static boolean followsTime(char[] text, int start, int end) {
    return AFTER_TIME.contains(text, start, end);
  }

  static boolean isProseKey(char[] text, int start, int end) {
    return PROSE_KEYS.contains(text, start, end);
  }

  static boolean isDomain(char[] text, int start, int end) {
    return DOMAINS.contains(text, start, end);
  }
}
