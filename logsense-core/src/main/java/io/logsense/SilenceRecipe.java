package io.logsense;

import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport;
import io.logsense.api.recipe.RecipeReport.Section;
import java.util.List;

/** What came steadily and stopped. */
final class SilenceRecipe implements Recipe {
  @Override
  public String name() {
    return "silence";
  }

  @Override
  public String description() {
    return "What came steadily and stopped.";
  }

  @Override
  public RecipeReport run(List<Group> groups, List<Finding> findings) {
    List<Finding> silent =
        findings.stream().filter(finding -> finding.kind() == FindingKind.SILENCE).toList();
    if (silent.isEmpty()) {
      return new RecipeReport("Nothing that came steadily stopped.", List.of());
    }
    List<List<String>> rows =
        silent.stream()
            .map(
                finding ->
                    List.of(
                        RecipeText.time(finding.time()),
                        finding.what(),
                        Long.toString(finding.group().count()),
                        RecipeText.services(finding.group()),
                        RecipeText.title(finding.group())))
            .toList();
    return new RecipeReport(
        RecipeText.count(silent.size(), "message") + " that came steadily stopped.",
        List.of(
            new Section(
                "Stopped", List.of("since", "silence", "events", "service", "message"), rows)));
  }
}
