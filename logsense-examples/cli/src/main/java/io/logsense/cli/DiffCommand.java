package io.logsense.cli;

import io.logsense.Analysis;
import io.logsense.Changes;
import io.logsense.Limits;
import io.logsense.LogSense;
import io.logsense.TemplateMiners;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.finding.Change;
import io.logsense.api.finding.ChangeKind;
import io.logsense.api.template.TemplateMiner;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logsense diff}: what changed between two inputs, windows or versions. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "logsense diff [OPTIONS] BEFORE AFTER",
      "logsense diff [OPTIONS] --windows FROM/TO FROM/TO INPUT...",
      "logsense diff [OPTIONS] --versions OLD NEW INPUT..."
    },
    description = {
      "Says which groups are new, gone, grown or shrunk.",
      "",
      "Rates are compared per event, on the scale by which most groups grew; what chance explains is"
          + " left out."
    })
final class DiffCommand implements Callable<Integer> {
  private static final int DEFAULT_TOP = 30;
  private static final int FOUND = 1;

  private final Console console;

  @Mixin private final Inputs inputs = new Inputs();

  @Option(
      names = "--windows",
      arity = "2",
      paramLabel = "FROM/TO",
      converter = TimeWindow.Parser.class,
      description =
          "Compare two windows of the inputs, from FROM until before TO, in UTC:"
              + " 2026-05-01T10:00Z/2026-05-01T11:00Z; either side may be empty.")
  private List<TimeWindow> windows = List.of();

  @Option(
      names = "--versions",
      arity = "2",
      paramLabel = "VERSION",
      description = "Compare two versions of the software that the inputs name.")
  private List<String> versions = List.of();

  @Option(names = "--json", description = "All changes as JSON on standard output.")
  private boolean json;

  @Option(
      names = "--all",
      description = "Also what is seen in one of both only, but too rarely to tell.")
  private boolean all;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many changes (default 30, with --json all).")
  private @Nullable Integer top;

  @Option(
      names = "--fail-on",
      paramLabel = "new|grown|any",
      description = "Exit with 1 when a group is new, is new or grown, or changed at all.")
  private @Nullable FailOn failOn;

  private int exitCode;

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Inputs.atLeast(1, "--top", top);
    Comparison comparison = compare();
    List<Change> shown =
        comparison.changes().all().stream().filter(c -> c.isCertain() || isRare(c)).toList();
    if (json) {
      ChangeJson.write(comparison, shown, top == null ? Integer.MAX_VALUE : top, console.out());
    } else {
      new ChangeTable(console).print(comparison, shown, top == null ? DEFAULT_TOP : top);
    }
    console.out().flush();
    return shown.stream().anyMatch(this::fails) ? FOUND : exitCode;
  }

  private Comparison compare() throws IOException {
    List<String> names = inputs.names();
    if (!windows.isEmpty() && !versions.isEmpty()) {
      throw usage("--windows and --versions exclude each other");
    }
    if (!versions.isEmpty()) {
      Analysis analysis = analyze(inputs.engine());
      Changes changes =
          Changes.betweenVersions(analysis.groups(), versions.get(0), versions.get(1));
      return new Comparison("version " + versions.get(0), "version " + versions.get(1), changes);
    }
    TemplateMiner miner = TemplateMiners.bySignature(Limits.defaults().templates());
    if (windows.isEmpty()) {
      if (names.size() != 2) {
        throw usage(
            names.size() + " inputs; name two, a directory or a pattern for many files each");
      }
      Analysis before = analyze(inputs.engine(names.subList(0, 1)).templateMiner(miner));
      Analysis after = analyze(inputs.engine(names.subList(1, 2)).templateMiner(miner));
      return new Comparison(
          Inputs.name(names.subList(0, 1)),
          Inputs.name(names.subList(1, 2)),
          Changes.between(before.groups(), after.groups(), miner));
    }
    if (names.contains("-")) {
      throw usage("standard input can be read only once; write it to a file for --windows");
    }
    Analysis before = analyze(inputs.engine().templateMiner(miner).filter(windows.get(0)));
    Analysis after = analyze(inputs.engine().templateMiner(miner).filter(windows.get(1)));
    return new Comparison(
        windows.get(0).toString(),
        windows.get(1).toString(),
        Changes.between(before.groups(), after.groups(), miner));
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }

  private Analysis analyze(LogSense.Builder engine) throws IOException {
    try (ProgressDisplay progress = ProgressDisplay.on(console, inputs.quiet())) {
      Analysis analysis = engine.onProgress(progress).analyze();
      inputs.report(analysis, console);
      exitCode = Math.max(exitCode, inputs.exitCode(analysis));
      return analysis;
    }
  }

  private boolean isRare(Change change) {
    return all && (change.kind() == ChangeKind.NEW || change.kind() == ChangeKind.GONE);
  }

  private boolean fails(Change change) {
    if (failOn == null) {
      return false;
    }
    return switch (failOn) {
      case NEW -> change.kind() == ChangeKind.NEW;
      case GROWN -> change.kind() == ChangeKind.NEW || change.kind() == ChangeKind.GROWN;
      case ANY -> true;
    };
  }

  /** What makes the command exit with 1. */
  enum FailOn {
    NEW,
    GROWN,
    ANY
  }

  /** What was compared, in words, and the outcome. */
  record Comparison(String before, String after, Changes changes) {
    /** How many groups are in one of both only, too rarely to tell a change. */
    long rare(ChangeKind kind) {
      return changes.all().stream().filter(c -> !c.isCertain() && c.kind() == kind).count();
    }
  }
}
