package io.logsense.api.finding;

import io.logsense.api.group.Group;
import java.util.List;
import java.util.Locale;

/**
 * Groups that came together: in the same requests, or at the same times.
 *
 * @param groups the groups, two or more, what began first at the head
 * @param links for each group but the first the one before it that it is tied to most
 * @param checks the facts and thresholds that decide
 */
public record Correlation(List<Group> groups, List<Link> links, List<Check> checks) {

  /** Copies the lists. */
  public Correlation {
    groups = List.copyOf(groups);
    links = List.copyOf(links);
    checks = List.copyOf(checks);
  }

  /**
   * What ties one group to another that began before it, or with it.
   *
   * @param from id of the earlier group
   * @param to id of the later group
   * @param lag from the one to the other, in seconds: the median over the traces that both are in,
   *     or else what fits best, to an interval of the timelines
   * @param sharedTraces of the traces looked at, how many both are in
   * @param traces how many traces of the rarer group were looked at, 0 when they name none
   * @param intervals intervals of the timelines in which both rose, {@code lag} apart
   * @param probability of such a tie by chance, in [0, 1]
   */
  public record Link(
      String from,
      String to,
      double lag,
      int sharedTraces,
      int traces,
      int intervals,
      double probability) {

    /** Such as {@code 0.3 s later, 41 of 44 traces}. */
    public String what() {
      String when = lag == 0 ? "together" : String.format(Locale.ROOT, "%.3g s later", lag);
      String evidence =
          sharedTraces > 0
              ? sharedTraces + " of " + traces + " traces"
              : intervals + (intervals == 1 ? " rise" : " rises");
      return when + ", " + evidence;
    }
  }

  /** One line: the titles in order, each with what ties it to one before it. */
  public String summary() {
    StringBuilder text = new StringBuilder(groups.get(0).title());
    for (int i = 0; i < links.size(); i++) {
      text.append(" → ").append(groups.get(i + 1).title());
      text.append(" (").append(links.get(i).what()).append(')');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return summary();
  }
}
