package io.logsense.internal.triage;

import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the events of a group say that what was decided about it does not hold any more: it was
 * resolved and is back, or was ignored until something that has come.
 *
 * <p>Only events later than the decision count. The first facts that do are kept. Used by one
 * thread at a time.
 */
public final class Comeback {
  private static final double SECOND = 1e9;
  private static final int STEPS = 8;

  private final StatusChange change;
  private final long since;
  private final @Nullable EventWindow window;
  private long events;
  private long counted = Long.MIN_VALUE;
  private long unsaved;
  private long newest = Long.MIN_VALUE;
  private @Nullable Facts facts;

  private record Facts(long time, String version, List<Check> checks) {}

  /**
   * Nothing seen yet, but for what was saved.
   *
   * @param change that resolved or ignored the group
   */
  public Comeback(StatusChange change, TriageBook.Progress saved) {
    this.change = change;
    since = nanos(change.when());
    events = saved.events();
    counted = saved.until();
    window =
        change.until() instanceof Until.Rate rate
            ? new EventWindow(rate.events() + 1, rate.within().toNanos())
            : null;
  }

  /** Nanoseconds since the epoch; at the ends of what these can say, its ends. */
  public static long nanos(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (Math.abs(seconds) > Long.MAX_VALUE / 1_000_000_000L - 1) {
      return seconds < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
    }
    return TimeUnit.SECONDS.toNanos(seconds) + instant.getNano();
  }

  /** What was decided. */
  public StatusChange change() {
    return change;
  }

  /** Whether it does not hold any more. */
  public boolean isMet() {
    return facts != null;
  }

  /** Events of the group; says whether it is they who made it come back. */
  public boolean counted(long time, String version, long times) {
    if (facts != null || time <= since) {
      return false;
    }
    List<Check> checks =
        change.status() == GroupStatus.RESOLVED
            ? resolved(time, version)
            : ignored(time, version, times);
    if (checks.isEmpty() || !checks.stream().allMatch(Check::holds)) {
      return false;
    }
    facts = new Facts(time, version, checks);
    return true;
  }

  private List<Check> resolved(long time, String version) {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.above("seconds after it was resolved", seconds(since, time), 0));
    if (!change.version().isEmpty()) {
      checks.add(inFixed(version));
    }
    return checks;
  }

  private Check inFixed(String version) {
    OptionalInt order = Versions.compare(version, change.version());
    if (order.isPresent()) {
      return Check.atLeast(
          "order of version " + version + " after " + change.version(), order.getAsInt(), 0);
    }
    return unknown("resolved", version);
  }

  /** An event that names no version proves nothing about one. */
  private Check unknown(String decided, String version) {
    boolean known = version.isEmpty() || change.versions().contains(version);
    return Check.atMost(
        "versions named '" + version + "' when it was " + decided, known ? 1 : 0, 0);
  }

  private List<Check> ignored(long time, String version, long times) {
    Until until = change.until();
    if (until instanceof Until.Time at) {
      return List.of(
          Check.atLeast(
              "seconds after the time until which it was ignored",
              seconds(nanos(at.time()), time),
              0));
    }
    if (until instanceof Until.AnotherVersion) {
      return List.of(unknown("ignored", version));
    }
    if (until instanceof Until.Events more) {
      if (time > counted) {
        events += times;
        unsaved += times;
        newest = Math.max(newest, time);
      }
      return List.of(
          Check.atLeast("events since it was ignored", (double) events, (double) more.more()));
    }
    if (until instanceof Until.Rate rate && window != null) {
      return window.add(time, times)
          ? List.of(
              Check.above(
                  "events within " + words(rate.within()), rate.events() + 1, rate.events()))
          : List.of();
    }
    return List.of();
  }

  private static String words(Duration duration) {
    return duration.toString();
  }

  private static double seconds(long from, long to) {
    return ((double) to - (double) from) / SECOND;
  }

  /** Whether enough was counted to be saved: an eighth of what the condition asks for. */
  public boolean isDue() {
    return change.until() instanceof Until.Events more
        && unsaved > 0
        && unsaved >= more.more() / STEPS;
  }

  /** What was counted and not yet saved; from now on it is taken to be. */
  public Optional<TriageBook.Progress> unsaved() {
    if (unsaved == 0) {
      return Optional.empty();
    }
    TriageBook.Progress progress = new TriageBook.Progress(unsaved, newest);
    unsaved = 0;
    return Optional.of(progress);
  }

  /** That the group is back; empty while it is not. */
  public Optional<Finding> finding(Group group) {
    Facts met = facts;
    if (met == null) {
      return Optional.empty();
    }
    Finding.Builder finding =
        Finding.builder(FindingKind.REGRESSION, group)
            .time(met.time)
            .version(met.version)
            .probability(0)
            .observed((double) group.count(), 0, Double.POSITIVE_INFINITY)
            .what(what());
    met.checks.forEach(finding::check);
    return Optional.of(finding.build());
  }

  /** In a few words, what was decided. */
  private String what() {
    if (change.status() == GroupStatus.RESOLVED) {
      return "resolved by "
          + change.who()
          + (change.version().isEmpty() ? "" : ", fixed in " + change.version());
    }
    return "ignored by " + change.who() + " until " + change.until();
  }

  /** Why the status changes, for the history. */
  public String why() {
    Facts met = facts;
    return met == null
        ? ""
        : String.join("; ", met.checks.stream().map(Check::toString).toList())
            + " ("
            + change.id()
            + ")";
  }
}
