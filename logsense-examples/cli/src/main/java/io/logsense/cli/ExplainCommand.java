package io.logsense.cli;

import io.logsense.api.group.Group;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense explain}: why a group is a group, and why two are two. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says why events are in one group, or why two groups are apart.",
      "Knows the groups of earlier runs of 'logsense analyze'."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "ID", description = "A group's id or the beginning of it.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "A second group to compare with.")
  private @Nullable String second;

  @Option(names = "--in-app", paramLabel = "PACKAGE", split = ",", description = "Your packages.")
  private List<String> inApp = List.of();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (KnownGroups known = KnownGroups.open(console, inApp)) {
      Explanation explanation = new Explanation(console, new FrameJudge(inApp));
      Group group = known.find(first);
      if (second == null) {
        explanation.print(group);
        explanation.history(known.triage().history(group.id()));
      } else {
        Group other = known.find(second);
        explanation.print(group, other, known.clusters().explain(group.id(), other.id()));
      }
    }
    return 0;
  }
}
