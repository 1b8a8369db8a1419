package io.logsense.analysis;

import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.analysis.RootCauseReport.Cost;
import io.logsense.api.analysis.RootCauseReport.Evidence;
import io.logsense.api.analysis.RootCauseReport.InvolvedParameter;
import io.logsense.api.analysis.RootCauseReport.Mode;
import io.logsense.api.analysis.RootCauseReport.RootCause;
import io.logsense.api.analysis.Snippet;
import io.logsense.api.code.Candidate;
import io.logsense.api.code.CodeBlock;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the best candidate as the root cause, with the reasons of the ranking. Nothing leaves the
 * process. The same incident has the same report.
 */
public final class RankingAnalyzer implements RootCauseAnalyzer {
  private static final int MOST_EVIDENCE = 5;
  private static final int MOST_PARAMETERS = 10;

  @Override
  public RootCauseReport analyze(Incident incident) {
    return analyze(incident, "no model is set up");
  }

  /** The report, with why no model made it. */
  RootCauseReport analyze(Incident incident, String why) {
    Optional<Snippet> best =
        incident.snippets().stream().filter(snippet -> snippet.candidate().score() > 0).findFirst();
    return new RootCauseReport(
        incident.id(),
        Mode.DETERMINISTIC,
        best.map(snippet -> cause(incident, snippet.candidate())).orElse(null),
        best.map(snippet -> evidence(incident, snippet)).orElse(List.of()),
        best.isEmpty() ? List.of() : parameters(incident),
        List.of(),
        List.of(),
        best.isEmpty() ? noCause(incident) : "",
        Cost.none(why));
  }

  private static RootCause cause(Incident incident, Candidate best) {
    CodeBlock block = best.block();
    double all =
        incident.snippets().stream()
            .mapToDouble(snippet -> Math.max(0, snippet.candidate().score()))
            .sum();
    String reasoning =
        best.reasons().stream()
            .filter(reason -> reason.points() > 0)
            .map(Candidate.Reason::words)
            .collect(Collectors.joining("; "));
    return new RootCause(
        block.file(),
        block.symbol(),
        block.startLine(),
        block.endLine(),
        best.score() / all,
        reasoning);
  }

  private static List<Evidence> evidence(Incident incident, Snippet best) {
    List<Evidence> found = new ArrayList<>();
    Candidate candidate = best.candidate();
    int line = candidate.line();
    String quote =
        line >= best.firstLine() && line <= best.lastLine()
            ? best.lines().get(line - best.firstLine()).strip()
            : "";
    found.add(new Evidence("", candidate.block().file(), line, quote));
    Incident.Event first = incident.events().get(0);
    Stream<Incident.Event> around =
        incident.events().stream()
            .skip(1)
            .filter(item -> tells(item.event(), first.event()))
            .sorted(
                Comparator.comparing((Incident.Event item) -> item.event().severity()).reversed());
    Stream.concat(Stream.of(first), around)
        .limit(MOST_EVIDENCE - 1L)
        .forEach(item -> found.add(new Evidence(item.id(), "", 0, item.event().message())));
    return found;
  }

  /** Whether an event around the first one speaks for itself, or is of its trace. */
  private static boolean tells(LogEvent event, LogEvent first) {
    boolean isOfTrace = !first.traceId().isEmpty() && event.traceId().equals(first.traceId());
    return isOfTrace || event.severity().atLeast(Severity.WARN);
  }

  private static List<InvolvedParameter> parameters(Incident incident) {
    Map<String, InvolvedParameter> found = new LinkedHashMap<>();
    for (Incident.Event item : incident.events()) {
      String by = "named by the event " + item.id();
      Parameters.of(item.event(), false)
          .forEach(
              (name, value) -> found.putIfAbsent(name, new InvolvedParameter(name, value, by)));
    }
    return found.values().stream().limit(MOST_PARAMETERS).toList();
  }

  private static String noCause(Incident incident) {
    return incident.events().get(0).event().exception() == null
        ? "No message in the source code is part of this one."
        : "No frame of the trace is in the source code: is it the right tree and version?";
  }
}
