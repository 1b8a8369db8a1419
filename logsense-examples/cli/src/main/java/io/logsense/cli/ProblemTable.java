package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.Clusters;
import io.logsense.Triage;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.triage.GroupStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The list of problems for people: two lines each, laid out for the terminal's width.
 *
 * <p>The first line says what and how often, the second where and since when.
 */
final class ProblemTable {
  private static final int RANK = 3;
  private static final int COUNT = 8;
  private static final int SEEN = 9;
  private static final int SHORT_ID = 12;
  private static final int WIDE = 110;
  private static final int MOST_FINDINGS = 10;

  private final PrintWriter out;
  private final Paint paint;
  private final int columns;
  private final List<String> inputs;

  /** By group shown: how many further ones are the same problem. */
  private final Map<String, Integer> alike = new HashMap<>();

  private final Map<String, GroupStatus> status = new HashMap<>();
  private int ignored;

  ProblemTable(Console console, List<String> inputs) {
    out = console.out();
    paint = new Paint(console.colour());
    columns = console.columns();
    this.inputs = inputs;
  }

  /** Prints the first {@code top} problems, and what to do next. */
  void print(Analysis analysis, @Nullable Clusters clusters, @Nullable Triage triage, int top) {
    List<Group> problems = fold(judge(analysis.top(Integer.MAX_VALUE), triage), clusters);
    TimeSpan span = TimeSpan.of(analysis.groups());
    String headline = headline(analysis, problems, span);
    String whole = Inputs.name(inputs) + headline;
    String fitting =
        Printable.width(whole) <= columns ? whole : Inputs.shortName(inputs) + headline;
    out.println(paint.bold(Printable.fit(fitting, columns)));
    out.println();
    if (!problems.isEmpty()) {
      out.println(paint.dim(header()));
    }
    int rank = 0;
    for (Group problem : problems.subList(0, Math.min(top, problems.size()))) {
      row(++rank, problem, analysis, span);
    }
    findings(analysis);
    new CorrelationList(out, paint, columns).print(analysis.correlations());
    footer(analysis, problems, top, clusters != null, span);
  }

  /** What changed over time; that a problem is new is said in its row. */
  private void findings(Analysis analysis) {
    List<Finding> findings =
        analysis.findings().stream().filter(f -> f.kind() != FindingKind.NEW).toList();
    if (!findings.isEmpty()) {
      out.println();
    }
    for (Finding finding : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
      String when = TimeSpan.clock(finding.time());
      String text = Printable.line(finding.summary());
      out.println(
          paint.dim(Printable.pad(when, RANK + COUNT + 2))
              + Printable.fit(text, columns - RANK - COUNT - 2));
    }
    if (findings.size() > MOST_FINDINGS) {
      out.println((findings.size() - MOST_FINDINGS) + " more findings: --json or --html FILE");
    }
  }

  /** The problems that are not ignored; notes where each stands. */
  private List<Group> judge(List<Group> problems, @Nullable Triage triage) {
    if (triage == null) {
      return problems;
    }
    problems.forEach(problem -> status.put(problem.id(), triage.status(problem)));
    List<Group> open =
        problems.stream().filter(problem -> status(problem) != GroupStatus.IGNORED).toList();
    ignored = problems.size() - open.size();
    return open;
  }

  private GroupStatus status(Group problem) {
    return status.getOrDefault(problem.id(), GroupStatus.NEW);
  }

  /** The first group of each cluster; notes how many follow it. */
  private List<Group> fold(List<Group> problems, @Nullable Clusters clusters) {
    if (clusters == null) {
      return problems;
    }
    Map<String, Group> firsts = new LinkedHashMap<>();
    for (Group problem : problems) {
      Group first = firsts.putIfAbsent(clusters.of(problem.id()).id(), problem);
      if (first != null) {
        alike.merge(first.id(), 1, Integer::sum);
      }
    }
    return List.copyOf(firsts.values());
  }

  private String headline(Analysis analysis, List<Group> problems, TimeSpan span) {
    long fresh = problems.stream().filter(Group::isNew).count();
    TreeSet<String> formats = new TreeSet<>();
    analysis.formats().forEach(format -> formats.add(format.format()));
    List<String> parts = new ArrayList<>();
    parts.add(number(analysis.records(), "record"));
    parts.add(number(problems.size(), "problem") + (fresh > 0 ? " (" + fresh + " new)" : ""));
    if (!formats.isEmpty()) {
      parts.add(String.join(", ", formats));
    }
    parts.add(span.words());
    return " · " + String.join(" · ", parts);
  }

