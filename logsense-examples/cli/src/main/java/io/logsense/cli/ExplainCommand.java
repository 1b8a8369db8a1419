package io.logsense.cli;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
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
    List<Group> known = GroupArchive.in(console.home()).load();
    Explanation explanation = new Explanation(console, new FrameJudge(inApp));
    Group group = find(known, first);
    if (second == null) {
      explanation.print(group);
    } else {
      explanation.print(group, find(known, second));
    }
    return 0;
  }

  private static Group find(List<Group> known, String id) {
    List<Group> hits = known.stream().filter(g -> g.id().startsWith(id)).toList();
    for (Group hit : hits) {
      if (hits.size() == 1 || hit.id().equals(id)) {
        return hit;
      }
    }
    throw new LogSenseException(
        Category.USAGE,
        hits.isEmpty()
            ? "no group '"
                + id
                + "' among the "
                + known.size()
                + " of earlier runs;"
                + " run 'logsense analyze' first"
            : "'" + id + "' is the beginning of " + hits.size() + " ids; write more of it");
  }
}
