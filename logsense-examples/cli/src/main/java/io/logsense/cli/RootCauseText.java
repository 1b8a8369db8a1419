package io.logsense.cli;

import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.event.LogEvent;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A report in a few lines of text. */
final class RootCauseText {
  private static final int MOST_AROUND = 10;
  private static final int SHORT_ID = 12;

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

  /** What is known around the problem, if anything is. */
  void surroundings(RootCauses.Found found) {
    List<String> lines = new ArrayList<>(found.facts());
    ServiceCatalogue.Entry service = found.service();
    if (service != null && !service.owner().isEmpty()) {
      lines.add("Ask " + service.owner() + ".");
    }
    found
        .incident()
        .similar()
        .forEach(
            past -> {
              String outcome = past.outcome().isEmpty() ? "" : ": " + past.outcome();
              lines.add("Like " + shortId(past.group()) + " " + past.title() + outcome);
            });
    section("Known", lines);
    section(
        "Around it",
        found.incident().events().stream()
            .skip(1)
            .limit(MOST_AROUND)
            .map(item -> line(item.event()))
            .toList());
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      console.out().println();
      console.out().println(title);
      lines.forEach(this::line);
    }
  }

  private static String shortId(String id) {
    return id.substring(0, Math.min(id.length(), SHORT_ID));
  }

  /** An event in one line: when, how severe, what. */
  static String line(LogEvent event) {
    String time =
        event
            .instant()
            .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19) + " ")
            .orElse("");
    return time + event.severity() + " " + event.message();
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
