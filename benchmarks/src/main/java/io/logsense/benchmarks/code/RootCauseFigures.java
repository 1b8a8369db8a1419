package io.logsense.benchmarks.code;

import io.logsense.benchmarks.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What rankings reach on bugs whose weights came from other projects. */
final class RootCauseFigures {
  private static final double PENALTY = 0.01;
  private static final int[] TOPS = {1, 3, 5, 30};

  private final Map<RankedBug, Integer> heldOut = new LinkedHashMap<>();

  /** Ranks each project with weights that were learned from all others. */
  static RootCauseFigures leaveOneProjectOut(List<RankedBug> bugs) {
    RootCauseFigures figures = new RootCauseFigures();
    byProject(bugs)
        .forEach(
            (project, own) ->
                figures.rank(
                    own, bugs.stream().filter(bug -> !bug.project().equals(project)).toList()));
    return figures;
  }

  /** Ranks bugs with weights that were learned from {@code known} ones. */
  static RootCauseFigures unseen(List<RankedBug> bugs, List<RankedBug> known) {
    RootCauseFigures figures = new RootCauseFigures();
    figures.rank(bugs, known);
    return figures;
  }

  /** Weights for facts, in their order. */
  static double[] learn(List<RankedBug> bugs, List<String> facts) {
    return ListwiseRanker.learn(
        bugs.stream().map(bug -> bug.query(facts)).toList(), facts.size(), PENALTY);
  }

  private void rank(List<RankedBug> bugs, List<RankedBug> known) {
    List<String> facts = RankedBug.facts(known);
    double[] weights = learn(known, facts);
    bugs.forEach(bug -> heldOut.put(bug, bug.place(facts, weights)));
  }

  private static Map<String, List<RankedBug>> byProject(Collection<RankedBug> bugs) {
    Map<String, List<RankedBug>> byProject = new TreeMap<>();
    bugs.forEach(
        bug -> byProject.computeIfAbsent(bug.project(), project -> new ArrayList<>()).add(bug));
    return byProject;
  }

  /**
   * One figure for each length of list.
   *
   * @param seen what the shipped weights are with regard to these bugs
   */
  List<Figure> list(String benchmark, String seen) {
    List<Figure> figures = new ArrayList<>();
    Collection<RankedBug> bugs = heldOut.keySet();
    for (int top : TOPS) {
      figures.add(
          new Figure(
              benchmark,
              top == 30 ? "rca.recall30" : "rca.top" + top,
              "%",
              share(bugs, heldOut::get, top),
              share(bugs, RankedBug::asPrinted, top),
              "frames as printed",
              share(bugs, RankedBug::place, top),
              seen,
              bugs.size() + " bugs, weights from other projects"));
    }
    return figures;
  }

  /** A row for each project: bugs, and hits for each length of list, three ways to rank. */
  String table() {
    StringBuilder table =
        new StringBuilder("project bugs | as printed | shipped | weights from others\n");
    byProject(heldOut.keySet())
        .forEach(
            (project, bugs) ->
                table
                    .append(String.format(Locale.ROOT, "%-16s %3d", project, bugs.size()))
                    .append(hits(bugs, RankedBug::asPrinted))
                    .append(hits(bugs, RankedBug::place))
                    .append(hits(bugs, heldOut::get))
                    .append('\n'));
    return table.toString();
  }

  private static String hits(List<RankedBug> bugs, ToIntFunction<RankedBug> place) {
    StringBuilder hits = new StringBuilder(" |");
    for (int top : TOPS) {
      hits.append(String.format(Locale.ROOT, " %3d", count(bugs, place, top)));
    }
    return hits.toString();
  }

  private static double share(Collection<RankedBug> bugs, ToIntFunction<RankedBug> place, int top) {
    return 100.0 * count(bugs, place, top) / bugs.size();
  }

  private static long count(Collection<RankedBug> bugs, ToIntFunction<RankedBug> place, int top) {
    return bugs.stream().mapToInt(place).filter(number -> number > 0 && number <= top).count();
  }
}
