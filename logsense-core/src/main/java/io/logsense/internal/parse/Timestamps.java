package io.logsense.internal.parse;

import static io.logsense.internal.text.Ascii.isDigit;
import static io.logsense.internal.text.Ascii.isLetter;

import io.logsense.api.event.LogEvent;
import io.logsense.internal.text.Ascii;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Timestamps as loggers write them, read from bytes: {@link #scan} says where one ends and which
 * fields it has, {@link #epochNanos} what instant it means. Neither allocates for zones with a
 * fixed offset.
 *
 * <p>A timestamp without a year means the latest year that does not put it more than one day behind
 * the reference; one without a date means the day of the reference, or the day before if that would
 * put it more than an hour behind the reference. Of {@code 01/02/2024} the first is the month
 * unless it cannot be; of {@code 01.02.2024} it is the day.
 *
 * <p>Instants outside of the years 1678 to 2261 do not fit into nanoseconds and have no timestamp.
 */
final class Timestamps {
  private static final long SECOND = 1_000_000_000L;
  private static final int UNKNOWN = -1;
  private static final int NO_OFFSET = Integer.MIN_VALUE;
  private static final long EARLIEST_EPOCH_SECOND = 631_152_000L;
  private static final long LATEST_EPOCH_SECOND = 4_102_444_800L;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String WEEKDAYS = "montuewedthufrisatsun";
  private static final String[] MONTH_REST = {
    "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"
  };
  private static final String[] WEEKDAY_REST = {
    "day", "sday", "nesday", "rsday", "day", "urday", "day"
  };

  private final ZoneId zone;
  private final TimeContext context;
  private final int fixedOffset;

  Timestamps(TimeContext context) {
    this.context = context;
    this.zone = context.zone();
    this.fixedOffset =
        zone.getRules().isFixedOffset()
            ? zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds()
            : NO_OFFSET;
  }

  /** The fields of one timestamp; reusable. Not thread-safe. */
  static final class Fields {
    int year = UNKNOWN;
    int month = UNKNOWN;
    int day = UNKNOWN;
    int hour = UNKNOWN;
    int minute;
    int second;
    int nano;
    int offsetSeconds = NO_OFFSET;
    long epochNanos = LogEvent.NO_TIMESTAMP;

    Fields clear() {
      year = UNKNOWN;
      month = UNKNOWN;
      day = UNKNOWN;
      hour = UNKNOWN;
      minute = 0;
      second = 0;
      nano = 0;
      offsetSeconds = NO_OFFSET;
      epochNanos = LogEvent.NO_TIMESTAMP;
      return this;
    }

    /** How much it says: a zone beats a full date, which beats a time of day. */
    int rank() {
      if (epochNanos != LogEvent.NO_TIMESTAMP) {
        return 5;
      }
      int rank = offsetSeconds != NO_OFFSET ? 2 : 0;
      return rank + (year != UNKNOWN ? 2 : 0) + (hour != UNKNOWN ? 2 : 0) + (day > 0 ? 1 : 0);
    }

    boolean plausible() {
      return (month == UNKNOWN || (month >= 1 && month <= 12))
          && (day == UNKNOWN || (day >= 1 && day <= 31))
          && hour <= 24
          && minute <= 59
          && second <= 60;
    }
  }

  /** The instant of a text that is a timestamp and nothing else, or an epoch number. */
  long epochNanos(String text) {
    byte[] b = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int from = Ascii.skipBlanks(b, 0, b.length);
    int to = Ascii.trimEnd(b, from, b.length);
    Fields fields = new Fields();
    if (from < to && scan(b, from, to, fields) == to) {
      return epochNanos(fields);
    }
    return scanEpoch(b, from, to, fields) == to ? fields.epochNanos : LogEvent.NO_TIMESTAMP;
  }

  /** The instant that scanned fields mean, in nanoseconds; none when there is no such date. */
  long epochNanos(Fields f) {
    if (f.epochNanos != LogEvent.NO_TIMESTAMP) {
      return f.epochNanos;
    }
    int hour = Math.max(f.hour, 0);
    long secondOfDay = hour * 3600L + f.minute * 60L + Math.min(f.second, 59);
    if (f.month == UNKNOWN) {
      return timeOfDay(f, secondOfDay);
    }
    if (f.year == UNKNOWN) {
      return withoutYear(f, secondOfDay);
    }
    return f.day > lengthOfMonth(f.year, f.month)
        ? LogEvent.NO_TIMESTAMP
        : instant(f, daysFromCivil(f.year, f.month, f.day), secondOfDay);
  }

  private long timeOfDay(Fields f, long secondOfDay) {
    Instant now = context.reference().instant();
    long today = LocalDate.ofInstant(now, zone).toEpochDay();
    long candidate = instant(f, today, secondOfDay);
    long limit = (now.getEpochSecond() + 3600) * SECOND;
    return candidate > limit ? instant(f, today - 1, secondOfDay) : candidate;
  }

  private long withoutYear(Fields f, long secondOfDay) {
    Instant now = context.reference().instant();
    int year = LocalDate.ofInstant(now, zone).getYear() + 1;
    long limit = (now.getEpochSecond() + 86_400) * SECOND;
    // A leap day may be up to eight years back.
    for (int back = 0; back < 10; back++, year--) {
      if (f.day <= lengthOfMonth(year, f.month)) {
        long candidate = instant(f, daysFromCivil(year, f.month, f.day), secondOfDay);
        if (candidate <= limit) {
          return candidate;
        }
      }
    }
    return LogEvent.NO_TIMESTAMP;
  }

  private long instant(Fields f, long epochDay, long secondOfDay) {
    long local = epochDay * 86_400L + secondOfDay;
    long offset = f.offsetSeconds != NO_OFFSET ? f.offsetSeconds : fixedOffset;
    if (offset == NO_OFFSET) {
      LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
      offset = zone.getRules().getOffset(time).getTotalSeconds();
    }
    long seconds = local - offset;
    return Math.abs(seconds) > Long.MAX_VALUE / SECOND - 1
        ? LogEvent.NO_TIMESTAMP
        : seconds * SECOND + f.nano;
  }

  private static int lengthOfMonth(int year, int month) {
    return month == 2
        ? (Year.isLeap(year) ? 29 : 28)
        : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, years 0 and later. */
  private static long daysFromCivil(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  /**
   * The end of the date and time, or time, that begins at {@code from}; -1 when none does. A zone
   * behind it belongs to it.
   */
  static int scan(byte[] b, int from, int to, Fields f) {
    int end = scanAny(b, from, to, f.clear());
    return end >= 0 && f.hour != UNKNOWN ? end : -1;
  }

  /** Like {@link #scan}, and also of a date without a time ({@code 2005.06.03}). */
  static int scanWithDate(byte[] b, int from, int to, Fields f) {
    return scanAny(b, from, to, f.clear());
  }

  private static int scanAny(byte[] b, int from, int to, Fields f) {
    if (from >= to) {
      return -1;
    }
    int end = isDigit(b[from]) ? scanDigits(b, from, to, f) : scanName(b, from, to, f);
    if (end < 0 || !f.plausible() || (end < to && (isDigit(b[end]) || isLetter(b[end])))) {
      return -1;
    }
    return end;
  }

  private static int scanDigits(byte[] b, int from, int to, Fields f) {
    int end = Ascii.skipDigits(b, from, Math.min(to, from + 20));
    int next = end < to ? b[end] : 0;
    return switch (end - from) {
      case 1, 2 ->
          next == ':'
              ? scanTime(b, from, to, f)
              : end + 1 < to ? scanSmallFirst(b, from, end, to, f) : -1;
      case 4 -> next == '-' || next == '/' || next == '.' ? scanYearFirst(b, from, to, f) : -1;
      case 6 -> scanSixDigits(b, from, to, f);
      case 8 -> scanEightDigits(b, from, to, f);
      case 14, 17 -> scanPacked(b, from, end, to, f);
      default -> -1;
    };
  }

  private static int scanYearFirst(byte[] b, int from, int to, Fields f) {
    int separator = b[from + 4];
    int monthEnd = Ascii.skipDigits(b, from + 5, Math.min(to, from + 8));
    if (monthEnd >= to || b[monthEnd] != separator) {
      return -1;
    }
    int dayEnd = Ascii.skipDigits(b, monthEnd + 1, Math.min(to, monthEnd + 4));
    f.year = Ascii.number(b, from, from + 4);
    f.month = Ascii.number(b, from + 5, monthEnd);
    f.day = Ascii.number(b, monthEnd + 1, dayEnd);
    return f.month <= 0 || f.day <= 0 || f.day > 31 ? -1 : timeAfterDate(b, dayEnd, to, f);
  }

  /** {@code 081109 203615}, {@code 081109 20:36:15}. */
  private static int scanSixDigits(byte[] b, int from, int to, Fields f) {
    if (from + 13 > to || b[from + 6] != ' ') {
      return -1;
    }
    f.year = 2000 + Ascii.number(b, from, from + 2);
    f.month = Ascii.number(b, from + 2, from + 4);
    f.day = Ascii.number(b, from + 4, from + 6);
    if (f.month < 1 || f.month > 12 || f.day < 1 || f.day > 31) {
      return -1;
    }
    int p = Ascii.skipBlanks(b, from + 6, to);
    return Ascii.skipDigits(b, p, to) == p + 6 ? packedTime(b, p, to, f) : scanTime(b, p, to, f);
  }

  /** {@code 20171223-22:15:29:606}, {@code 20240112T030405Z}. */
  private static int scanEightDigits(byte[] b, int from, int to, Fields f) {
    f.year = Ascii.number(b, from, from + 4);
    f.month = Ascii.number(b, from + 4, from + 6);
    f.day = Ascii.number(b, from + 6, from + 8);
    if (f.year < 1970 || f.year > 2200 || f.month < 1 || f.month > 12 || f.day < 1) {
      return -1;
    }
    int p = from + 8;
    if (p + 6 < to && Ascii.skipDigits(b, p + 1, to) == p + 7 && joiner(b[p])) {
      return zone(b, packedTime(b, p + 1, to, f), to, f);
    }
    return timeAfterDate(b, p, to, f);
  }

  private static int scanPacked(byte[] b, int from, int end, int to, Fields f) {
    if (scanEightDigits(b, from, from + 8, f) < 0 || f.year > 2100) {
      return -1;
    }
    packedTime(b, from + 8, from + 14, f);
    if (end - from == 17) {
      f.nano = Ascii.number(b, from + 14, end) * 1_000_000;
      return zone(b, end, to, f);
    }
    return zone(b, fraction(b, from + 14, to, f), to, f);
  }

  private static int packedTime(byte[] b, int p, int to, Fields f) {
    f.hour = Ascii.number(b, p, p + 2);
    f.minute = Ascii.number(b, p + 2, p + 4);
    f.second = Ascii.number(b, p + 4, p + 6);
    return fraction(b, p + 6, to, f);
  }

  /** A day, a month or a two-digit year comes first. */
  private static int scanSmallFirst(byte[] b, int from, int end, int to, Fields f) {
    int separator = b[end];
    int first = Ascii.number(b, from, end);
    if (isLetter(separator)) {
      return scanJoinedDate(b, first, end, to, f);
    }
    int p = end + 1;
    if (isLetter(b[p]) && (separator == '/' || separator == '-' || separator == ' ')) {
      return scanDayMonthName(b, first, p, to, f);
    }
    if (separator != '/' && separator != '-' && separator != '.') {
      return -1;
    }
    int secondEnd = Ascii.skipDigits(b, p, Math.min(to, p + 3));
    int second = Ascii.number(b, p, secondEnd);
    if (second < 0 || secondEnd - p > 2) {
      return -1;
    }
    if (secondEnd >= to || b[secondEnd] != separator) {
      return withoutYear(b, first, second, secondEnd, to, f);
    }
    int thirdEnd = Ascii.skipDigits(b, secondEnd + 1, Math.min(to, secondEnd + 6));
    int third = Ascii.number(b, secondEnd + 1, thirdEnd);
    int width = thirdEnd - secondEnd - 1;
    if (width == 4) {
      f.year = third;
      dayAndMonth(first, second, separator == '.' || separator == '-', f);
    } else if (width != 2) {
      return -1;
    } else if (separator == '.' || end - from == 1 || second > 12) {
      f.year = 2000 + third;
      dayAndMonth(first, second, separator == '.', f);
    } else {
      f.year = 2000 + first;
      f.month = second;
      f.day = third;
    }
    return f.month < 1 || f.day < 1 ? -1 : timeAfterDate(b, thirdEnd, to, f);
  }

  private static int withoutYear(byte[] b, int first, int second, int p, int to, Fields f) {
    if (first < 1 || second < 1 || p >= to || b[p] != ' ') {
      return -1;
    }
    dayAndMonth(first, second, false, f);
    int end = scanTime(b, p + 1, to, f);
    return end < 0 ? -1 : end;
  }

  private static void dayAndMonth(int first, int second, boolean dayFirst, Fields f) {
    boolean swap = dayFirst ? second <= 12 : first > 12;
    f.day = swap ? first : second;
    f.month = swap ? second : first;
  }

  /**
   * {@code 10/Oct/2000:13:55:36 -0700}, {@code 12-Jan-2024 03:04:05.123}, {@code 12 Jan 2024 …}.
   */
  /** {@code 14Jun2024 10:26:24.157}. */
  private static int scanJoinedDate(byte[] b, int day, int from, int to, Fields f) {
    int p = month(b, from, to, f);
    if (p != from + 3 || Ascii.skipDigits(b, p, Math.min(to, p + 5)) != p + 4) {
      return -1;
    }
    f.day = day;
    f.year = Ascii.number(b, p, p + 4);
    return timeAfterDate(b, p + 4, to, f);
  }

  private static int scanDayMonthName(byte[] b, int day, int from, int to, Fields f) {
    int p = month(b, from, to, f);
    if (p < 0 || p + 3 > to || (b[p] != '/' && b[p] != '-' && b[p] != ' ')) {
      return -1;
    }
    f.day = day;
    int yearEnd = Ascii.skipDigits(b, p + 1, Math.min(to, p + 6));
    int width = yearEnd - p - 1;
    if (width == 4) {
      f.year = Ascii.number(b, p + 1, yearEnd);
      return timeAfterDate(b, yearEnd, to, f);
    }
    if (width == 2 && yearEnd < to && b[yearEnd] == ':') {
      return scanTime(b, p + 1, to, f);
    }
    if (width == 2) {
      f.year = 2000 + Ascii.number(b, p + 1, yearEnd);
      return timeAfterDate(b, yearEnd, to, f);
    }
    return -1;
  }

  /** {@code Dec 10 06:55:46}, {@code Sun Dec 04 04:47:44 2005}, {@code Jan 12, 2024 3:04:05 PM}. */
  private static int scanName(byte[] b, int from, int to, Fields f) {
    int p = from;
    int weekday = name(b, p, to, WEEKDAYS, WEEKDAY_REST);
    if (weekday >= 0) {
      p = weekday >> 8;
      p = p < to && (b[p] == ',' || b[p] == '.') ? p + 1 : p;
      p = Ascii.skipBlanks(b, p, to);
      if (p < to && isDigit(b[p])) {
        return scanDigits(b, p, to, f);
      }
    }
    p = month(b, p, to, f);
    if (p < 0 || p + 2 >= to) {
      return -1;
    }
    p = Ascii.skipBlanks(b, b[p] == '.' ? p + 1 : p, to);
    int dayEnd = Ascii.skipDigits(b, p, Math.min(to, p + 3));
    f.day = Ascii.number(b, p, dayEnd);
    if (f.day < 1 || dayEnd - p > 2) {
      return -1;
    }
    p = dayEnd < to && b[dayEnd] == ',' ? dayEnd + 1 : dayEnd;
    p = Ascii.skipBlanks(b, p, to);
    if (p == dayEnd) {
      return -1;
    }
    int numberEnd = Ascii.skipDigits(b, p, Math.min(to, p + 5));
    if (numberEnd - p == 4) {
      f.year = Ascii.number(b, p, numberEnd);
      return timeAfterDate(b, numberEnd, to, f);
    }
    return trailingYear(b, scanTime(b, p, to, f), to, f);
  }

  private static int trailingYear(byte[] b, int end, int to, Fields f) {
    if (end < 0 || end + 5 > to || b[end] != ' ' || Ascii.skipDigits(b, end + 1, to) != end + 5) {
      return end;
    }
    int year = Ascii.number(b, end + 1, end + 5);
    if (year < 1970 || year > 2200) {
      return end;
    }
    f.year = year;
    return f.offsetSeconds == NO_OFFSET ? zone(b, end + 5, to, f) : end + 5;
  }

  static int month(byte[] b, int from, int to, Fields f) {
    int found = name(b, from, to, MONTHS, MONTH_REST);
    if (found < 0) {
      return -1;
    }
    f.month = (found & 0xff) + 1;
    return found >> 8;
  }

  /** The end of a name times 256 plus its index, or -1. */
  private static int name(byte[] b, int from, int to, String names, String[] rests) {
    if (from + 3 > to) {
      return -1;
    }
    int x = Ascii.toLower(b[from]);
    int y = Ascii.toLower(b[from + 1]);
    int z = Ascii.toLower(b[from + 2]);
    for (int i = 0; i < rests.length; i++) {
      if (names.charAt(3 * i) == x
          && names.charAt(3 * i + 1) == y
          && names.charAt(3 * i + 2) == z) {
        int end = from + 3;
        if (Ascii.startsWith(b, end, to, rests[i])) {
          end += rests[i].length();
        }
        return end < to && isLetter(b[end]) ? -1 : end << 8 | i;
      }
    }
    return -1;
  }

  private static boolean joiner(int c) {
    return c == ' ' || c == 'T' || c == 't' || c == '-' || c == '_' || c == ':' || c == '/';
  }

  /** The time behind a date, or just the date when none follows. */
  private static int timeAfterDate(byte[] b, int p, int to, Fields f) {
    int time = p;
    if (time < to && b[time] == ',') {
      time++;
    }
    if (time + 4 < to && joiner(b[time]) && isDigit(b[time + 1])) {
      time++;
    } else if (time + 5 < to && b[time] == ' ' && (b[time + 1] == ' ' || b[time + 1] == '@')) {
      time = Ascii.skipBlanks(b, time + 2, to);
    } else {
      return p;
    }
    int end = scanTime(b, time, to, f);
    if (end < 0) {
      f.hour = UNKNOWN;
      return p;
    }
    return end;
  }

  /** Hours, minutes and seconds, what is behind the seconds, a half of the day and a zone. */
  private static int scanTime(byte[] b, int from, int to, Fields f) {
    int hourEnd = Ascii.skipDigits(b, from, Math.min(to, from + 3));
    if (hourEnd == from || hourEnd - from > 2 || hourEnd >= to) {
      return -1;
    }
    int separator = b[hourEnd];
    if (separator != ':' && (separator != '.' || f.month == UNKNOWN)) {
      return -1;
    }
    int minuteEnd = Ascii.skipDigits(b, hourEnd + 1, Math.min(to, hourEnd + 4));
    if (minuteEnd == hourEnd + 1 || minuteEnd - hourEnd > 3) {
      return -1;
    }
    boolean seconds = minuteEnd + 1 < to && b[minuteEnd] == separator && isDigit(b[minuteEnd + 1]);
    if (!seconds && f.month == UNKNOWN) {
      return -1;
    }
    f.hour = Ascii.number(b, from, hourEnd);
    f.minute = Ascii.number(b, hourEnd + 1, minuteEnd);
    int end = minuteEnd;
    if (seconds) {
      end = Ascii.skipDigits(b, minuteEnd + 1, Math.min(to, minuteEnd + 4));
      f.second = Ascii.number(b, minuteEnd + 1, end);
      if (end - minuteEnd > 3 || f.hour > 24 || f.minute > 59 || f.second > 60) {
        return -1;
      }
      end = fraction(b, end, to, f);
    }
    return zone(b, halfOfDay(b, end, to, f), to, f);
  }

  /** A fraction behind a dot or comma, or milliseconds behind a colon. */
  private static int fraction(byte[] b, int p, int to, Fields f) {
    if (p + 1 >= to || !isDigit(b[p + 1]) || (b[p] != '.' && b[p] != ',' && b[p] != ':')) {
      return p;
    }
    int end = Ascii.skipDigits(b, p + 1, Math.min(to, p + 20));
    int width = end - p - 1;
    if (b[p] == ':') {
      if (width > 3) {
        return p;
      }
      f.nano = Ascii.number(b, p + 1, end) * 1_000_000;
      return end;
    }
    int value = Ascii.number(b, p + 1, Math.min(end, p + 10));
    for (int i = width; i < 9; i++) {
      value *= 10;
    }
    f.nano = value;
    return end;
  }

  /** {@code PM} behind a blank; JDK 20 and later write a narrow no-break space there. */
  private static int halfOfDay(byte[] b, int p, int to, Fields f) {
    int q = p;
    if (q + 3 < to && b[q] == (byte) 0xE2 && b[q + 1] == (byte) 0x80 && b[q + 2] == (byte) 0xAF) {
      q += 3;
    } else if (q < to && b[q] == ' ') {
      q++;
    }
    if (q + 2 > to || Ascii.toLower(b[q + 1]) != 'm' || (q + 2 < to && isLetter(b[q + 2]))) {
      return p;
    }
    int half = Ascii.toLower(b[q]);
    if (half != 'a' && half != 'p') {
      return p;
    }
    f.hour = f.hour % 12 + (half == 'p' ? 12 : 0);
    return q + 2;
  }

  /** {@code Z}, {@code +01:00}, { -0700}, { UTC}; a region in brackets behind it is skipped. */
  private static int zone(byte[] b, int p, int to, Fields f) {
    if (p < 0 || p >= to) {
      return p;
    }
    if (b[p] == 'Z' && (p + 1 == to || !isLetter(b[p + 1]))) {
      f.offsetSeconds = 0;
      return region(b, p + 1, to);
    }
    boolean apart = b[p] == ' ';
    int q = apart ? p + 1 : p;
    if (q + 2 < to && (b[q] == '+' || b[q] == '-') && isDigit(b[q + 1]) && isDigit(b[q + 2])) {
      return numericZone(b, p, q, to, apart, f);
    }
    return apart ? namedZone(b, p, to, f) : p;
  }

  /** The end of a zone at {@code p}, as a date pattern says there must be one; -1 without one. */
  static int zoneHere(byte[] b, int p, int to, Fields f) {
    int end = zone(b, p, to, f);
    if (end == p && p > 0) {
      // A name is only looked for behind a blank, which the pattern has already taken.
      end = namedZone(b, p - 1, to, f);
      return end == p - 1 ? -1 : end;
    }
    return end == p ? -1 : end;
  }

  private static int numericZone(byte[] b, int p, int q, int to, boolean apart, Fields f) {
    int hours = Ascii.number(b, q + 1, q + 3);
    int m = q + 3 < to && b[q + 3] == ':' ? q + 4 : q + 3;
    boolean minutes = m + 2 <= to && Ascii.allDigits(b, m, m + 2);
    int end = minutes ? m + 2 : q + 3;
    if ((apart && !minutes) || hours > 18 || (end < to && (isDigit(b[end]) || b[end] == '-'))) {
      return p;
    }
    int seconds = hours * 3600 + (minutes ? Ascii.number(b, m, m + 2) * 60 : 0);
    f.offsetSeconds = b[q] == '-' ? -seconds : seconds;
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

  private static int namedZone(byte[] b, int p, int to, Fields f) {
    int end = p + 1;
    while (end < to && b[end] >= 'A' && b[end] <= 'Z') {
      end++;
    }
    if (end - p < 4 || end - p > 5 || (end < to && b[end] != ' ' && b[end] != ']')) {
      return p;
    }
    int hours =
        switch (Ascii.text(b, p + 1, end)) {
          case "UTC", "GMT" -> 0;
          case "CET" -> 1;
          case "CEST" -> 2;
          case "JST" -> 9;
          case "EDT" -> -4;
          case "EST", "CDT" -> -5;
          case "CST", "MDT" -> -6;
          case "MST", "PDT" -> -7;
          case "PST" -> -8;
          default -> NO_OFFSET;
        };
    if (hours == NO_OFFSET) {
      return p;
    }
    f.offsetSeconds = hours * 3600;
    return end;
  }

  /**
   * The end of an epoch number that begins at {@code from}: seconds (with a fraction),
   * milliseconds, microseconds or nanoseconds, told apart by their size; -1 for other numbers.
   */
  static int scanEpoch(byte[] b, int from, int to, Fields f) {
    int end = Ascii.skipDigits(b, from, Math.min(to, from + 20));
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
    f.clear();
    if (end + 1 < to && b[end] == '.' && isDigit(b[end + 1])) {
      if (unit == SECOND) {
        end = fraction(b, end, to, f);
      } else {
        end = Ascii.skipDigits(b, end + 1, to);
      }
    }
    if (end < to && (isLetter(b[end]) || b[end] == '.' || b[end] == '-' || b[end] == '_')) {
      return -1;
    }
    f.epochNanos = value * unit + f.nano;
    return end;
  }
}
