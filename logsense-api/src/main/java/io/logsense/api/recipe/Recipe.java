package io.logsense.api.recipe;

import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import java.util.List;

/**
 * A question that is asked of every analysis in the same way. Implemented by plugins.
 *
 * <p>Found by {@link java.util.ServiceLoader}, so it has a public constructor without parameters,
 * or is used directly. Runs over groups, not over events: what it costs does not depend on the
 * length of the log. A pure function of its arguments, and safe for use by several threads.
 */
public interface Recipe {
  /** What users call it, such as {@code slow_queries}: lower case letters, digits and {@code _}. */
  String name();

  /** What it answers, in one sentence. */
  String description();

  /**
   * The answer.
   *
   * @param groups all groups of an analysis, most relevant first
   * @param findings what was found about them
   */
  RecipeReport run(List<Group> groups, List<Finding> findings);
}
