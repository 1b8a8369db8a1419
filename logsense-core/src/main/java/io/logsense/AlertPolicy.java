package io.logsense;

import io.logsense.api.finding.FindingSeverity;
import java.time.Duration;
import java.util.Objects;

/**
 * Which findings people are told of. Immutable.
 *
 * <p>A new group is told of when it is worth it: by default from its tenth event in a day on,
 * because most new groups are seen once or twice and never again. That is once; afterwards it is
 * told of when it has a spike, is back after it was resolved, falls silent or comes with a version.
 * No timer holds back one group because of another. But where more than ten alerts would come
 * within five minutes, which nobody reads, the further ones are collected: until none came for a
 * minute, or for five minutes at most, and then told as one that lists them all.
 */
public final class AlertPolicy {
  private static final AlertPolicy DEFAULTS =
      new AlertPolicy(10, Duration.ofDays(1), FindingSeverity.LOW, 10, Duration.ofMinutes(5));

  private final int events;
  private final Duration within;
  private final FindingSeverity least;
  private final int most;
  private final Duration per;

  private AlertPolicy(int events, Duration within, FindingSeverity least, int most, Duration per) {
    this.events = events;
    this.within = within;
    this.least = least;
    this.most = most;
    this.per = per;
  }

  /** The defaults. */
  public static AlertPolicy defaults() {
    return DEFAULTS;
  }

  /**
   * Tells of a new group once so many events of it came within a duration.
   *
   * @param newEvents 1 to 10,000; 1 for the first one
   */
  public AlertPolicy newWhen(int newEvents, Duration newWithin) {
    if (newEvents < 1 || newEvents > 10_000 || newWithin.isNegative()) {
      throw new IllegalArgumentException(newEvents + " events within " + newWithin);
    }
    return new AlertPolicy(newEvents, newWithin, least, most, per);
  }

  /** Tells only of what is so urgent, or more. */
  public AlertPolicy atLeast(FindingSeverity severity) {
    return new AlertPolicy(events, within, Objects.requireNonNull(severity), most, per);
  }

  /**
   * Collects what is more than so many alerts within a duration, and tells it as one.
   *
   * @param alerts 0 or more
   */
  public AlertPolicy stormFrom(int alerts, Duration duration) {
    if (alerts < 0 || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(alerts + " alerts within " + duration);
    }
    return new AlertPolicy(events, within, least, alerts, duration);
  }

  int events() {
    return events;
  }

  Duration within() {
    return within;
  }

  FindingSeverity least() {
    return least;
  }

  int most() {
    return most;
  }

  Duration per() {
    return per;
  }
}
