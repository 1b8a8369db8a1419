package io.logsense.cli;

import io.logsense.api.cluster.Correction;
import java.io.IOException;
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
      ClusterText text = new ClusterText(console, known.clusters());
      List<Correction> decisions =
          id == null ? known.clusters().history() : known.clusters().history(known.find(id).id());
      for (Correction decision : decisions) {
        if (json) {
          text.json(decision);
        } else {
          text.decision(decision);
        }
      }
      if (decisions.isEmpty() && !json) {
        console.out().println("Nothing was decided yet.");
      }
    }
    return 0;
  }
}
