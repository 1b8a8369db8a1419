package io.logsense;

import static io.logsense.RecipeText.count;

import io.logsense.api.finding.Change;
import io.logsense.api.finding.ChangeKind;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import io.logsense.api.recipe.Recipe;
import io.logsense.api.recipe.RecipeReport;
import io.logsense.api.recipe.RecipeReport.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the newest version changed, measured by the one before it. */
final class ReleaseDiffRecipe implements Recipe {
  private static final int MOST_ROWS = 20;

  @Override
  public String name() {
    return "release_diff";
  }

  @Override
  public String description() {
    return "What is new, gone, grown or shrunk in the newest version.";
  }

  @Override
  public RecipeReport run(List<Group> groups, List<Finding> findings) {
    List<String> versions = new Versions(groups).order();
    if (versions.size() < 2) {
      return new RecipeReport(
          versions.isEmpty()
              ? "No event names a version."
              : "All events are of version " + versions.get(0) + ": nothing to compare.",
          List.of());
    }
    String before = versions.get(versions.size() - 2);
    String after = versions.get(versions.size() - 1);
    Changes changes = Changes.betweenVersions(groups, before, after);
    List<Section> sections = new ArrayList<>();
    for (ChangeKind kind : ChangeKind.values()) {
      List<List<String>> rows =
          changes.certain().stream()
              .filter(change -> change.kind() == kind)
              .limit(MOST_ROWS)
              .map(ReleaseDiffRecipe::row)
              .toList();
      if (!rows.isEmpty()) {
        String name = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
        sections.add(new Section(name, List.of(before, after, "severity", "group"), rows));
      }
    }
    return new RecipeReport(
        "Version "
            + after
            + " ("
            + count(changes.after(), "event")
            + ") after "
            + before
            + " ("
            + count(changes.before(), "event")
            + "): "
            + count(changes.certain().size(), "change")
            + ".",
        sections);
  }

  private static List<String> row(Change change) {
    return List.of(
        Long.toString(change.before()),
        Long.toString(change.after()),
        change.group().severity().name(),
        RecipeText.title(change.group()));
  }
}
