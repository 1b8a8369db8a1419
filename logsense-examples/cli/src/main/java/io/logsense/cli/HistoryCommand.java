package io.logsense.cli;

import io.logsense.api.cluster.Correction;
import io.logsense.api.triage.StatusChange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense history}: what was decided, by whom, when and why. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists what was decided about groups, oldest first.")
final class HistoryCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Only decisions about this group and its cluster.")
  private @Nullable String id;

  @Option(names = "--json", description = "One JSON line for each decision.")
  private boolean json;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      ClusterText clusters = new ClusterText(console, known.clusters());
      StatusText states = new StatusText(console);
      String group = id == null ? null : known.find(id).id();
      List<Correction> decisions =
          group == null ? known.clusters().history() : known.clusters().history(group);
      ArrayDeque<StatusChange> changes =
          new ArrayDeque<>(
              group == null ? known.triage().history() : known.triage().history(group));
      if (decisions.isEmpty() && changes.isEmpty() && !json) {
        console.out().println("Nothing was decided yet.");
      }
      for (Correction decision : decisions) {
        while (!changes.isEmpty() && changes.peek().when().isBefore(decision.when())) {
          print(states, changes.remove());
        }
        if (json) {
          clusters.json(decision);
        } else {
          clusters.decision(decision);
        }
      }
      while (!changes.isEmpty()) {
        print(states, changes.remove());
      }
    }
    return 0;
  }

  private void print(StatusText text, StatusChange change) throws IOException {
    if (json) {
      text.json(change);
    } else {
      text.line(change);
    }
  }
}
