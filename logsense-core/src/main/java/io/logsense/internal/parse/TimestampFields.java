package io.logsense.internal.parse;

import io.logsense.api.event.LogEvent;

/** The fields of one timestamp; reusable. Not thread-safe. */
final class TimestampFields {
  static final int UNKNOWN = -1;
  static final int NO_OFFSET = Integer.MIN_VALUE;

  int year = UNKNOWN;
  int month = UNKNOWN;
  int day = UNKNOWN;
  int hour = UNKNOWN;
  int minute;
  int second;
  int nano;
  int offsetSeconds = NO_OFFSET;
  long epochNanos = LogEvent.NO_TIMESTAMP;

  TimestampFields clear() {
    date(UNKNOWN, UNKNOWN, UNKNOWN);
    time(UNKNOWN, 0, 0, 0);
    offsetSeconds = NO_OFFSET;
    epochNanos = LogEvent.NO_TIMESTAMP;
    return this;
  }

  void date(int newYear, int newMonth, int newDay) {
    year = newYear;
    month = newMonth;
    day = newDay;
  }

  void time(int newHour, int newMinute, int newSecond, int newNano) {
    hour = newHour;
    minute = newMinute;
    second = newSecond;
    nano = newNano;
  }

  /** How much it says: a zone beats a full date, which beats a time of day. */
  int rank() {
    if (epochNanos != LogEvent.NO_TIMESTAMP) {
      return 5;
    }
    int rank = offsetSeconds != NO_OFFSET ? 2 : 0;
    return rank + (year != UNKNOWN ? 2 : 0) + (hour != UNKNOWN ? 2 : 0) + (day > 0 ? 1 : 0);
  }
}
