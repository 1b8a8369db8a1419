package io.logsense.internal.template;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The few words that the masks know: units, calendar words, message-like JSON keys. */
final class Vocabulary {
  private static final Set<String> TIME_UNITS =
      Set.of(
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
  private static final Set<String> SIZE_UNITS =
      Set.of(
          "b", "k", "g", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "byte", "bytes",
          "bit", "bits", "kbps", "mbps", "gbps", "kb/s", "mb/s", "gb/s", "hz", "khz", "mhz", "ghz",
          "percent", "rpm", "mv", "ma", "mah", "dbm", "px", "dp");
  private static final Set<String> WEEKDAYS =
      Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Set<String> MONTHS =
      Set.of(
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
  private static final Set<String> AFTER_TIME =
      Set.of("utc", "gmt", "am", "pm", "cet", "cest", "est", "edt", "pst", "pdt", "z");
  private static final Set<String> PROSE_KEYS =
      Set.of(
          "msg", "message", "event", "log", "error", "reason", "action", "type", "status", "state");
  private static final Set<String> DOMAINS =
      Set.of(
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
  private static final int LONGEST = 12;

  private Vocabulary() {}

  /** DURATION or SIZE for a unit, otherwise null. */
  static @Nullable VariableType unit(char[] text, int start, int end) {
    if (end - start > LONGEST || end <= start) {
      return null;
    }
    String word = lower(text, start, end);
    if (TIME_UNITS.contains(word)) {
      return VariableType.DURATION;
    }
    return SIZE_UNITS.contains(word) ? VariableType.SIZE : null;
  }

  static boolean isWeekday(char[] text, int start, int end) {
    return end - start == 3
        && isCalendarLike(text, start)
        && WEEKDAYS.contains(lower(text, start, end));
  }

  static boolean isMonth(char[] text, int start, int end) {
    return end - start >= 3
        && end - start <= 9
        && isCalendarLike(text, start)
        && MONTHS.contains(lower(text, start, end));
  }

  /** Rules most words out before one is copied. */
  private static boolean isCalendarLike(char[] text, int start) {
    return "JFMASONDTW".indexOf(text[start]) >= 0
        && "aeuohrpc".indexOf(text[start + 1]) >= 0
        && "nbrylgptvcdeiu".indexOf(text[start + 2]) >= 0;
  }

  static boolean followsTime(char[] text, int start, int end) {
    return end - start <= 4 && AFTER_TIME.contains(lower(text, start, end));
  }

  static boolean isProseKey(char[] text, int start, int end) {
    return end - start <= LONGEST && PROSE_KEYS.contains(lower(text, start, end));
  }

  static boolean isDomain(char[] text, int start, int end) {
    return end - start <= 11 && DOMAINS.contains(lower(text, start, end));
  }

  private static String lower(char[] text, int start, int end) {
    char[] word = new char[end - start];
    for (int i = start; i < end; i++) {
      char c = text[i];
      word[i - start] = Characters.isUpper(c) ? (char) (c + 32) : c;
    }
    return new String(word);
  }
}
