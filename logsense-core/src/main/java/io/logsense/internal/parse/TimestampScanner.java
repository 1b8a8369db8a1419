package io.logsense.internal.parse;

import static io.logsense.internal.parse.TimestampFields.UNKNOWN;
import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isLetter;
import static io.logsense.internal.text.Ascii.number;
import static io.logsense.internal.text.Ascii.skipDigits;

import io.logsense.internal.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as loggers write them: where one ends and, unless the caller only looks, which fields
 * it has. Allocates nothing.
 *
 * <p>Of {@code 01/02/2024} the first is the month unless it cannot be; of {@code 01.02.2024} it is
 * the day.
 */
final class TimestampScanner {
  private static final long SECOND = 1_000_000_000L;
  private static final long EARLIEST_EPOCH_SECOND = 631_152_000L;
  private static final long LATEST_EPOCH_SECOND = 4_102_444_800L;
  private static final int[] MONTHS = keys("janfebmaraprmayjunjulaugsepoctnovdec");
  private static final int[] WEEKDAYS = keys("montuewedthufrisatsun");
  private static final String[] MONTH_REST = {
    "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"
  };
  private static final String[] WEEKDAY_REST = {
    "day", "sday", "nesday", "rsday", "day", "urday", "day"
  };

  private TimestampScanner() {}

  /** Three letters of each name as one number. */
  private static int[] keys(String names) {
    int[] keys = new int[names.length() / 3];
    for (int i = 0; i < names.length(); i++) {
      keys[i / 3] = keys[i / 3] << 8 | names.charAt(i);
    }
    return keys;
  }

  /**
   * The end of the date and time, or time, that begins at {@code from}; -1 when none does. A zone
   * behind it belongs to it.
   *
   * @param f takes the fields; null to look only
   */
  static int scan(byte[] b, int from, int to, @Nullable TimestampFields f) {
    return scan(b, from, to, true, f);
  }

  /** Like {@link #scan}, and also of a date without a time ({@code 2005.06.03}). */
  static int scanWithDate(byte[] b, int from, int to, @Nullable TimestampFields f) {
    return scan(b, from, to, false, f);
  }

  private static int scan(byte[] b, int from, int to, boolean timed, @Nullable TimestampFields f) {
    if (f != null) {
      f.clear();
    }
    if (from >= to) {
      return -1;
    }
    int end = columns(b, from, to, f);
    if (end < 0) {
      end = isDigit(b[from]) ? digits(b, from, to, timed, f) : named(b, from, to, timed, f);
    }
    return end < 0 || (end < to && (isDigit(b[end]) || isLetter(b[end]))) ? -1 : end;
  }

