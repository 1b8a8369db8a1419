package io.logsense.cli;

import io.logsense.api.finding.Change;
import io.logsense.api.finding.Change.Ratio;
import io.logsense.api.finding.ChangeKind;
import io.logsense.api.group.Group;
import io.logsense.cli.DiffCommand.Comparison;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of changes for people: two lines each. */
final class ChangeTable {
  private static final int ID = 12;

  /** Columns left of a title: kind, both counts, how many times as often. */
  private static final int FACTS = 6 + 2 * 10 + 8 + 2;

  private final PrintWriter out;
  private final Paint paint;
  private final int columns;

  ChangeTable(Console console) {
    out = console.out();
    paint = new Paint(console.colour());
    columns = console.columns();
  }

  /** Prints the first {@code top} of the changes. */
  void print(Comparison comparison, List<Change> changes, int top) {
    out.println(paint.bold(Printable.fit(headline(comparison), columns)));
    out.println(outcome(comparison, changes));
    out.println();
    if (!changes.isEmpty()) {
      out.println(
          paint.dim("%-6s%10s%10s%8s  %s".formatted("", "before", "after", "times", "group")));
    }
    for (Change change : changes.subList(0, Math.min(top, changes.size()))) {
      row(change);
    }
    footer(comparison, changes, top);
  }

  private String headline(Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%s (%,d events) → %s (%,d events)",
        name(comparison.before()),
        comparison.changes().before(),
        name(comparison.after()),
        comparison.changes().after());
  }

  /** A name that leaves room for another one: its end, where paths differ. */
  private String name(String text) {
    String line = Printable.line(text);
    int room = columns / 2 - 20;
    return line.length() <= room ? line : "…" + line.substring(line.length() - room + 1);
  }

  private static String outcome(Comparison comparison, List<Change> changes) {
    if (comparison.changes().all().isEmpty()) {
      return "nothing to compare";
    }
    long certain = changes.stream().filter(Change::isCertain).count();
    return (certain == 0 ? "no change" : certain + (certain == 1 ? " change" : " changes"))
        + (changes.isEmpty() ? "" : " · most groups ×" + times(comparison.changes().scale()));
  }

  private void row(Change change) {
    Group group = change.group();
    String kind = JsonReport.name(change.kind()).toUpperCase(Locale.ROOT);
    String head =
        String.format(
            Locale.ROOT,
            "%-6s%,10d%,10d%8s  ",
            kind,
            change.before(),
            change.after(),
            times(change.ratio()));
    out.println(
        paint.severity(group.severity(), head)
            + paint.bold(Printable.fit(Printable.line(group.title()), columns - FACTS)));
    out.println(paint.dim(" ".repeat(FACTS) + Printable.fit(facts(change), columns - FACTS)));
  }

  private static String facts(Change change) {
    Group group = change.group();
    List<String> parts = new ArrayList<>();
    parts.add(group.severity().toString());
    if (!change.isCertain()) {
      parts.add("may be chance");
    } else if (change.kind() == ChangeKind.GROWN || change.kind() == ChangeKind.SHRUNK) {
      parts.add("×" + times(change.ratio().low()) + " to ×" + times(change.ratio().high()));
    }
    if (!group.location().isEmpty()) {
      parts.add(Printable.line(ProblemTable.shortLocation(group.location())));
    }
    parts.add(group.id().substring(0, Math.min(ID, group.id().length())));
    return String.join(" · ", parts);
  }

  private static String times(Ratio ratio) {
    return ratio.estimate() == 0 || Double.isInfinite(ratio.estimate())
        ? ""
        : "×" + times(ratio.estimate());
  }

  /** Three digits at most, such as 0.24, 4.2 or 130. */
  private static String times(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private void footer(Comparison comparison, List<Change> changes, int top) {
    if (changes.size() > top) {
      out.println((changes.size() - top) + " more: --top " + changes.size());
    }
    long fresh = comparison.rare(ChangeKind.NEW);
    long gone = comparison.rare(ChangeKind.GONE);
    if (fresh + gone > 0 && changes.stream().allMatch(Change::isCertain)) {
      out.println(
          paint.dim(
              fresh
                  + " seen only after and "
                  + gone
                  + " only before, too rarely to tell a change: --all"));
    }
  }
}
