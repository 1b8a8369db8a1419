package io.logsense.cli;

import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.analysis.Snippet;
import java.util.List;

/** A root cause as a part of the report: where, the lines, what speaks for it, what it took. */
final class RootCauseHtml {
  private static final int LINES_AROUND = 4;

  private RootCauseHtml() {}

  static void write(RootCauses.Found found, Html html) {
    RootCauseReport report = found.report();
    RootCause cause = report.rootCause();
    html.raw("<section class=\"cause\"><h3>Likely cause</h3>");
    if (cause == null) {
      html.format("<p>None named: %s</p></section>", report.inconclusive());
      return;
    }
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
        .ifPresent(snippet -> lines(html, snippet));
    items(html, "Evidence", report.evidence().stream().map(RootCauseHtml::words).toList());
    items(
        html,
        "Parameters",
        report.parameters().stream().map(one -> one.name() + " = " + one.value()).toList());
    items(html, "Fixes", report.fixes());
    items(html, "Tests", report.tests());
    html.format("<p class=\"soft\">%s</p></section>", words(report.cost()));
  }

  private static boolean isOf(Snippet snippet, RootCause cause) {
    return snippet.candidate().block().file().equals(cause.file())
        && snippet.candidate().block().symbol().equals(cause.symbol());
  }

  private static void lines(Html html, Snippet snippet) {
    int marked = snippet.candidate().line();
    int first = Math.max(snippet.firstLine(), marked - LINES_AROUND);
    int last = Math.min(snippet.lastLine(), marked + LINES_AROUND);
    if (first > last) {
      return;
    }
    html.raw("<pre class=\"code\">");
    for (int line = first; line <= last; line++) {
      String text = "%5d  %s\n".formatted(line, snippet.lines().get(line - snippet.firstLine()));
      html.format(line == marked ? "<mark>%s</mark>" : "%s", text);
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
