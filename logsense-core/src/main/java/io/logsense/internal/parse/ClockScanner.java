package io.logsense.internal.parse;

import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isLetter;
import static io.logsense.internal.text.Ascii.toLower;

import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The time of day and the zone within a timestamp. Methods answer with the index behind what they
 * found, and put its values into the fields unless those are null: then they only look.
 */
final class ClockScanner {
  private ClockScanner() {}

  /** A clock time and a zone, if there is one; -1 without a time. */
  static int time(byte[] b, int from, int to, boolean dated, @Nullable TimestampFields f) {
    return zone(b, clock(b, from, to, dated, f), to, f);
  }

  /**
   * Hours, minutes and seconds, what is behind the seconds, and a half of the day; -1 without.
   *
   * @param dated whether a date came before: then seconds may be missing and dots separate
   */
  static int clock(byte[] b, int from, int to, boolean dated, @Nullable TimestampFields f) {
    int hourEnd = Ascii.skipDigits(b, from, Math.min(to, from + 3));
    if (hourEnd == from || hourEnd - from > 2 || hourEnd >= to) {
      return -1;
    }
    int separator = b[hourEnd];
    if (separator != ':' && (separator != '.' || !dated)) {
      return -1;
    }
    int minuteEnd = Ascii.skipDigits(b, hourEnd + 1, Math.min(to, hourEnd + 4));
    if (minuteEnd == hourEnd + 1 || minuteEnd - hourEnd > 3) {
      return -1;
    }
    boolean seconds = minuteEnd + 1 < to && b[minuteEnd] == separator && isDigit(b[minuteEnd + 1]);
    if (!seconds && !dated) {
      return -1;
    }
    int second = 0;
    int end = minuteEnd;
    if (seconds) {
      end = Ascii.skipDigits(b, minuteEnd + 1, Math.min(to, minuteEnd + 4));
      if (end - minuteEnd > 3) {
        return -1;
      }
      second = Ascii.number(b, minuteEnd + 1, end);
    }
    int hour = Ascii.number(b, from, hourEnd);
    int minute = Ascii.number(b, hourEnd + 1, minuteEnd);
    return behindSeconds(b, end, to, hour, minute, second, seconds, f);
  }

  /** Six digits: hours, minutes and seconds; -1 when they are none. */
  static int packed(byte[] b, int p, int to, @Nullable TimestampFields f) {
    int hour = Ascii.number(b, p, p + 2);
    int minute = Ascii.number(b, p + 2, p + 4);
    int second = Ascii.number(b, p + 4, p + 6);
    if (!plausible(hour, minute, second)) {
      return -1;
    }
    int end = fractionEnd(b, p + 6, to);
    if (f != null) {
      f.time(hour, minute, second, nanos(b, p + 6, end));
    }
    return end;
  }

  /** What may stand behind the seconds: a fraction, a half of the day. */
  static int behindSeconds(
      byte[] b,
      int p,
      int to,
      int hour,
      int minute,
      int second,
      boolean seconds,
      @Nullable TimestampFields f) {
    if (!plausible(hour, minute, second)) {
      return -1;
    }
    int fraction = seconds ? fractionEnd(b, p, to) : p;
    int half = halfOfDay(b, fraction, to);
    if (f != null) {
      boolean afternoon = half > fraction && toLower(b[half - 2]) == 'p';
      int hours = half == fraction ? hour : hour % 12 + (afternoon ? 12 : 0);
      f.time(hours, minute, second, nanos(b, p, fraction));
    }
    return half;
  }

  private static boolean plausible(int hour, int minute, int second) {
    return hour <= 24 && minute <= 59 && second <= 60;
  }

  /** Behind a fraction after a dot or comma, or milliseconds after a colon; else {@code p}. */
  static int fractionEnd(byte[] b, int p, int to) {
    if (p + 1 >= to || (b[p] != '.' && b[p] != ',' && b[p] != ':') || !isDigit(b[p + 1])) {
      return p;
    }
    int end = Ascii.skipDigits(b, p + 1, Math.min(to, p + 20));
    return b[p] == ':' && end - p > 4 ? p : end;
  }

