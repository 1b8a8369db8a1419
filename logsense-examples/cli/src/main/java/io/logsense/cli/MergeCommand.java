package io.logsense.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code logsense merge}: says that groups are one problem. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = "Says that groups are one problem, for good; 'logsense undo' takes it back.")
final class MergeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "2..*", paramLabel = "ID", description = "Groups of earlier runs.")
  private List<String> ids = List.of();

  @Mixin private final Decision decision = new Decision();

  MergeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      List<String> groups = ids.stream().map(id -> known.find(id).id()).toList();
      decision.take(
          known.clusters().merge(groups), new ClusterText(console, known.clusters()), console);
    }
    return 0;
  }
}
