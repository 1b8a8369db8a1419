package io.logsense;

import io.logsense.api.anomaly.Judgement;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import io.logsense.internal.finding.Beat;
import io.logsense.internal.finding.RateWatch;
import io.logsense.internal.finding.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is worth knowing about groups while they are being counted: {@link Findings} as it happens.
 *
 * <p>The time of the stream is that of its newest event, which is never ahead of the clock, and
 * goes on with the clock while none comes. What is missing is looked for only while the stream is
 * up to date: a backlog is judged by what it has, not by what is still to be read. Events more than
 * a day ahead of the clock have a wrong time: they are counted, but not judged.
 *
 * <p>Versions are compared within one run. Used by one thread at a time.
 */
final class LiveFindings implements RateWatch.Listener {
  /** Without groups of an earlier run, all groups are new at first: nothing is said about them. */
  private static final double WARM_UP_MINUTES = 60;

  private static final long DAY = 1440 * Timeline.MINUTE;

  /** How far the newest event may be from the clock in a stream that is up to date. */
  private static final long RECENT = 5 * Timeline.MINUTE;

  private static final int MOST_VERSIONS = 64;

  private final GroupTable table;
  private final InstantSource clock;
  private final boolean pushed;
  private final Consumer<Finding> out;
  private final Baselines baselines;
  private final RateWatch rates;

  /** By series: the counter of its group; null while it had no event in this run. */
  private final List<@Nullable GroupCounter> counters = new ArrayList<>();

  /** Events of all groups by version, in the order in which versions were first seen. */
  private final Map<String, Long> versions = new LinkedHashMap<>();

  private final Set<String> drifted = new HashSet<>();
  private long newest = LogEvent.NO_TIMESTAMP;
  private Instant newestCame = Instant.MIN;
  private long judged = Long.MIN_VALUE;

  /**
   * Nothing seen yet.
   *
   * @param out is told what was found
   */
  LiveFindings(GroupTable table, LogSense.Builder config, Consumer<Finding> out) {
    this.table = table;
    this.clock = config.clock;
    this.pushed = config.sources.isEmpty();
    this.out = out;
    this.baselines = Baselines.of(config.baselines, this, config.limits.groups());
    this.rates = baselines.rates();
  }

  Baselines baselines() {
    return baselines;
  }

  /** The first event of a group. */
  void begun(GroupCounter counter) {
    boolean known =
        baselines.knew(counter.id()) || counter.formerIds().stream().anyMatch(baselines::knew);
    watch(counter);
    if (known || !table.isUnknown(counter)) {
      return;
    }
    Check check = Check.atMost("groups of the earlier run with its id", 0, 0);
    if (!table.isCompared()) {
      if (newest == LogEvent.NO_TIMESTAMP) {
        return;
      }
      check =
          Check.atLeast(
              "minutes since the first event of all",
              (newest - baselines.start()) / (double) Timeline.MINUTE,
              WARM_UP_MINUTES);
    }
    if (check.holds()) {
      Group group = table.group(counter);
      if (Problems.isProblem(group)) {
        Rules.isNew(group, check).ifPresent(out);
      }
    }
  }

  /** Events that were counted in a group. */
  void counted(GroupCounter counter, String version, long time, long count) {
    drift(counter, version, time, count);
    if (time == LogEvent.NO_TIMESTAMP) {
      return;
    }
    if (time > newest) {
      Instant now = clock.instant();
      if (time - nanos(now) > DAY) {
        return;
      }
      newest = Math.min(time, nanos(now));
      newestCame = now;
      baselines.seen(newest);
      if (pushed && nanos(now) - newest < RECENT) {
        judgeUntil(newest);
      }
    }
    watch(counter);
    rates.count(counter.series(), time, count);
  }

  private void watch(GroupCounter counter) {
    if (counter.series() >= 0) {
      return;
    }
    int series = baselines.series(counter.id());
    counter.series(series);
    while (counters.size() <= series) {
      counters.add(null);
    }
    counters.set(series, counter);
  }

  /** Judges what there is at the end of a stream. */
  void finish() {
    if (newest != LogEvent.NO_TIMESTAMP) {
      rates.advance(newest + 2 * Timeline.MINUTE);
    }
  }

  /** Lets the time of a stream that is up to date go on with the clock. */
  void tick() {
    if (newest != LogEvent.NO_TIMESTAMP) {
      long passed = nanos(clock.instant()) - nanos(newestCame);
      judgeUntil(newest + Math.max(0, passed));
    }
  }

  private void judgeUntil(long time) {
    long minute = Math.floorDiv(time, Timeline.MINUTE);
    if (minute > judged) {
      judged = minute;
      rates.advance(time);
    }
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  private void drift(GroupCounter counter, String version, long time, long count) {
    if (version.isEmpty()) {
      return;
    }
    if (versions.size() >= MOST_VERSIONS && !versions.containsKey(version)) {
      versions.remove(versions.keySet().iterator().next()); // the oldest one tells least
    }
    long all = versions.merge(version, count, Long::sum);
    long mine = counter.inVersion(version);
    // Now and then is enough: whenever the count doubles.
    if (versions.size() == 1
        || mine < count // the group has had too many versions to tell
        || Long.highestOneBit(mine) == Long.highestOneBit(mine - count)) {
      return;
    }
    long before = 0;
    long allBefore = 0;
    for (Map.Entry<String, Long> entry : versions.entrySet()) {
      if (entry.getKey().equals(version)) {
        break;
      }
      before += counter.inVersion(entry.getKey());
      allBefore += entry.getValue();
    }
    String key = counter.id() + ' ' + version;
    if (allBefore == 0 || drifted.contains(key)) {
      return;
    }
    Group group = table.whole(counter);
    if (Problems.isProblem(group)) {
      Rules.drift(group, version, time, mine, all, before, allBefore)
          .ifPresent(
              finding -> {
                drifted.add(key);
                out.accept(finding);
              });
    }
  }

  /** The group of a series; null when it had no event in this run, or is part of another one. */
  private @Nullable Group group(int series) {
    GroupCounter counter = series < counters.size() ? counters.get(series) : null;
    return counter == null || !table.resolve(counter).equals(counter.id())
        ? null
        : table.whole(counter);
  }

  @Override
  public void spike(int series, long time, long count, Judgement judgement) {
    Group group = group(series);
    if (group != null && Problems.isProblem(group)) {
      Rules.spike(group, time, count, Timeline.MINUTE, judgement).ifPresent(out);
    }
  }

  @Override
  public void silence(int series, long time, Beat.Pause pause) {
    Group group = group(series);
    if (group != null && !Problems.isProblem(group)) {
      Rules.silence(group, time, Timeline.MINUTE, pause).ifPresent(out);
    }
  }
}