  /** Takes a date that is one; year, month and day may be {@value TimestampFields#UNKNOWN}. */
  private static boolean date(int year, int month, int day, @Nullable TimestampFields f) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    if (f != null) {
      f.date(year, month, day);
    }
    return true;
  }

  /** The commonest shape, {@code 2024-01-12T03:04:05}, by its columns; -1 for all others. */
  private static int columns(byte[] b, int from, int to, @Nullable TimestampFields f) {
    if (to - from < 19
        || b[from + 4] != '-'
        || b[from + 7] != '-'
        || b[from + 13] != ':'
        || b[from + 16] != ':'
        || (b[from + 10] != 'T' && b[from + 10] != ' ')
        || (to - from > 19 && isDigit(b[from + 19]))) {
      return -1;
    }
    int year = two(b, from) * 100 + two(b, from + 2);
    int month = two(b, from + 5);
    int day = two(b, from + 8);
    int hour = two(b, from + 11);
    int minute = two(b, from + 14);
    int second = two(b, from + 17);
    if ((year | hour | minute | second) < 0 || !date(year, month, day, f)) {
      return -1;
    }
    return ClockScanner.zone(
        b, ClockScanner.behindSeconds(b, from + 19, to, hour, minute, second, true, f), to, f);
  }

  /** The value of two digits; when they are none, so far below zero that no sum makes up for it. */
  private static int two(byte[] b, int p) {
    int tens = b[p] - '0';
    int ones = b[p + 1] - '0';
    return (tens | ones) < 0 || tens > 9 || ones > 9 ? -1_000_000 : 10 * tens + ones;
  }

  private static int digits(
      byte[] b, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int end = skipDigits(b, from, Math.min(to, from + 20));
    int next = end < to ? b[end] : 0;
    return switch (end - from) {
      case 1, 2 ->
          next == ':'
              ? ClockScanner.time(b, from, to, false, f)
              : end + 1 < to ? smallFirst(b, from, end, to, timed, f) : -1;
      case 4 -> next == '-' || next == '/' || next == '.' ? yearFirst(b, from, to, timed, f) : -1;
      case 6 -> sixDigits(b, from, to, f);
      case 8 -> eightDigits(b, from, to, timed, f);
      case 14, 17 -> packed(b, from, end, to, f);
      default -> -1;
    };
  }

  private static int yearFirst(
      byte[] b, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int separator = b[from + 4];
    int monthEnd = skipDigits(b, from + 5, Math.min(to, from + 8));
    if (monthEnd >= to || b[monthEnd] != separator) {
      return -1;
    }
    int dayEnd = skipDigits(b, monthEnd + 1, Math.min(to, monthEnd + 4));
    int month = number(b, from + 5, monthEnd);
    int day = number(b, monthEnd + 1, dayEnd);
    return date(number(b, from, from + 4), month, day, f)
        ? timeAfterDate(b, dayEnd, to, timed, f)
        : -1;
  }

  /** {@code 081109 203615}, {@code 081109 20:36:15}. */
  private static int sixDigits(byte[] b, int from, int to, @Nullable TimestampFields f) {
    if (from + 13 > to || b[from + 6] != ' ') {
      return -1;
    }
    int year = 2000 + number(b, from, from + 2);
    if (!date(year, number(b, from + 2, from + 4), number(b, from + 4, from + 6), f)) {
      return -1;
    }
    int p = Ascii.skipBlanks(b, from + 6, to);
    return skipDigits(b, p, Math.min(to, p + 7)) == p + 6
        ? ClockScanner.packed(b, p, to, f)
        : ClockScanner.time(b, p, to, true, f);
  }

  /** {@code 20171223-22:15:29:606}, {@code 20240112T030405Z}. */
  private static int eightDigits(
      byte[] b, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int year = number(b, from, from + 4);
    if (year < 1970
        || year > 2200
        || !date(year, number(b, from + 4, from + 6), number(b, from + 6, from + 8), f)) {
      return -1;
    }
    int p = from + 8;
    if (p + 6 < to && joiner(b[p]) && skipDigits(b, p + 1, Math.min(to, p + 8)) == p + 7) {
      return ClockScanner.zone(b, ClockScanner.packed(b, p + 1, to, f), to, f);
    }
    return timeAfterDate(b, p, to, timed, f);
  }

  /** {@code 20240112030405}, and the same with milliseconds. */
  private static int packed(byte[] b, int from, int end, int to, @Nullable TimestampFields f) {
    int year = number(b, from, from + 4);
    if (year < 1970
        || year > 2100
        || !date(year, number(b, from + 4, from + 6), number(b, from + 6, from + 8), f)) {
      return -1;
    }
    int p = ClockScanner.packed(b, from + 8, to, f);
    if (p < 0 || end - from == 14) {
      return ClockScanner.zone(b, p, to, f);
    }
    if (f != null) {
      f.nano = number(b, from + 14, end) * 1_000_000;
    }
    return ClockScanner.zone(b, end, to, f);
  }

  /** A day, a month or a two-digit year comes first. */
  private static int smallFirst(
      byte[] b, int from, int end, int to, boolean timed, @Nullable TimestampFields f) {
    int separator = b[end];
    int first = number(b, from, end);
    if (isLetter(separator)) {
      return joinedDate(b, first, end, to, timed, f);
    }
    int p = end + 1;
    if (isLetter(b[p]) && (separator == '/' || separator == '-' || separator == ' ')) {
      return dayMonthName(b, first, p, to, timed, f);
    }
    if (separator != '/' && separator != '-' && separator != '.') {
      return -1;
    }
    int secondEnd = skipDigits(b, p, Math.min(to, p + 3));
    int second = number(b, p, secondEnd);
    if (second < 0 || secondEnd - p > 2) {
      return -1;
    }
    if (secondEnd >= to || b[secondEnd] != separator) {
      return withoutYear(b, first, second, secondEnd, to, f);
    }
    int thirdEnd = skipDigits(b, secondEnd + 1, Math.min(to, secondEnd + 6));
    int third = number(b, secondEnd + 1, thirdEnd);
    int width = thirdEnd - secondEnd - 1;
    boolean valid;
    if (width == 4) {
      valid = dayAndMonth(third, first, second, separator == '.' || separator == '-', f);
    } else if (width != 2) {
      return -1;
    } else if (separator == '.' || end - from == 1 || second > 12) {
      valid = dayAndMonth(2000 + third, first, second, separator == '.', f);
    } else {
      valid = date(2000 + first, second, third, f);
    }
    return valid ? timeAfterDate(b, thirdEnd, to, timed, f) : -1;
  }

  private static int withoutYear(
      byte[] b, int first, int second, int p, int to, @Nullable TimestampFields f) {
    return p < to && b[p] == ' ' && dayAndMonth(UNKNOWN, first, second, false, f)
        ? ClockScanner.time(b, p + 1, to, true, f)
        : -1;
  }

  private static boolean dayAndMonth(
      int year, int first, int second, boolean dayFirst, @Nullable TimestampFields f) {
    boolean swap = dayFirst ? second <= 12 : first > 12;
    return date(year, swap ? second : first, swap ? first : second, f);
  }

  /** {@code 14Jun2024 10:26:24.157}. */
  private static int joinedDate(
      byte[] b, int day, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int month = monthNumber(b, from, to);
    int p = monthEnd(b, from, to, month);
    if (p != from + 3 || skipDigits(b, p, Math.min(to, p + 5)) != p + 4) {
      return -1;
    }
    return date(number(b, p, p + 4), month, day, f) ? timeAfterDate(b, p + 4, to, timed, f) : -1;
  }

  /**
   * {@code 10/Oct/2000:13:55:36 -0700}, {@code 12-Jan-2024 03:04:05.123}, {@code 12 Jan 2024 …}.
   */
  private static int dayMonthName(
      byte[] b, int day, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int month = monthNumber(b, from, to);
    int p = monthEnd(b, from, to, month);
    if (p < 0 || p + 3 > to || (b[p] != '/' && b[p] != '-' && b[p] != ' ')) {
      return -1;
    }
    int yearEnd = skipDigits(b, p + 1, Math.min(to, p + 6));
    int width = yearEnd - p - 1;
    if (width == 2 && yearEnd < to && b[yearEnd] == ':') {
      return date(UNKNOWN, month, day, f) ? ClockScanner.time(b, p + 1, to, true, f) : -1;
    }
    if (width != 2 && width != 4) {
      return -1;
    }
    int year = number(b, p + 1, yearEnd) + (width == 2 ? 2000 : 0);
    return date(year, month, day, f) ? timeAfterDate(b, yearEnd, to, timed, f) : -1;
  }

  /** {@code Dec 10 06:55:46}, {@code Sun Dec 04 04:47:44 2005}, {@code Jan 12, 2024 3:04:05 PM}. */
  private static int named(byte[] b, int from, int to, boolean timed, @Nullable TimestampFields f) {
    int p = from;
    int weekday = indexOfName(b, p, to, WEEKDAYS);
    int weekdayEnd = weekday < 0 ? -1 : nameEnd(b, p, to, WEEKDAY_REST[weekday]);
    if (weekdayEnd >= 0) {
      p = weekdayEnd;
      p = p < to && (b[p] == ',' || b[p] == '.') ? p + 1 : p;
      p = Ascii.skipBlanks(b, p, to);
      if (p < to && isDigit(b[p])) {
        return digits(b, p, to, timed, f);
      }
    }
    int month = monthNumber(b, p, to);
    p = monthEnd(b, p, to, month);
    if (p < 0 || p + 2 >= to) {
      return -1;
    }
    p = Ascii.skipBlanks(b, b[p] == '.' ? p + 1 : p, to);
    int dayEnd = skipDigits(b, p, Math.min(to, p + 3));
    int day = number(b, p, dayEnd);
    if (dayEnd - p > 2) {
      return -1;
    }
    p = dayEnd < to && b[dayEnd] == ',' ? dayEnd + 1 : dayEnd;
    p = Ascii.skipBlanks(b, p, to);
    if (p == dayEnd) {
      return -1;
    }
    int numberEnd = skipDigits(b, p, Math.min(to, p + 5));
    boolean year = numberEnd - p == 4;
    if (!date(year ? number(b, p, numberEnd) : UNKNOWN, month, day, f)) {
      return -1;
    }
    return year
        ? timeAfterDate(b, numberEnd, to, timed, f)
        : trailingYear(b, ClockScanner.clock(b, p, to, true, f), to, f);
  }

  /** A zone, a year behind it, and a zone behind that. */
  private static int trailingYear(byte[] b, int clockEnd, int to, @Nullable TimestampFields f) {
    int end = ClockScanner.zone(b, clockEnd, to, f);
    if (end < 0
        || end + 5 > to
        || b[end] != ' '
        || skipDigits(b, end + 1, Math.min(to, end + 6)) != end + 5) {
      return end;
    }
    int year = number(b, end + 1, end + 5);
    if (year < 1970 || year > 2200) {
      return end;
    }
    if (f != null) {
      f.year = year;
    }
    return end == clockEnd ? ClockScanner.zone(b, end + 5, to, f) : end + 5;
  }

  /** 1 to 12 where the name of a month begins; else 0. */
  static int monthNumber(byte[] b, int from, int to) {
    return indexOfName(b, from, to, MONTHS) + 1;
  }

  /** The end of the name of a month, short or long; -1 when it is part of another word. */
  static int monthEnd(byte[] b, int from, int to, int month) {
    return month == 0 ? -1 : nameEnd(b, from, to, MONTH_REST[month - 1]);
  }

  private static int indexOfName(byte[] b, int from, int to, int[] names) {
    if (from + 3 > to) {
      return -1;
    }
    // Only a letter becomes a lower-case letter by this bit.
    int key =
        ((b[from] & 0xff) << 16 | (b[from + 1] & 0xff) << 8 | (b[from + 2] & 0xff)) | 0x202020;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == key) {
        return i;
      }
    }
    return -1;
  }

  private static int nameEnd(byte[] b, int from, int to, String rest) {
    int end = from + 3;
    if (Ascii.startsWith(b, end, to, rest)) {
      end += rest.length();
    }
    return end < to && isLetter(b[end]) ? -1 : end;
  }

  private static boolean joiner(int c) {
    return c == ' ' || c == 'T' || c == 't' || c == '-' || c == '_' || c == ':' || c == '/';
  }

  /** The end of the time behind a date; without a time -1 if it is asked for, else the date's. */
  private static int timeAfterDate(
      byte[] b, int p, int to, boolean timed, @Nullable TimestampFields f) {
    int time = p;
    if (time < to && b[time] == ',') {
      time++;
    }
    int end = -1;
    if (time + 4 < to && joiner(b[time]) && isDigit(b[time + 1])) {
      end = ClockScanner.time(b, time + 1, to, true, f);
    } else if (time + 5 < to && b[time] == ' ' && (b[time + 1] == ' ' || b[time + 1] == '@')) {
      end = ClockScanner.time(b, Ascii.skipBlanks(b, time + 2, to), to, true, f);
    }
    return end < 0 && !timed ? p : end;
  }

  /**
   * The end of an epoch number that begins at {@code from}: seconds (with a fraction),
   * milliseconds, microseconds or nanoseconds, told apart by their size; -1 for other numbers.
   */
  static int scanEpoch(byte[] b, int from, int to, @Nullable TimestampFields f) {
    int end = skipDigits(b, from, Math.min(to, from + 20));
    long unit =
        switch (end - from) {
          case 9, 10 -> SECOND;
          case 13 -> 1_000_000L;
          case 16 -> 1_000L;
          case 19 -> 1L;
          default -> 0L;
        };
    if (unit == 0) {
      return -1;
    }
    long value = 0;
    for (int p = from; p < end; p++) {
      value = value * 10 + b[p] - '0';
    }
    long second = value / (SECOND / unit);
    if (second < EARLIEST_EPOCH_SECOND || second > LATEST_EPOCH_SECOND) {
      return -1;
    }
    int nano = 0;
    if (end + 1 < to && b[end] == '.' && isDigit(b[end + 1])) {
      int point = end;
      if (unit == SECOND) {
        end = ClockScanner.fractionEnd(b, point, to);
        nano = ClockScanner.nanos(b, point, end);
      } else {
        end = skipDigits(b, end + 1, to);
      }
    }
    if (end < to && (isLetter(b[end]) || b[end] == '.' || b[end] == '-' || b[end] == '_')) {
      return -1;
    }
    if (f != null) {
      f.clear().epochNanos = value * unit + nano;
    }
    return end;
  }
}
