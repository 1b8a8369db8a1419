package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.Clusters;
import io.logsense.LogSense;
import io.logsense.Triage;
import io.logsense.analysis.RankingAnalyzer;
import io.logsense.analysis.ServiceCatalogue;
import io.logsense.api.LogSenseException;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.triage.GroupStatus;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logsense analyze}: reads logs and lists the problems in them. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the problems in logs, most relevant first.",
      "",
      "A problem is a group of events at WARN or worse, or with a stack trace. It is NEW when its"
          + " first event lies in the last tenth of the time that the input covers or, with"
          + " --previous or --store, when no earlier run had it."
    })
final class AnalyzeCommand implements Callable<Integer> {
  private static final int DEFAULT_TOP = 20;
  private static final int FOUND = 1;
  private static final int MOST_CAUSES = 20;
  private static final int MOST_CANDIDATES = 30;

  private final Console console;

  @Mixin private final Inputs inputs = new Inputs();

  @Option(names = "--json", description = "All groups as JSON on standard output.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a report as one page.")
  private @Nullable Path html;

  @Option(
      names = "--src",
      paramLabel = "DIR",
      description = "The source code, or a jar with an index of it: the page names likely causes.")
  private @Nullable Path source;

  @Mixin private final IncidentOptions more = new IncidentOptions();

  @Option(
      names = "--assignments",
      paramLabel = "FILE",
      description = "Also write which record belongs to which group, as CSV.")
  private @Nullable Path assignments;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many problems to list (default 20), or groups with --json (default all).")
  private @Nullable Integer top;

