package io.logsense.cli;

import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.analysis.Snippet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A root cause as a part of the report: where, the lines, what speaks for it, what it took. */
final class RootCauseHtml {
  private static final int LINES_AROUND = 4;

  private RootCauseHtml() {}

  static void write(RootCauses.Found found, Html html) {
    RootCauseReport report = found.report();
    RootCause cause = report.rootCause();
    html.raw("<section class=\"cause\"><h3>Likely cause</h3>");
    if (cause == null) {
      html.format("<p>None named: %s</p>", report.inconclusive());
    } else {
      cause(found, cause, html);
    }
    surroundings(found, html);
    html.format("<p class=\"soft\">%s</p></section>", words(report.cost()));
  }

  private static void cause(RootCauses.Found found, RootCause cause, Html html) {
    RootCauseReport report = found.report();
    html.format(
        "<p><b>%s</b><br><span class=\"soft\">%s:%s-%s · confidence %s</span></p><p>%s</p>",
        cause.symbol(),
        cause.file(),
        cause.startLine(),
        cause.endLine(),
        RootCauseText.percent(cause.confidence()),
        cause.reasoning());
    found.incident().snippets().stream()
        .filter(snippet -> isOf(snippet, cause))
        .findFirst()
        .ifPresent(snippet -> lines(html, snippet, marked(report, cause, snippet)));
    items(html, "Evidence", report.evidence().stream().map(RootCauseHtml::words).toList());
    items(
        html,
        "Parameters",
        report.parameters().stream().map(one -> one.name() + " = " + one.value()).toList());
    items(html, "Fixes", report.fixes());
    items(html, "Tests", report.tests());
  }

  private static void surroundings(RootCauses.Found found, Html html) {
    Incident incident = found.incident();
    items(html, "Known", found.facts());
    items(
        html,
        "Earlier problems like it",
        incident.similar().stream()
            .map(past -> past.title() + (past.outcome().isEmpty() ? "" : " — " + past.outcome()))
            .toList());
    List<Incident.Event> around = incident.events().subList(1, incident.events().size());
    if (!around.isEmpty()) {
      html.raw("<h4>Around it</h4><pre>");
      around.forEach(item -> html.text(RootCauseText.line(item.event()) + "\n"));
      html.raw("</pre>");
    }
  }

  private static boolean isOf(Snippet snippet, RootCause cause) {
    return snippet.candidate().block().file().equals(cause.file())
        && snippet.candidate().block().symbol().equals(cause.symbol());
  }

  /** The lines to look at: the one that the candidate is about, and those cited as evidence. */
  private static NavigableSet<Integer> marked(
      RootCauseReport report, RootCause cause, Snippet snippet) {
    NavigableSet<Integer> marked = new TreeSet<>();
    marked.add(snippet.candidate().line());
    report.evidence().stream()
        .filter(one -> one.file().equals(cause.file()))
        .map(Evidence::line)
        .filter(line -> line >= snippet.firstLine() && line <= snippet.lastLine())
        .forEach(marked::add);
    return marked;
  }

  private static void lines(Html html, Snippet snippet, NavigableSet<Integer> marked) {
    int first = Math.max(snippet.firstLine(), marked.first() - LINES_AROUND);
    int last = Math.min(snippet.lastLine(), marked.last() + LINES_AROUND);
    if (first > last) {
      return;
    }
    html.raw("<pre class=\"code\">");
    for (int line = first; line <= last; line++) {
      String text = "%5d  %s\n".formatted(line, snippet.lines().get(line - snippet.firstLine()));
      html.format(marked.contains(line) ? "<mark>%s</mark>" : "%s", text);
    }
    html.raw("</pre>");
  }

  private static void items(Html html, String name, List<String> items) {
    if (!items.isEmpty()) {
      html.format("<h4>%s</h4><ul>", name);
      items.forEach(item -> html.format("<li>%s</li>", item));
      html.raw("</ul>");
    }
  }

  private static String words(Evidence one) {
    String place = one.event().isEmpty() ? one.file() + ":" + one.line() : "event " + one.event();
    return one.quote().isBlank() ? place : place + " — " + one.quote();
  }

  private static String words(Cost cost) {
    return cost.model().isEmpty()
        ? "By the ranking of candidates, on this machine alone: no cost."
        : "%s: %d tokens in, %d out. %s"
            .formatted(cost.model(), cost.inputTokens(), cost.outputTokens(), cost.note());
  }
}
