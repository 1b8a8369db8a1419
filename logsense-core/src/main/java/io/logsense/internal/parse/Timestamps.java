package io.logsense.internal.parse;

import static io.logsense.internal.parse.TimestampFields.NO_OFFSET;
import static io.logsense.internal.parse.TimestampFields.UNKNOWN;

import io.logsense.api.event.LogEvent;
import io.logsense.internal.text.Ascii;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What instant the fields of a timestamp mean.
 *
 * <p>A timestamp without a year means the latest year that does not put it more than one day behind
 * the reference; one without a date means the day of the reference, or the day before if that would
 * put it more than an hour behind the reference. Instants outside of the years 1678 to 2261 do not
 * fit into nanoseconds and have no timestamp. Used by many threads.
 */
final class Timestamps {
  private static final long SECOND = 1_000_000_000L;

  private final ZoneId zone;
  private final TimeContext context;
  private final int fixedOffset;
  // Immutable and a pure function of the day, so that it does not matter which thread's is seen.
  private DaysOfYear lastYear = DaysOfYear.of(0);

  /** A year of the calendar, and the days since the epoch from which to which it lasts. */
  private record DaysOfYear(int year, long from, long to) {
    static DaysOfYear of(long day) {
      int year = LocalDate.ofEpochDay(day).getYear();
      return new DaysOfYear(year, daysFromCivil(year, 1, 1), daysFromCivil(year + 1, 1, 1));
    }
  }

  Timestamps(TimeContext context) {
    this.context = context;
    this.zone = context.zone();
    this.fixedOffset =
        zone.getRules().isFixedOffset()
            ? zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds()
            : NO_OFFSET;
  }

  /** The instant of a text that is a timestamp and nothing else, or an epoch number. */
  long epochNanos(String text) {
    byte[] b = Ascii.bytes(text);
    int from = Ascii.skipBlanks(b, 0, b.length);
    int to = Ascii.trimEnd(b, from, b.length);
    TimestampFields fields = new TimestampFields();
    boolean whole =
        (from < to && TimestampScanner.scan(b, from, to, fields) == to)
            || TimestampScanner.scanEpoch(b, from, to, fields) == to;
    return whole ? epochNanos(fields) : LogEvent.NO_TIMESTAMP;
  }

  /** The instant that scanned fields mean, in nanoseconds; none when there is no such date. */
  long epochNanos(TimestampFields f) {
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

  private long timeOfDay(TimestampFields f, long secondOfDay) {
    long now = now();
    long today = localDay(now);
    long candidate = instant(f, today, secondOfDay);
    long limit = (now + 3600) * SECOND;
    return candidate > limit ? instant(f, today - 1, secondOfDay) : candidate;
  }

  private long withoutYear(TimestampFields f, long secondOfDay) {
    long now = now();
    int year = yearOf(localDay(now)) + 1;
    long limit = (now + 86_400) * SECOND;
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

  /** The reference, in seconds since the epoch. */
  private long now() {
    return Math.floorDiv(context.reference().millis(), 1000L);
  }

  private long localDay(long second) {
    int offset =
        fixedOffset == NO_OFFSET
            ? zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds()
            : fixedOffset;
    return Math.floorDiv(second + offset, 86_400L);
  }

  private int yearOf(long day) {
    DaysOfYear year = lastYear;
    if (day < year.from || day >= year.to) {
      year = DaysOfYear.of(day);
      lastYear = year;
    }
    return year.year;
  }

  private long instant(TimestampFields f, long epochDay, long secondOfDay) {
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
}
