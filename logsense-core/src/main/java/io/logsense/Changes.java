package io.logsense;

import io.logsense.api.finding.Change;
import io.logsense.api.finding.ChangeKind;
import io.logsense.api.finding.Check;
import io.logsense.api.group.Group;
import io.logsense.api.template.TemplateMiner;
import io.logsense.internal.finding.Dispersion;
import io.logsense.internal.finding.RateTest;
import io.logsense.internal.finding.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What changed between two samples of events: which groups are new or gone, and which have become a
 * larger or smaller share.
 *
 * <p>Rates are compared per event, on the {@linkplain #scale() scale} by which most groups grew:
 * that twice as much is logged changes nothing, and neither does one group that floods the log.
 * Each group is tested by {@link RateTest}, with the variation that it has within the samples, so a
 * group that comes in bursts needs more to count as changed. A change is {@linkplain
 * Change#isCertain() certain} when it is at least {@value #LEAST_RATIO} times up or down and, by
 * Benjamini and Hochberg ("Controlling the false discovery rate", JRSS B 57, 1995), at most a
 * hundredth of all certain changes are chance. Groups too rare to show any change (Tarone 1990) do
 * not count as tested, so that rare groups hide no others.
 *
 * <p>A group of the first sample is the same as one of the second when they have one id; else when
 * the second one's former ids or variants name the first, or the other way round; else when both
 * are messages of one template text; else when the template of one covers the first message of the
 * other (a miner may have seen too little of one sample to tell what varies). Give both analyses
 * one {@link LogSense.Builder#templateMiner miner}, and the miner to {@link #between(Collection,
 * Collection, TemplateMiner)}, to match also what the miner came to see as one template.
 *
 * <p>Immutable and deterministic. Cost: linear in groups and in the length of their timelines.
 */
public final class Changes {
  /** How many times as often, or as seldom, a group must come. */
  private static final double LEAST_RATIO = 1.5;

  /** The share of chance among what is certain. */
  private static final double FALSE_SHARE = 0.01;

  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::isCertain)
          .reversed()
          .thenComparing(change -> !Problems.isProblem(change.group()))
          .thenComparing(Change::kind)
          .thenComparing(Comparator.comparingDouble(Changes::surplus).reversed())
          .thenComparing(change -> change.group().id());

  private final List<Change> all;
  private final long before;
  private final long after;
  private final double scale;

  /**
   * The changes of pairs.
   *
   * @param usual dispersion of a group
   * @param earlier own dispersion of the groups of the first sample, where it is larger
   */
  private Changes(List<GroupPair> pairs, double usual, Dispersion earlier, Dispersion later) {
    before = pairs.stream().mapToLong(GroupPair::countBefore).sum();
    after = pairs.stream().mapToLong(GroupPair::countAfter).sum();
    Scale found = scale(pairs, usual, (double) after / before);
    scale = found.estimate();
    all = before == 0 || after == 0 ? List.of() : test(pairs, usual, earlier, later, found);
  }

  /** What changed from one sample to another, each with all its groups. */
  public static Changes between(Collection<Group> before, Collection<Group> after) {
    return between(before, after, UnaryOperator.identity());
  }

  /**
   * The same for samples whose messages one miner learned, the second sample's last.
   *
   * @param miner tells which templates of the first sample it has joined since
   */
  public static Changes between(
      Collection<Group> before, Collection<Group> after, TemplateMiner miner) {
    return between(before, after, miner::resolve);
  }

  private static Changes between(
      Collection<Group> before, Collection<Group> after, UnaryOperator<String> resolve) {
    List<GroupPair> pairs = GroupPair.match(before, after, resolve);
    Dispersion earlier = new Dispersion(before);
    Dispersion later = new Dispersion(after);
    return new Changes(pairs, usualDispersion(pairs, earlier, later), earlier, later);
  }

  /**
   * What changed from one version of the software to another.
   *
   * @param groups all groups of one sample, in which both versions ran
   */
  public static Changes betweenVersions(Collection<Group> groups, String before, String after) {
    List<GroupPair> pairs = new ArrayList<>();
    for (Group group : groups) {
      GroupPair pair =
          new GroupPair(
              group,
              group,
              group.versions().getOrDefault(before, 0L),
              group.versions().getOrDefault(after, 0L));
      if (pair.sum() > 0) {
        pairs.add(pair);
      }
    }
    Dispersion whole = new Dispersion(groups);
    // A group's own timeline tells the change itself when one version follows the other.
    Dispersion none = new Dispersion(List.of());
    return new Changes(pairs, usualDispersion(pairs, whole, whole), none, none);
  }

  /** The changes that are no chance, most relevant first: problems before the rest. */
  public List<Change> certain() {
    return all.stream().filter(Change::isCertain).toList();
  }

  /**
   * All groups, the certain changes first, then those that may be chance. Empty when a sample has
   * no events.
   */
  public List<Change> all() {
    return all;
  }

  /** Events of the first sample. */
  public long before() {
    return before;
  }

  /** Events of the second sample. */
  public long after() {
    return after;
  }

  /**
   * By how much most groups grew from the first sample to the second; NaN or infinite when a sample
   * has no events.
   */
  public double scale() {
    return scale;
  }

  /** The dispersion that half of the groups exceed. */
  private static double usualDispersion(
      List<GroupPair> pairs, Dispersion earlier, Dispersion later) {
    double[] known =
        pairs.stream()
            .filter(GroupPair::isInBoth)
            .mapToDouble(
                pair -> Math.max(earlier.of(pair.groupBefore()), later.of(pair.groupAfter())))
            .sorted()
            .toArray();
    return known.length == 0 ? 1 : known[known.length / 2];
  }

  private static Scale scale(List<GroupPair> pairs, double dispersion, double totals) {
    Scale.Builder scale = new Scale.Builder();
    for (GroupPair pair : pairs) {
      if (pair.isInBoth()) {
        scale.add(pair.countBefore(), pair.countAfter(), dispersion);
      }
    }
    return scale.build(totals);
  }

  private static List<Change> test(
      List<GroupPair> pairs, double usual, Dispersion earlier, Dispersion later, Scale scale) {
    RateTest[] tests = new RateTest[pairs.size()];
    double[] probabilities = new double[pairs.size()];
    boolean[] tested = new boolean[pairs.size()];
    for (int i = 0; i < tests.length; i++) {
      GroupPair pair = pairs.get(i);
      double dispersion = Math.max(usual, calmDispersion(pair, scale, earlier, later));
      tests[i] =
          new RateTest(pair.countBefore() / dispersion, pair.countAfter() / dispersion, scale);
      probabilities[i] = tests[i].probability();
      tested[i] = tests[i].leastProbability() <= FALSE_SHARE;
    }
    double[] shares = falseShares(probabilities, tested);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < tests.length; i++) {
      changes.add(change(pairs.get(i), tests[i], shares[i]));
    }
    changes.sort(ORDER);
    return List.copyOf(changes);
  }

  /** The dispersion where the group comes less often: a change itself is no variation. */
  private static double calmDispersion(
      GroupPair pair, Scale scale, Dispersion earlier, Dispersion later) {
    if (!pair.isInBoth()) {
      return 1;
    }
    return pair.countAfter() > scale.estimate() * pair.countBefore()
        ? earlier.of(pair.groupBefore())
        : later.of(pair.groupAfter());
  }

  /**
   * For each test how much of what is at least as improbable would be chance; 1 for what was not
   * tested.
   */
  private static double[] falseShares(double[] probabilities, boolean[] tested) {
    double[] shares = new double[probabilities.length];
    Arrays.fill(shares, 1);
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
    int[] ranked = Arrays.stream(order).mapToInt(i -> i).filter(i -> tested[i]).toArray();
    double least = 1;
    for (int rank = ranked.length; rank > 0; rank--) {
      int i = ranked[rank - 1];
      least = Math.min(least, probabilities[i] * ranked.length / rank);
      shares[i] = least;
    }
    return shares;
  }

  private static Change change(GroupPair pair, RateTest test, double falseShare) {
    Change.Ratio ratio = test.ratio();
    ChangeKind kind =
        pair.countBefore() == 0
            ? ChangeKind.NEW
            : pair.countAfter() == 0
                ? ChangeKind.GONE
                : ratio.estimate() > 1 ? ChangeKind.GROWN : ChangeKind.SHRUNK;
    Check size =
        switch (kind) {
          case NEW -> Check.atMost("events before", 0, 0);
          case GONE -> Check.atMost("events after", 0, 0);
          case GROWN -> Check.atLeast("times as often", ratio.estimate(), LEAST_RATIO);
          case SHRUNK -> Check.atMost("times as often", ratio.estimate(), 1 / LEAST_RATIO);
        };
    return new Change(
        kind,
        kind == ChangeKind.GONE ? pair.groupBefore() : pair.groupAfter(),
        pair.countBefore(),
        pair.countAfter(),
        ratio,
        test.probability(),
        List.of(size, Check.atMost("share of chance among such", falseShare, FALSE_SHARE)));
  }

  /** How many events more or less than without a change, on the scale of the larger count. */
  private static double surplus(Change change) {
    double times = change.ratio().estimate();
    return times > 1
        ? change.after() - change.after() / times
        : change.before() - change.before() * times;
  }
}
