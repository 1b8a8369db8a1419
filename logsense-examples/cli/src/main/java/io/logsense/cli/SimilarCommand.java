package io.logsense.cli;

import io.logsense.api.cluster.GroupMatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense similar}: the groups that mean much the same as one. */
@Command(
    name = "similar",
    mixinStandardHelpOptions = true,
    description = "Lists the groups most like one, best first: score, count, id, title.")
final class SimilarCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "ID", description = "A group of an earlier run.")
  private String id = "";

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many (default ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--json", description = "As JSON on standard output.")
  private boolean json;

  SimilarCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Inputs.atLeast(1, "--top", top);
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      ClusterText text = new ClusterText(console, known.clusters());
      String group = known.find(id).id();
      List<GroupMatch> matches = text.others(group, known.clusters().similar(group, top));
      text.matches(matches, json);
    }
    return 0;
  }
}