  @Option(
      names = "--fail-on",
      paramLabel = "new|spike|any",
      description =
          "Exit with 1 when there is a new problem, one with a spike, or any problem at all.")
  private @Nullable FailOn failOn;

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description = "Groups of an earlier run (see --save): what is not among them is new.")
  private @Nullable Path previous;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Add the groups of this run to FILE, for --previous of a later one.")
  private @Nullable Path save;

  @Option(
      names = "--store",
      paramLabel = "FILE.duckdb|URI",
      description =
          "Keep all events there; what is there already is kept once, and groups that are there"
              + " already are not new.")
  private @Nullable String store;

  @Option(
      names = "--no-state",
      description = "Keep nothing in $LOGSENSE_HOME (~/.logsense) for 'logsense explain'.")
  private boolean noState;

  private @Nullable ServiceCatalogue services;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Inputs.atLeast(1, "--top", top);
    if (previous != null && store != null) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE, "--previous and --store both say what is known");
    }
    services = more.catalogue();
    LogSense.Builder engine = inputs.engine();
    if (previous != null) {
      Inputs.check(previous);
      engine.previous(GroupArchive.at(previous).load());
    }
    try (Connectors.Opened opened = store == null ? null : Connectors.open(store);
        Clusters clusters = clusters();
        Triage triage = triage()) {
      if (opened != null) {
        remember(opened.events(), engine);
      }
      if (clusters != null) {
        engine.clusters(clusters);
      }
      if (triage != null) {
        engine.triage(triage);
      }
      Analysis analysis = analyze(engine);
      inputs.report(analysis, console);
      if (analysis.records() == 0 && !inputs.quiet()) {
        console.complain("nothing to analyse: no records in " + String.join(", ", inputs.names()));
      }
      print(analysis, clusters, triage);
      writeHtml(analysis, clusters, triage, opened);
      keep(analysis.groups());
      return fails(analysis, triage) ? FOUND : inputs.exitCode(analysis);
    }
  }

  /** What is in the store is known; an empty one knows of no earlier run. */
  private static void remember(LogStore history, LogSense.Builder engine) {
    Set<String> known = history.countByGroup(EventQuery.all()).keySet();
    if (!known.isEmpty()) {
      engine.previousIds(known);
    }
    engine.store(history);
  }

  /** The clusters of earlier runs; null when nothing is kept, or they cannot be used now. */
  private @Nullable Clusters clusters() {
    if (noState) {
      return null;
    }
    try {
      return KnownGroups.clusters(console.home(), inputs.inApp());
    } catch (LogSenseException e) {
      console.complain("merges and splits do not count in this run: " + e.getMessage());
      return null;
    }
  }

  /** The status of groups; null when nothing is kept, or it cannot be used now. */
  private @Nullable Triage triage() {
    if (noState) {
      return null;
    }
    try {
      return KnownGroups.triage(console.home());
    } catch (LogSenseException e) {
      console.complain("what is resolved or ignored does not count in this run: " + e.getMessage());
      return null;
    }
  }

  private Analysis analyze(LogSense.Builder engine) throws IOException {
    try (ProgressDisplay progress = ProgressDisplay.on(console, inputs.quiet())) {
      engine.onProgress(progress);
      if (assignments == null) {
        return engine.analyze();
      }
      try (AssignmentsCsv csv = new AssignmentsCsv(assignments)) {
        return engine.onAssignment(csv).analyze();
      }
    }
  }

  private void print(Analysis analysis, @Nullable Clusters clusters, @Nullable Triage triage)
      throws IOException {
    if (json) {
      int most = top == null ? Integer.MAX_VALUE : top;
      JsonReport.write(analysis, clusters, triage, services, most, console.out());
    } else {
      new ProblemTable(console, inputs.names())
          .print(analysis, clusters, triage, top == null ? DEFAULT_TOP : top);
    }
    console.out().flush();
  }

  private void writeHtml(
      Analysis analysis,
      @Nullable Clusters clusters,
      @Nullable Triage triage,
      Connectors.@Nullable Opened opened)
      throws IOException {
    if (html != null) {
      Map<String, RootCauses.Found> causes = Map.of();
      if (source != null) {
        causes = causes(source, analysis.top(MOST_CAUSES), clusters, triage, opened);
      }
      try (Writer out = Files.newBufferedWriter(html, StandardCharsets.UTF_8)) {
        new HtmlReport(inputs.names(), inputs.inApp(), causes, services).write(analysis, out);
      }
      if (!inputs.quiet()) {
        console.complain("report written to " + html);
      }
    }
  }

  private Map<String, RootCauses.Found> causes(
      Path root,
      List<Group> problems,
      @Nullable Clusters clusters,
      @Nullable Triage triage,
      Connectors.@Nullable Opened opened)
      throws IOException {
    DocumentStore shared = opened == null ? null : opened.documents();
    List<DocumentStore> documents = new ArrayList<>(List.of(DocumentFolder.in(console.home())));
    if (shared != null) {
      documents.add(shared);
    }
    Surroundings around =
        new Surroundings(
            services,
            more.deployments(shared),
            opened == null ? eventsAround(problems) : opened.events(),
            clusters == null || triage == null
                ? null
                : new EarlierProblems(clusters, triage, documents));
    Map<String, RootCauses.Found> found = new HashMap<>();
    RootCauses causes = null;
    List<String> revisions = List.of();
    try {
      for (Group group : problems) {
        List<String> wanted = around.revisions(group);
        if (causes == null || !wanted.equals(revisions)) {
          RootCauses next = RootCauses.in(console, root, null, wanted);
          if (causes != null) {
            causes.close();
          }
          causes = next;
          revisions = wanted;
        }
        found.put(group.id(), causes.find(group, MOST_CANDIDATES, new RankingAnalyzer(), around));
      }
    } finally {
      if (causes != null) {
        causes.close();
      }
    }
    return found;
  }

  /** The events around problems, from reading the inputs once more; null where that cannot be. */
  private @Nullable LogStore eventsAround(List<Group> problems) throws IOException {
    if (!inputs.areFiles()) {
      return null;
    }
    EventsAround around = new EventsAround(problems);
    inputs.engine().filter(around::wants).store(around).analyze();
    return around;
  }

  private void keep(List<Group> groups) {
    if (save != null) {
      GroupArchive.at(save).save(groups);
    }
    if (!noState && !groups.isEmpty()) {
      try {
        GroupArchive.keep(console.home(), groups);
      } catch (IOException | RuntimeException e) {
        console.complain(
            "groups not kept for 'logsense explain' (" + e.getMessage() + "); see --no-state");
      }
    }
  }

  private boolean fails(Analysis analysis, @Nullable Triage triage) {
    if (failOn == null) {
      return false;
    }
    return switch (failOn) {
      case ANY ->
          analysis.top(Integer.MAX_VALUE).stream()
              .anyMatch(group -> triage == null || triage.status(group) != GroupStatus.IGNORED);
      case NEW -> has(analysis, FindingKind.NEW);
      case SPIKE -> has(analysis, FindingKind.SPIKE);
    };
  }

  private static boolean has(Analysis analysis, FindingKind kind) {
    return analysis.findings().stream().anyMatch(finding -> finding.kind() == kind);
  }

  /** What makes the command exit with 1. */
  enum FailOn {
    NEW,
    SPIKE,
    ANY
  }
}