  private String header() {
    return " ".repeat(RANK)
        + "%8s".formatted("count")
        + "  "
        + Printable.pad("problem", titleWidth())
        + "  "
        + Printable.pad("trend", trendWidth())
        + "%9s".formatted("last seen");
  }

  private void row(int rank, Group problem, Analysis analysis, TimeSpan span) {
    String badge =
        status(problem) == GroupStatus.REGRESSED ? "BACK " : problem.isNew() ? "NEW " : "";
    String title = Printable.pad(Printable.line(problem.title()), titleWidth() - badge.length());
    String trend = Sparkline.draw(span.counts(problem, trendWidth()));
    out.println(
        paint.dim("%3d".formatted(rank))
            + paint.bold("%,8d".formatted(problem.count()))
            + "  "
            + paint.badge(badge)
            + paint.bold(title)
            + "  "
            + paint.severity(problem.severity(), trend)
            + "%9s".formatted(span.beforeEnd(problem.lastSeen())));
    String severity = "%8s".formatted(problem.severity());
    String id = shortId(problem, analysis);
    int room = columns - RANK - COUNT - 2 - id.length() - 3;
    out.println(
        " ".repeat(RANK)
            + paint.severity(problem.severity(), severity)
            + "  "
            + paint.dim(Printable.fit(facts(problem, span), room) + " · " + id));
  }

  private String facts(Group problem, TimeSpan span) {
    List<String> parts = new ArrayList<>();
    if (alike.containsKey(problem.id())) {
      parts.add("+" + alike.get(problem.id()) + " alike");
    }
    if (status(problem) != GroupStatus.NEW) {
      parts.add(StatusText.name(status(problem)));
    }
    if (!problem.location().isEmpty()) {
      parts.add(Printable.line(shortLocation(problem.location())));
    }
    if (!problem.services().isEmpty()) {
      parts.add(Printable.line(String.join(", ", problem.services().keySet())));
    }
    if (span.isKnown()) {
      parts.add("first " + span.beforeEnd(problem.firstSeen()));
    }
    return String.join(" · ", parts);
  }

  /** The frame or logger without its packages: {@code Cart.total(Cart.java:17)}. */
  static String shortLocation(String location) {
    int parenthesis = location.indexOf('(');
    String name = parenthesis < 0 ? location : location.substring(0, parenthesis);
    int method = parenthesis < 0 ? name.length() : name.lastIndexOf('.');
    int type = name.lastIndexOf('.', method - 1);
    boolean qualified = type > 0 && name.chars().noneMatch(c -> c == '/' || c == ' ');
    return qualified ? location.substring(type + 1) : location;
  }

  /** The beginning of the id, as long as it takes to be the only one. */
  static String shortId(Group problem, Analysis analysis) {
    String id = problem.id();
    for (int length = SHORT_ID; length < id.length(); length++) {
      String prefix = id.substring(0, length);
      if (analysis.groups().stream().filter(g -> g.id().startsWith(prefix)).count() == 1) {
        return prefix;
      }
    }
    return id;
  }

  private void footer(
      Analysis analysis, List<Group> problems, int top, boolean explainable, TimeSpan span) {
    if (problems.isEmpty()) {
      out.println(
          ignored > 0
              ? "No problems but " + number(ignored, "ignored one") + "."
              : analysis.records() == 0
                  ? "No records."
                  : "No problems: nothing at WARN or worse, and no stack trace.");
      return;
    }
    out.println();
    if (problems.size() > top) {
      out.println((problems.size() - top) + " more: --top " + problems.size());
    }
    if (ignored > 0) {
      out.println(number(ignored, "ignored problem") + " not listed: logsense history");
    }
    if (span.isKnown()) {
      out.println(paint.dim("Times are counted back from the end of the log."));
    }
    if (analysis.deadLetters() > 0) {
      out.println(number(analysis.deadLetters(), "record") + " could not be read as events.");
    }
    if (explainable) {
      out.println("Why a group: logsense explain " + shortId(problems.get(0), analysis));
    }
  }

  private int trendWidth() {
    return columns >= WIDE ? Sparkline.BUCKETS : Sparkline.BUCKETS / 2;
  }

  private int titleWidth() {
    return columns - RANK - COUNT - 2 - 2 - trendWidth() - SEEN;
  }

  private static String number(long n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }
}
