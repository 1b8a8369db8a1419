package io.logsense;

import io.logsense.api.finding.Check;
import io.logsense.api.finding.Correlation;
import io.logsense.api.finding.Correlation.Link;
import io.logsense.api.group.Group;
import io.logsense.internal.finding.RateTest;
import io.logsense.internal.finding.SharedTraces;
import io.logsense.internal.finding.Ties;
import io.logsense.internal.finding.TimelineBlocks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which problems came together, and which of them began: a pure function of groups.
 *
 * <p>Each two problems are {@linkplain Ties tied} by the traces that they share or by rising at the
 * same times, with a probability p that this is chance. A single tie by time says little: of many
 * groups some rise at the same time as another. So a group and the m others tied to it most are
 * correlated when, of n independent groups that rise or name traces, it is improbable that m or
 * more are tied as closely as the last of them: the tail of a binomial distribution, times all m
 * tried and all groups. Correlated sets that overlap are one. What began first is the group that,
 * on average, has the others after it.
 *
 * <p>Only the {@value #MOST_GROUPS} most relevant problems are looked at: cost grows with the
 * square of their number.
 */
final class Correlations {
  private static final int MOST_GROUPS = 64;

  /** Others that are looked for around one group. */
  private static final int MOST_OTHERS = 8;

  private static final double CHANCE = 0.02;

  private final List<Group> groups;
  private final Ties ties;
  private final int[] set;
  private final double[] probability;

  private Correlations(List<Group> groups, Ties ties) {
    this.groups = groups;
    this.ties = ties;
    set = IntStream.range(0, groups.size()).toArray();
    probability = new double[groups.size()];
    int candidates = (int) IntStream.of(set).filter(ties::isCandidate).count();
    for (int i = 0; i < set.length; i++) {
      join(i, candidates);
    }
  }

  /**
   * The correlations among groups, least probable by chance first.
   *
   * @param groups of one analysis, all of them, most relevant first
   */
  static List<Correlation> of(Collection<Group> groups) {
    List<Group> problems = groups.stream().filter(Problems::isProblem).limit(MOST_GROUPS).toList();
    if (problems.size() < 2) {
      return List.of();
    }
    Ties ties = new Ties(problems, TimelineBlocks.of(groups), SharedTraces.total(groups));
    return new Correlations(problems, ties).found();
  }

  /** Finds the others that one group is correlated with, and joins their sets. */
  private void join(int group, int candidates) {
    List<Integer> others =
        IntStream.range(0, set.length)
            .filter(i -> i != group && ties.probability(group, i) < 1)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> ties.probability(group, i)))
            .limit(MOST_OTHERS)
            .toList();
    double least = 1;
    int members = 0;
    double trials = (double) candidates * Math.min(MOST_OTHERS, candidates - 1);
    for (int m = 1; m <= others.size(); m++) {
      double tie = ties.probability(group, others.get(m - 1));
      double chance = Math.min(1, trials * RateTest.atLeast(m, candidates - 1, tie));
      if (chance <= least) {
        least = chance;
        members = m;
      }
    }
    probability[group] = least;
    if (least <= CHANCE) {
      others.subList(0, members).forEach(other -> unite(group, other));
    }
  }

  private void unite(int one, int other) {
    int from = Math.max(set[one], set[other]);
    int to = Math.min(set[one], set[other]);
    for (int i = 0; i < set.length; i++) {
      set[i] = set[i] == from ? to : set[i];
    }
  }

  private List<Correlation> found() {
    TreeMap<Integer, List<Integer>> sets = new TreeMap<>();
    for (int i = 0; i < set.length; i++) {
      sets.computeIfAbsent(set[i], first -> new ArrayList<>()).add(i);
    }
    return sets.values().stream()
        .filter(members -> members.size() > 1)
        .map(this::correlation)
        .sorted(Comparator.comparingDouble(found -> found.checks().get(0).value()))
        .toList();
  }

  private Correlation correlation(List<Integer> members) {
    List<Integer> order = new ArrayList<>(members);
    order.sort(
        Comparator.<Integer>comparingDouble(i -> -meanLag(i, members))
            .thenComparingLong(i -> groups.get(i).firstSeen())
            .thenComparing(i -> groups.get(i).id()));
    List<Link> links = new ArrayList<>();
    for (int i = 1; i < order.size(); i++) {
      int to = order.get(i);
      int from =
          order.subList(0, i).stream()
              .min(Comparator.comparingDouble(earlier -> ties.probability(earlier, to)))
              .orElseThrow();
      links.add(ties.link(from, to));
    }
    double least = members.stream().mapToDouble(i -> probability[i]).min().orElse(1);
    return new Correlation(
        order.stream().map(groups::get).toList(),
        links,
        List.of(Check.atMost("probability of coming together by chance", least, CHANCE)));
  }

  /** Seconds after a group that the others come, on average. */
  private double meanLag(int group, List<Integer> members) {
    return members.stream()
        .filter(i -> i != group)
        .mapToDouble(i -> ties.lag(group, i))
        .average()
        .orElse(0);
  }
}
