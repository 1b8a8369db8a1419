package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;

/**
 * The time that an input covers, in nanoseconds since the epoch, and the shares of it that groups
 * are counted in.
 *
 * @param first time of the first event, or {@link LogEvent#NO_TIMESTAMP} when no event has one
 * @param last time of the last event
 */
record TimeSpan(long first, long last) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  /** The span from the first event of all groups to the last. */
  static TimeSpan of(Collection<Group> groups) {
    long first = Long.MAX_VALUE;
    long last = LogEvent.NO_TIMESTAMP;
    for (Group group : groups) {
      if (group.firstSeen() != LogEvent.NO_TIMESTAMP) {
        first = Math.min(first, group.firstSeen());
        last = Math.max(last, group.lastSeen());
      }
    }
    return last == LogEvent.NO_TIMESTAMP ? new TimeSpan(last, last) : new TimeSpan(first, last);
  }

  boolean isKnown() {
    return last != LogEvent.NO_TIMESTAMP;
  }

  /**
   * The group's events in {@code buckets} equal shares of this span; they sum to the events that
   * have a time. What was counted over an interval is spread over the shares that it covers.
   */
  long[] counts(Group group, int buckets) {
    long[] counts = new long[buckets];
    if (isKnown()) {
      for (Map.Entry<Long, Long> entry : group.timeline().entrySet()) {
        long begin = clamp(entry.getKey(), group);
        long end = clamp(entry.getKey() + group.timelineInterval() - 1, group);
        spread(counts, entry.getValue(), begin - first, Math.max(begin, end) - first);
      }
    }
    return counts;
  }

  /** How many shares, at most {@code most}, whose length is a multiple of the groups' intervals. */
  int evenShares(Collection<Group> groups, int most) {
    long interval = groups.stream().mapToLong(Group::timelineInterval).min().orElse(1);
    long intervals = (last - first) / interval + 1;
    long perShare = (intervals + most - 1) / most;
    return (int) Math.max(1, (intervals + perShare - 1) / perShare);
  }

  private static long clamp(long time, Group group) {
    return Math.max(group.firstSeen(), Math.min(group.lastSeen(), time));
  }

  private void spread(long[] counts, long events, long begin, long end) {
    double share = (last - first + 1.0) / counts.length;
    int to = bucket(end, share, counts.length);
    long placed = 0;
    for (int i = bucket(begin, share, counts.length); i <= to; i++) {
      double covered = (share * (i + 1) - begin) / (end - begin + 1.0);
      long upTo = i == to ? events : Math.min(events, Math.round(events * covered));
      counts[i] += upTo - placed;
      placed = upTo;
    }
  }

  private static int bucket(long offset, double share, int buckets) {
    return (int) Math.max(0, Math.min(buckets - 1, offset / share));
  }

  /** The span in words, UTC: {@code 10:02–11:47}, with days where it covers more than one. */
  String words() {
    if (!isKnown()) {
      return "no times";
    }
    String firstDay = DAY.format(utc(first));
    return firstDay.equals(DAY.format(utc(last)))
        ? firstDay + " " + CLOCK.format(utc(first)) + "–" + CLOCK.format(utc(last))
        : firstDay + " " + CLOCK.format(utc(first)) + " – " + MINUTE.format(utc(last));
  }

  /**
   * How long before the end of the span {@code time} lies: {@code 12s}, {@code 3m}, {@code 2h05m}.
   */
  String beforeEnd(long time) {
    return time == LogEvent.NO_TIMESTAMP ? "-" : words(Duration.ofNanos(last - time));
  }

  /** A duration in at most two units. */
  static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return seconds / 60 + "m";
    } else if (seconds < 172_800) {
      return "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return seconds / 86_400 + "d";
  }

  /** Day, hour and minute in UTC, such as {@code 11-20 10:02}; a dash when unknown. */
  static String clock(long time) {
    return time == LogEvent.NO_TIMESTAMP ? "–" : MINUTE.format(utc(time));
  }

  /** The time as ISO 8601 in UTC. */
  static String iso(long time) {
    return instant(time).toString();
  }

  static java.time.ZonedDateTime utc(long time) {
    return instant(time).atZone(ZoneOffset.UTC);
  }

  private static Instant instant(long time) {
    return Instant.ofEpochSecond(
        Math.floorDiv(time, 1_000_000_000L), Math.floorMod(time, 1_000_000_000L));
  }
}
