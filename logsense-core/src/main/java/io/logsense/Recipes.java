package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.recipe.Recipe;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Predefined questions to an analysis.
 *
 * <pre>{@code
 * Analysis analysis = LogSense.analyze(Path.of("app.log"));
 * System.out.print(Recipes.named("slow_queries").run(analysis.groups(), analysis.findings()).text());
 * }</pre>
 *
 * <p>Built in are {@code error_spikes} (errors of authentication and of services that grew), {@code
 * slow_queries} (latency and time-outs of databases), {@code silence} (what stopped) and {@code
 * release_diff} (what the newest version changed); further ones are found by {@link ServiceLoader}.
 */
public final class Recipes {
  private Recipes() {}

  /**
   * The recipe of that name.
   *
   * @throws LogSenseException (usage) when there is none; the message lists the names
   */
  public static Recipe named(String name) {
    SortedMap<String, Recipe> recipes = all();
    Recipe recipe = recipes.get(name);
    if (recipe == null) {
      throw new LogSenseException(
          LogSenseException.Category.USAGE,
          "no recipe is named '" + name + "'; there are " + String.join(", ", recipes.keySet()));
    }
    return recipe;
  }

  /** All recipes by name: the built-in ones and those found by {@link ServiceLoader}. */
  public static SortedMap<String, Recipe> all() {
    SortedMap<String, Recipe> recipes = new TreeMap<>();
    for (Recipe recipe : ServiceLoader.load(Recipe.class)) {
      recipes.putIfAbsent(recipe.name(), recipe);
    }
    for (Recipe recipe :
        List.of(
            new ErrorSpikesRecipe(),
            new SlowQueriesRecipe(),
            new SilenceRecipe(),
            new ReleaseDiffRecipe())) {
      recipes.put(recipe.name(), recipe);
    }
    return recipes;
  }
}
