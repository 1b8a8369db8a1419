package io.logsense.internal.finding;

import io.logsense.api.finding.Correlation.Link;
import io.logsense.api.group.Group;
import java.util.List;

/** What ties each two of some groups to each other: shared traces, or rises at the same times. */
public final class Ties {
  /** Shorter timelines hold too few shifts to tell what is chance. */
  private static final int FEWEST_INTERVALS = 30;

  private final List<Group> groups;
  private final SharedTraces[][] traces;
  private final Rises.Fit[][] fits;
  private final Rises[] rises;
  private final double intervalSeconds;

  /**
   * The ties of groups.
   *
   * @param groups at least two
   * @param blocks the time that they are compared over
   * @param totalTraces how many traces there are in all groups
   */
  public Ties(List<Group> groups, TimelineBlocks blocks, double totalTraces) {
    this.groups = groups;
    int n = groups.size();
    intervalSeconds = blocks.interval() / 1e9;
    traces = new SharedTraces[n][n];
    fits = new Rises.Fit[n][n];
    rises = new Rises[n];
    for (int i = 0; i < n; i++) {
      rises[i] = Rises.of(blocks.of(groups.get(i)));
    }
    boolean timed = blocks.length() >= FEWEST_INTERVALS;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          traces[i][j] = SharedTraces.of(groups.get(i), groups.get(j), totalTraces);
          fits[i][j] = timed ? rises[i].with(rises[j]) : new Rises.Fit(0, 0, 1);
        }
      }
    }
  }

  /** Whether a group can be tied to another at all: it rises, or is in enough traces. */
  public boolean isCandidate(int i) {
    return !rises[i].isEmpty() || groups.get(i).traces().size() >= SharedTraces.FEWEST;
  }

  /** How likely a tie as close as this is by chance; twice the lesser of both kinds of ties. */
  public double probability(int i, int j) {
    double byTraces = traces[i][j].probability();
    double byTime = fits[i][j].probability();
    return byTraces == 1 || byTime == 1
        ? Math.min(byTraces, byTime)
        : Math.min(1, 2 * Math.min(byTraces, byTime));
  }

  /** Seconds from the first of two groups to the second, by the evidence that is stronger. */
  public double lag(int i, int j) {
    return byTraces(i, j) ? traces[i][j].lag() : fits[i][j].lag() * intervalSeconds;
  }

  /** The tie in words and numbers. */
  public Link link(int i, int j) {
    boolean byTraces = byTraces(i, j);
    return new Link(
        groups.get(i).id(),
        groups.get(j).id(),
        Math.max(0, lag(i, j)),
        byTraces ? traces[i][j].shared() : 0,
        byTraces ? traces[i][j].of() : 0,
        fits[i][j].intervals(),
        probability(i, j));
  }

  private boolean byTraces(int i, int j) {
    return traces[i][j].shared() > 0 && traces[i][j].probability() <= fits[i][j].probability();
  }
}
