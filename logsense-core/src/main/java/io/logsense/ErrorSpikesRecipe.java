package io.logsense;

import static io.logsense.RecipeText.count;

import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport;
import io.logsense.api.recipe.RecipeReport.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The errors of authentication, and those of services, that spike, and the most frequent ones. */
final class ErrorSpikesRecipe implements Recipe {
  private static final int MOST_ROWS = 10;

  @Override
  public String name() {
    return "error_spikes";
  }

  @Override
  public String description() {
    return "Which errors of authentication and of services spike, and which are most frequent.";
  }

  @Override
  public RecipeReport run(List<Group> groups, List<Finding> findings) {
    List<Finding> spikes =
        findings.stream().filter(f -> f.kind() == FindingKind.SPIKE && isError(f.group())).toList();
    List<Section> sections = new ArrayList<>();
    Predicate<Group> authentication = GroupWords::ofAuthentication;
    long errors = groups.stream().filter(ErrorSpikesRecipe::isError).mapToLong(Group::count).sum();
    subject("authentication", authentication, groups, spikes, sections);
    subject("services", authentication.negate(), groups, spikes, sections);
    long ofAuthentication = spikes.stream().filter(s -> authentication.test(s.group())).count();
    return new RecipeReport(
        count(spikes.size(), "error spike")
            + (spikes.isEmpty() ? "" : ", " + ofAuthentication + " of authentication")
            + "; "
            + count(errors, "error")
            + " in all.",
        sections);
  }

  private static boolean isError(Group group) {
    return Problems.isProblem(group);
  }

  private static void subject(
      String name,
      Predicate<Group> subject,
      List<Group> groups,
      List<Finding> spikes,
      List<Section> sections) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding spike : spikes) {
      if (subject.test(spike.group())) {
        rows.add(
            List.of(
                RecipeText.time(spike.time()),
                spike.what(),
                RecipeText.services(spike.group()),
                RecipeText.title(spike.group())));
      }
    }
    add(sections, "Spikes of " + name, List.of("time", "events", "service", "error"), rows);
    Set<String> spiking =
        spikes.stream().map(spike -> spike.group().id()).collect(Collectors.toSet());
    List<List<String>> steady = new ArrayList<>();
    for (Group group : groups) {
      if (isError(group) && subject.test(group) && !spiking.contains(group.id())) {
        steady.add(
            List.of(
                Long.toString(group.count()),
                group.severity().name(),
                RecipeText.services(group),
                RecipeText.title(group)));
      }
    }
    add(
        sections,
        "Errors of " + name + " without a spike",
        List.of("events", "severity", "service", "error"),
        steady);
  }

  private static void add(
      List<Section> sections, String title, List<String> columns, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      sections.add(new Section(title, columns, rows.subList(0, Math.min(MOST_ROWS, rows.size()))));
    }
  }
}
