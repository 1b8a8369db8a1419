package io.logsense;

import io.logsense.api.anomaly.Judgement;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Expectation;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import io.logsense.internal.finding.Beat;
import io.logsense.internal.finding.RateWatch;
import io.logsense.internal.finding.Rules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What is worth knowing about groups that were counted to the end: a pure function of them.
 *
 * <p>Problems are new, spike and drift to a version; what is no problem can fall silent. Each group
 * is judged by its own timeline, with {@link Detectors#standard()}.
 */
public final class Findings {
  /** Most urgent first, then by time, then by group. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .reversed()
          .thenComparingLong(Finding::time)
          .thenComparing(finding -> finding.group().id())
          .thenComparing(Finding::kind);

  private static final double RECENT = 0.9;
  private static final long DAY = 1440 * Timeline.MINUTE;

  private final List<Finding> found = new ArrayList<>();
  private final long start;
  private final long end;

  private Findings(Collection<Group> groups) {
    long[] lasts =
        groups.stream().mapToLong(Group::lastSeen).filter(Findings::isTime).sorted().toArray();
    start = groups.stream().mapToLong(Group::firstSeen).filter(Findings::isTime).min().orElse(0);
    end = end(start, lasts);
  }

  private static boolean isTime(long epochNanos) {
    return epochNanos != LogEvent.NO_TIMESTAMP;
  }

  /**
   * The newest time; one beyond a gap longer than all the time before is taken for a wrong clock.
   */
  static long end(long start, long[] lasts) {
    int i = lasts.length - 1;
    while (i > 0
        && (double) lasts[i] - lasts[i - 1] > DAY
        && (double) lasts[i] - lasts[i - 1] > (double) lasts[i - 1] - start) {
      i--;
    }
    return i < 0 ? start : lasts[i];
  }

  /** The end of the time that groups cover. */
  static long end(Collection<Group> groups) {
    return new Findings(groups).end;
  }

  /**
   * The findings in groups, most urgent first.
   *
   * @param groups of one analysis, all of them: what is usual follows from the others
   * @param compared whether new groups are new because an earlier run did not have them
   */
  public static List<Finding> of(Collection<Group> groups, boolean compared) {
    Findings findings = new Findings(groups);
    Versions versions = new Versions(groups);
    for (Group group : groups) {
      if (Problems.isProblem(group)) {
        findings.fresh(group, compared);
        versions.drifts(group).forEach(findings.found::add);
      }
      findings.rates(group);
    }
    return findings.found.stream().sorted(ORDER).toList();
  }

  private void fresh(Group group, boolean compared) {
    if (!group.isNew()) {
      return;
    }
    Check check =
        compared
            ? Check.atMost("groups of the earlier run with its id", 0, 0)
            : Check.above(
                "share of the time before it began",
                ((double) group.firstSeen() - start) / ((double) end - start),
                RECENT);
    Rules.isNew(group, check).ifPresent(found::add);
  }

  private void rates(Group group) {
    if (group.timeline().size() < Beat.FEWEST) {
      return;
    }
    long interval = group.timelineInterval();
    boolean problem = Problems.isProblem(group);
    judge(
        group,
        end,
        new RateWatch.Listener() {
          @Override
          public void spike(int series, long time, long count, Judgement judgement) {
            if (problem) {
              Rules.spike(group, time, count, interval, judgement).ifPresent(found::add);
            }
          }

          @Override
          public void silence(int series, long time, Beat.Pause pause) {
            if (!problem) {
              Rules.silence(group, time, interval, pause).ifPresent(found::add);
            }
          }
        });
  }

  private static void judge(Group group, long end, RateWatch.Listener listener) {
    RateWatch watch = new RateWatch(Detectors.standard(), group.timelineInterval(), listener);
    group.timeline().forEach((time, count) -> watch.count(0, time, count));
    watch.advance(end + 2 * group.timelineInterval());
  }

  /**
   * The intervals of a group's timeline from the first to the last with events, and what was to be
   * expected of each: the band behind its findings. Of a pause of more than 1,440 intervals only
   * the end is there.
   */
  public static List<Expectation> expectations(Group group) {
    List<Expectation> expectations = new ArrayList<>();
    judge(
        group,
        group.lastSeen(),
        new RateWatch.Listener() {
          @Override
          public void judged(int series, long start, long count, Judgement judgement) {
            expectations.add(new Expectation(start, count, judgement.low(), judgement.high()));
          }
        });
    return expectations;
  }
}
