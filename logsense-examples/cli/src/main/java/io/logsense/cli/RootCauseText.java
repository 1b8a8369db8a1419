package io.logsense.cli;

import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.analysis.RootCauseReport.RootCause;

/** A report in a few lines of text. */
final class RootCauseText {
  private final Console console;
  private final Paint paint;

  RootCauseText(Console console) {
    this.console = console;
    paint = new Paint(console.colour());
  }

  void print(RootCauseReport report) {
    console.out().println();
    RootCause cause = report.rootCause();
    if (cause == null) {
      head("No cause named: " + report.inconclusive());
    } else {
      String by = report.mode() == Mode.MODEL ? " by " + report.cost().model() : "";
      head("Likely cause" + by + ", confidence " + percent(cause.confidence()));
      console.out().println("   " + paint.bold(Printable.line(cause.symbol())));
      line("%s:%d-%d".formatted(cause.file(), cause.startLine(), cause.endLine()));
      if (report.mode() == Mode.MODEL) { // the ranking's reasons stand below, with the candidate
        line(cause.reasoning());
      }
    }
    report.evidence().forEach(this::print);
    report.parameters().forEach(one -> line("with " + one.name() + "=" + one.value()));
    report.fixes().forEach(fix -> line("fix: " + fix));
    report.tests().forEach(test -> line("test: " + test));
    print(report.cost());
  }

  private void print(Evidence one) {
    if (!one.quote().isBlank()) {
      String place = one.event().isEmpty() ? "line " + one.line() : "event " + one.event();
      dim("· " + place + ": " + one.quote());
    }
  }

  private void print(Cost cost) {
    if (!cost.model().isEmpty()) {
      String note = cost.note().isEmpty() ? "" : "; " + cost.note();
      dim("%d tokens in, %d out%s".formatted(cost.inputTokens(), cost.outputTokens(), note));
    }
  }

  static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private void head(String text) {
    console.out().println(Printable.fit(Printable.line(text), console.columns()));
  }

  private void line(String text) {
    console.out().println(fitted(text));
  }

  private void dim(String text) {
    console.out().println(paint.dim(fitted(text)));
  }

  private String fitted(String text) {
    return Printable.fit("   " + Printable.line(text), console.columns());
  }
}