  /** The nanoseconds of a fraction that {@link #fractionEnd} found. */
  static int nanos(byte[] b, int p, int end) {
    if (end == p) {
      return 0;
    }
    int value = Ascii.number(b, p + 1, Math.min(end, p + 10));
    int width = b[p] == ':' ? 3 : end - p - 1;
    for (int i = width; i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  /** {@code PM} behind a blank; JDK 20 and later write a narrow no-break space there. */
  private static int halfOfDay(byte[] b, int p, int to) {
    int q = p;
    if (q + 3 < to && b[q] == (byte) 0xE2 && b[q + 1] == (byte) 0x80 && b[q + 2] == (byte) 0xAF) {
      q += 3;
    } else if (q < to && b[q] == ' ') {
      q++;
    }
    if (q + 2 > to || toLower(b[q + 1]) != 'm' || (q + 2 < to && isLetter(b[q + 2]))) {
      return p;
    }
    int half = toLower(b[q]);
    return half == 'a' || half == 'p' ? q + 2 : p;
  }

  /**
   * Behind {@code Z}, {@code +01:00}, {@code -0700} or {@code UTC} with a blank before it, and a
   * region in brackets; {@code p} itself when none stands there.
   */
  static int zone(byte[] b, int p, int to, @Nullable TimestampFields f) {
    if (p < 0 || p >= to) {
      return p;
    }
    int c = b[p];
    if (c == 'Z' && (p + 1 == to || !isLetter(b[p + 1]))) {
      offset(f, 0);
      return region(b, p + 1, to);
    }
    boolean apart = c == ' ';
    int q = apart ? p + 1 : p;
    if (q + 2 < to && (b[q] == '+' || b[q] == '-') && isDigit(b[q + 1]) && isDigit(b[q + 2])) {
      return numericZone(b, p, q, to, apart, f);
    }
    return apart ? namedZone(b, p, to, f) : p;
  }

  /** The end of a zone at {@code p}, as a date pattern says there must be one; -1 without one. */
  static int zoneHere(byte[] b, int p, int to, @Nullable TimestampFields f) {
    int end = zone(b, p, to, f);
    if (end == p && p > 0) {
      // A name is only looked for behind a blank, which the pattern has already taken.
      end = namedZone(b, p - 1, to, f);
      return end == p - 1 ? -1 : end;
    }
    return end == p ? -1 : end;
  }

  private static void offset(@Nullable TimestampFields f, int seconds) {
    if (f != null) {
      f.offsetSeconds = seconds;
    }
  }

  private static int numericZone(
      byte[] b, int p, int q, int to, boolean apart, @Nullable TimestampFields f) {
    int hours = Ascii.number(b, q + 1, q + 3);
    int m = q + 3 < to && b[q + 3] == ':' ? q + 4 : q + 3;
    boolean minutes = m + 2 <= to && isDigit(b[m]) && isDigit(b[m + 1]);
    int end = minutes ? m + 2 : q + 3;
    if ((apart && !minutes) || hours > 18 || (end < to && (isDigit(b[end]) || b[end] == '-'))) {
      return p;
    }
    int seconds = hours * 3600 + (minutes ? Ascii.number(b, m, m + 2) * 60 : 0);
    offset(f, b[q] == '-' ? -seconds : seconds);
    return region(b, end, to);
  }

  private static int region(byte[] b, int p, int to) {
    if (p + 1 < to && b[p] == '[' && isLetter(b[p + 1])) {
      int end = Ascii.indexOf(b, p, Math.min(to, p + 40), ']');
      if (end > 0 && (Ascii.indexOf(b, p, end, '/') > 0 || Ascii.startsWith(b, p, to, "[UTC"))) {
        return end + 1;
      }
    }
    return p;
  }

  private static int namedZone(byte[] b, int p, int to, @Nullable TimestampFields f) {
    int end = p + 1;
    int name = 0;
    while (end < to && end - p < 6 && Ascii.isUpper(b[end])) {
      name = name << 8 | b[end++];
    }
    if (end - p < 4 || end - p > 5 || (end < to && b[end] != ' ' && b[end] != ']')) {
      return p;
    }
    int hours =
        switch (name) {
          case 'U' << 16 | 'T' << 8 | 'C', 'G' << 16 | 'M' << 8 | 'T' -> 0;
          case 'C' << 16 | 'E' << 8 | 'T' -> 1;
          case 'C' << 24 | 'E' << 16 | 'S' << 8 | 'T' -> 2;
          case 'J' << 16 | 'S' << 8 | 'T' -> 9;
          case 'E' << 16 | 'D' << 8 | 'T' -> -4;
          case 'E' << 16 | 'S' << 8 | 'T', 'C' << 16 | 'D' << 8 | 'T' -> -5;
          case 'C' << 16 | 'S' << 8 | 'T', 'M' << 16 | 'D' << 8 | 'T' -> -6;
          case 'M' << 16 | 'S' << 8 | 'T', 'P' << 16 | 'D' << 8 | 'T' -> -7;
          case 'P' << 16 | 'S' << 8 | 'T' -> -8;
          default -> TimestampFields.NO_OFFSET;
        };
    if (hours == TimestampFields.NO_OFFSET) {
      return p;
    }
    offset(f, hours * 3600);
    return end;
  }
}
