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
 * <p>The time of the stream is that of its newest event, and goes on with the clock while none
 * comes. Events more than a day ahead of the clock have a wrong time: they are counted, but not
 * judged. Used by one thread at a time.
 */
final class LiveFindings implements RateWatch.Listener {
  /** Without groups of an earlier run, all groups are new at first: nothing is said about them. */
  private static final double WARM_UP_MINUTES = 60;

  private static final long DAY = 1440 * Timeline.MINUTE;
  private static final int MOST_VERSIONS = 64;

  private final GroupTable table;
  private final InstantSource clock;
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

  LiveFindings(GroupTable table, Limits limits, InstantSource clock, Consumer<Finding> out) {
    this.table = table;
    this.clock = clock;
    this.out = out;
    this.baselines = new Baselines(this, limits.groups());
    this.rates = baselines.rates();
  }

  Baselines baselines() {
    return baselines;
  }

  /** The first event of a group. */
  void begun(GroupCounter counter) {
    if (!table.isUnknown(counter) || baselines.knew(counter.id())) {
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
      newest = time;
      newestCame = now;
      baselines.seen(time);
      judgeUntil(time);
    }
    if (counter.series() < 0) {
      watch(counter);
    }
    rates.count(counter.series(), time, count);
  }

  private void watch(GroupCounter counter) {
    int series = baselines.series(counter.id());
    counter.series(series);
    while (counters.size() <= series) {
      counters.add(null);
    }
    counters.set(series, counter);
  }

  /** Lets the time of the stream go on with the clock. */
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
    if (version.isEmpty() || (versions.size() >= MOST_VERSIONS && !versions.containsKey(version))) {
      return;
    }
    long all = versions.merge(version, count, Long::sum);
    long mine = counter.inVersion(version);
    // Now and then is enough: whenever the count doubles.
    if (versions.size() == 1 || Long.highestOneBit(mine) == Long.highestOneBit(mine - count)) {
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
    Group group = table.group(counter);
    if (Problems.isProblem(group)) {
      Rules.drift(group, version, time, mine, all, before, allBefore)
          .ifPresent(
              finding -> {
                drifted.add(key);
                out.accept(finding);
              });
    }
  }

  /** The group of a series; null when it had no event in this run. */
  private @Nullable Group group(int series) {
    GroupCounter counter = series < counters.size() ? counters.get(series) : null;
    return counter == null ? null : table.group(counter);
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
