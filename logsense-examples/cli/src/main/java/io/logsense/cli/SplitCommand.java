package io.logsense.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code logsense split}: says that groups are a problem of their own. */
@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    description = {
      "Says that groups are not what their cluster is, for good.",
      "The strict fingerprint of a stack trace leaves its group: later runs count it on its own."
    })
final class SplitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "Groups of earlier runs, or strict fingerprints inside them.")
  private List<String> ids = List.of();

  @Mixin private final Decision decision = new Decision();

  SplitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      List<String> groups = ids.stream().map(known::findVariant).toList();
      decision.take(
          known.clusters().split(groups), new ClusterText(console, known.clusters()), console);
    }
    return 0;
  }
}
