package io.logsense;

import io.logsense.internal.text.Ascii;

/**
 * Finds the duration that a message states: {@code took 1234 ms}, {@code duration=5.2s}, {@code
 * elapsed_ms=17}, {@code Query_time: 2.5}.
 *
 * <p>A number counts when a unit follows it, from nanoseconds to minutes, or when the name before
 * it ends in one ({@code _ms}); {@code Query_time} is in seconds, as MySQL writes it. Of several
 * the first after a word such as {@code took} or {@code duration} is meant, else the first. Linear;
 * looks at the first {@value #LONGEST} characters.
 */
final class StatedDuration {
  private static final int LONGEST = 2000;
  private static final int LONGEST_NUMBER = 15;
  private static final String[] UNITS = {
    "ns",
    "nanos",
    "nanoseconds",
    "us",
    "µs",
    "μs",
    "micros",
    "microseconds",
    "ms",
    "msec",
    "msecs",
    "millis",
    "millisecond",
    "milliseconds",
    "s",
    "sec",
    "secs",
    "second",
    "seconds",
    "min",
    "mins",
    "minute",
    "minutes"
  };
  private static final long[] NANOS = {
    1,
    1,
    1,
    1_000,
    1_000,
    1_000,
    1_000,
    1_000,
    1_000_000,
    1_000_000,
    1_000_000,
    1_000_000,
    1_000_000,
    1_000_000,
    1_000_000_000L,
    1_000_000_000L,
    1_000_000_000L,
    1_000_000_000L,
    1_000_000_000L,
    60_000_000_000L,
    60_000_000_000L,
    60_000_000_000L,
    60_000_000_000L
  };
  private static final String[] MARKERS = {
    "took", "taken", "duration", "elapsed", "latency", "in", "after", "time", "within", "query_time"
  };
  private static final String MYSQL = "query_time";

  private StatedDuration() {}

  /** The duration in nanoseconds; -1 when the message states none. */
  static long find(String message) {
    int end = Math.min(LONGEST, message.length());
    long first = -1;
    for (int i = 0; i < end; i++) {
      if (!Ascii.isDigit(message.charAt(i))) {
        continue;
      }
      int stop = numberEnd(message, i, end);
      if (isAlone(message, i)) {
        int name = nameEnd(message, i);
        long nanos = nanos(message, i, stop, end, name);
        if (nanos >= 0 && isMarked(message, name)) {
          return nanos;
        }
        first = first < 0 ? nanos : first;
      }
      i = stop - 1;
    }
    return first;
  }

  /** Whether no letter, dot or minus makes the digits part of something else. */
  private static boolean isAlone(String text, int start) {
    if (start == 0) {
      return true;
    }
    char before = text.charAt(start - 1);
    return !Character.isLetterOrDigit(before) && "._-/+#".indexOf(before) < 0;
  }

  private static int numberEnd(String text, int start, int end) {
    int i = start;
    boolean point = false;
    while (i < end
        && (Ascii.isDigit(text.charAt(i))
            || (!point
                && text.charAt(i) == '.'
                && i + 1 < end
                && Ascii.isDigit(text.charAt(i + 1))))) {
      point |= text.charAt(i) == '.';
      i++;
    }
    return i;
  }

  /** The end of the word before a number, past blanks and signs of equality. */
  private static int nameEnd(String text, int number) {
    int i = number;
    while (i > 0 && number - i < 4 && " =:\"'(<~".indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }

  private static long nanos(String text, int start, int stop, int end, int name) {
    if (stop - start > LONGEST_NUMBER) {
      return -1;
    }
    int unit = stop < end && text.charAt(stop) == ' ' ? stop + 1 : stop;
    int unitEnd = unit;
    while (unitEnd < end && Character.isLetter(text.charAt(unitEnd))) {
      unitEnd++;
    }
    boolean whole = unitEnd == end || !Character.isLetterOrDigit(text.charAt(unitEnd));
    long scale = whole ? unit(text, unit, unitEnd) : -1;
    if (scale < 0 && (stop == end || !Character.isLetterOrDigit(text.charAt(stop)))) {
      scale = unitOfName(text, name);
    }
    if (scale < 0) {
      return -1;
    }
    double nanos = Double.parseDouble(text.substring(start, stop)) * scale;
    return nanos < Long.MAX_VALUE ? Math.round(nanos) : Long.MAX_VALUE;
  }

  private static long unit(String text, int from, int to) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].length() == to - from
          && text.regionMatches(true, from, UNITS[i], 0, to - from)) {
        return NANOS[i];
      }
    }
    return -1;
  }

  /** The unit that the name of a value ends in, such as {@code elapsed_ms} or {@code tookMs}. */
  private static long unitOfName(String text, int end) {
    int from = end;
    while (from > 0 && Character.isLowerCase(text.charAt(from - 1))) {
      from--;
    }
    if (endsWith(text, end, MYSQL)) {
      return 1_000_000_000L;
    }
    if (from > 0 && from < end && (text.charAt(from - 1) == '_' || text.charAt(from - 1) == '-')) {
      return unit(text, from, end);
    }
    return from > 1 && Character.isLowerCase(text.charAt(from - 2))
        ? unit(text, from - 1, end)
        : -1;
  }

  private static boolean isMarked(String text, int end) {
    for (String marker : MARKERS) {
      if (endsWith(text, end, marker)) {
        return true;
      }
    }
    return unitOfName(text, end) >= 0;
  }

  /** Whether a word, or the last part of a name, ends here. */
  private static boolean endsWith(String text, int end, String word) {
    int from = end - word.length();
    return from >= 0
        && text.regionMatches(true, from, word, 0, word.length())
        && (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)));
  }
}
