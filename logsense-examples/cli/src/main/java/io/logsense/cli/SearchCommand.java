package io.logsense.cli;

import io.logsense.GroupFilters;
import io.logsense.api.cluster.GroupMatch;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logsense search}: groups by a question in plain words. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Finds groups of earlier runs by what they say or mean, best first.")
final class SearchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
  private List<String> words = List.of();

  @Option(names = "--service", paramLabel = "NAME", description = "Only of this service.")
  private List<String> services = List.of();

  @Option(names = "--environment", paramLabel = "NAME", description = "Only of this environment.")
  private List<String> environments = List.of();

  @Option(names = "--level", paramLabel = "LEVEL", description = "Only of this severity or worse.")
  private @Nullable Severity level;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--json", description = "As JSON on standard output.")
  private boolean json;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Inputs.atLeast(1, "--top", top);
    try (KnownGroups known = KnownGroups.open(console, List.of())) {
      ClusterText text = new ClusterText(console, known.clusters());
      List<GroupMatch> matches = known.clusters().search(String.join(" ", words), filter(), top);
      text.matches(matches, json);
    }
    return 0;
  }

  private Predicate<Group> filter() {
    Predicate<Group> filter = group -> true;
    if (!services.isEmpty()) {
      filter = filter.and(GroupFilters.service(services.toArray(String[]::new)));
    }
    if (!environments.isEmpty()) {
      filter = filter.and(GroupFilters.environment(environments.toArray(String[]::new)));
    }
    return level == null ? filter : filter.and(GroupFilters.atLeast(level));
  }
}
