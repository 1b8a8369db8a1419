package io.logsense;

import static io.logsense.RecipeText.count;
import static io.logsense.RecipeText.duration;

import io.logsense.api.finding.Finding;
import io.logsense.api.group.Durations;
import io.logsense.api.group.Group;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport;
import io.logsense.api.recipe.RecipeReport.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long the statements of databases take, by the durations that messages state, and which time
 * out.
 */
final class SlowQueriesRecipe implements Recipe {
  private static final int MOST_ROWS = 20;
  private static final double HIGH = 0.95;

  @Override
  public String name() {
    return "slow_queries";
  }

  @Override
  public String description() {
    return "How long the statements of databases take, and which time out.";
  }

  @Override
  public RecipeReport run(List<Group> groups, List<Finding> findings) {
    List<Group> about = groups.stream().filter(GroupWords::ofDatabase).toList();
    List<Group> timed =
        about.stream()
            .filter(group -> group.durations().isPresent() && !GroupWords.ofTimeout(group))
            .sorted(
                Comparator.comparingLong((Group group) -> -high(group)).thenComparing(Group::id))
            .toList();
    List<Group> timeouts = about.stream().filter(GroupWords::ofTimeout).toList();
    List<Section> sections = new ArrayList<>();
    if (!timed.isEmpty()) {
      sections.add(
          new Section(
              "Statements, slowest first",
              List.of("events", "p50", "p95", "p99", "max", "statement"),
              timed.stream().limit(MOST_ROWS).map(SlowQueriesRecipe::latency).toList()));
    }
    if (!timeouts.isEmpty()) {
      sections.add(
          new Section(
              "Time-outs",
              List.of("events", "first", "last", "service", "what timed out"),
              timeouts.stream().limit(MOST_ROWS).map(SlowQueriesRecipe::timeout).toList()));
    }
    return new RecipeReport(summary(timed, timeouts), sections);
  }

  private static String summary(List<Group> timed, List<Group> timeouts) {
    long events = timeouts.stream().mapToLong(Group::count).sum();
    String slowest =
        timed.isEmpty()
            ? "No statement states how long it took"
            : "The slowest of "
                + count(timed.size(), "statement")
                + " takes "
                + duration(high(timed.get(0)))
                + " at the 95th percentile";
    return slowest + "; " + count(events, "time-out") + ".";
  }

  private static long high(Group group) {
    return group.durations().map(durations -> durations.quantile(HIGH)).orElse(0L);
  }

  private static List<String> latency(Group group) {
    Durations durations = group.durations().orElseThrow();
    return List.of(
        Long.toString(durations.count()),
        duration(durations.quantile(0.5)),
        duration(durations.quantile(HIGH)),
        duration(durations.quantile(0.99)),
        duration(durations.quantile(1)),
        RecipeText.title(group));
  }

  private static List<String> timeout(Group group) {
    return List.of(
        Long.toString(group.count()),
        RecipeText.time(group.firstSeen()),
        RecipeText.time(group.lastSeen()),
        RecipeText.services(group),
        RecipeText.title(group));
  }
}
