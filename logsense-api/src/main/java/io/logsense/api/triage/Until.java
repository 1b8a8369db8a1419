package io.logsense.api.triage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a group is ignored. Times are those of its events.
 *
 * <p>As a text, which {@link #parse} reads: {@code forever}, {@code 2026-03-01T12:00:00Z}, {@code
 * 100 events}, {@code 10 events in PT1H}, {@code another version}.
 */
public sealed interface Until {
  /** The most events of a {@link Rate}, whose times are kept. */
  int MOST_EVENTS = 10_000;

  /** Until somebody decides otherwise. */
  static Until forever() {
    return new Forever();
  }

  /** Until an event is of that time or later. */
  static Until time(Instant time) {
    return new Time(time);
  }

  /** Until so many more events have come. */
  static Until events(long more) {
    return new Events(more);
  }

  /** Until more than so many events come within a duration. */
  static Until moreThan(int events, Duration within) {
    return new Rate(events, within);
  }

  /** Until an event is of a version in which the group was not seen before it was ignored. */
  static Until anotherVersion() {
    return new AnotherVersion();
  }

  /** See {@link #forever}. */
  record Forever() implements Until {
    @Override
    public String toString() {
      return "forever";
    }
  }

  /** See {@link #time}. */
  record Time(Instant time) implements Until {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** See {@link #events}. */
  record Events(long more) implements Until {
    /** Checks that it is 1 or more. */
    public Events {
      check(more >= 1, "more is " + more + "; it must be at least 1");
    }

    @Override
    public String toString() {
      return more + " events";
    }
  }

  /** See {@link #moreThan}. */
  record Rate(int events, Duration within) implements Until {
    /** Checks the bounds. */
    public Rate {
      check(
          events >= 1 && events <= MOST_EVENTS,
          "events is " + events + "; it must be 1 to " + MOST_EVENTS);
      check(
          !within.isNegative() && !within.isZero() && within.toDays() < 36_500,
          "within is " + within + "; it must be positive, and less than a century");
    }

    @Override
    public String toString() {
      return events + " events in " + within;
    }
  }

  /** See {@link #anotherVersion}. */
  record AnotherVersion() implements Until {
    @Override
    public String toString() {
      return "another version";
    }
  }

  /**
   * Reads what {@code toString} wrote.
   *
   * @throws IllegalArgumentException when it is none of the forms above
   */
  static Until parse(String text) {
    if (text.equals("forever")) {
      return forever();
    }
    if (text.equals("another version")) {
      return anotherVersion();
    }
    try {
      int events = text.indexOf(" events");
      if (events < 0) {
        return time(Instant.parse(text));
      }
      String rest = text.substring(events + " events".length());
      String number = text.substring(0, events);
      if (rest.isEmpty()) {
        return events(Long.parseLong(number));
      }
      if (rest.startsWith(" in ")) {
        return moreThan(Integer.parseInt(number), Duration.parse(rest.substring(4)));
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(problem(text), e);
    }
    throw new IllegalArgumentException(problem(text));
  }

  private static String problem(String text) {
    return "'"
        + text
        + "' is none of: forever, a time as 2026-03-01T12:00:00Z, '100 events',"
        + " '10 events in PT1H', 'another version'";
  }

  private static void check(boolean right, String problem) {
    if (!right) {
      throw new IllegalArgumentException(problem);
    }
  }
}
