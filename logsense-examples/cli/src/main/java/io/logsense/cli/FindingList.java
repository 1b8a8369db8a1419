package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.api.finding.Finding;
import java.util.List;
import java.util.Locale;

/** The findings of an analysis as a card of the report: what happened, to whom, when and why. */
final class FindingList {
  private static final int MOST = 30;
  private static final int MOST_CHARTS = 6;

  private final Analysis analysis;
  private final TimeSpan span;

  FindingList(Analysis analysis, TimeSpan span) {
    this.analysis = analysis;
    this.span = span;
  }

  /** Writes the card; nothing when there is no finding. */
  void write(Html page) {
    List<Finding> findings = analysis.findings();
    if (findings.isEmpty()) {
      return;
    }
    page.raw("<section class=\"card findings\"><h2>What changed</h2><ul>");
    int charts = 0;
    for (Finding finding : findings.subList(0, Math.min(MOST, findings.size()))) {
      row(page, finding);
      if (charts < MOST_CHARTS && span.isKnown() && FindingChart.shows(finding)) {
        charts++;
        page.raw(new FindingChart(finding.group(), List.of(finding), span).svg());
      }
      page.raw("</li>");
    }
    page.raw("</ul>");
    if (findings.size() > MOST) {
      page.format("<p class=\"soft\">%s more, by group below.</p>", findings.size() - MOST);
    }
    page.raw("</section>");
  }

  private void row(Html page, Finding finding) {
    page.format("<li><span class=\"badge %s\">%s</span>", tone(finding), kind(finding));
    page.format(
        "<a class=\"title\" href=\"#%s\">%s</a>", finding.group().id(), finding.group().title());
    page.format("<div class=\"where\">%s", TimeSpan.clock(finding.time()));
    page.text(finding.what().isEmpty() ? "" : " · " + finding.what());
    page.raw(" · because ");
    for (int i = 0; i < finding.checks().size(); i++) {
      page.text((i == 0 ? "" : ", ") + finding.checks().get(i));
    }
    page.raw("</div>");
  }

  /** Such as {@code SPIKE}. */
  static String kind(Finding finding) {
    return finding.kind().name().replace('_', ' ');
  }

  private static String tone(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}
