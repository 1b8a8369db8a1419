package io.logsense.api.vector;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.util.List;
import java.util.Set;

/**
 * What to search for: {@code VectorQuery.near(vector).limit(5).where("service", "shop")}.
 * Immutable; each method that says more gives a new query.
 */
public final class VectorQuery {
  /** The most that one search may ask for, and its greatest effort. */
  public static final int MAX_LIMIT = 10_000;

  private static final int DEFAULT_LIMIT = 10;

  private final float[] vector;
  private final int limit;
  private final int effort;
  private final VectorFilter filter;

  private VectorQuery(float[] vector, int limit, int effort, VectorFilter filter) {
    this.vector = vector;
    this.limit = limit;
    this.effort = effort;
    this.filter = filter;
  }

  /**
   * A search for the 10 nearest entries.
   *
   * @param vector copied and scaled to unit length
   * @throws LogSenseException (usage) for a vector that has no direction: empty, all zero, or with
   *     a component that is not a finite number
   */
  public static VectorQuery near(float[] vector) {
    return new VectorQuery(
        UnitVector.of(vector, "the vector of the query"), DEFAULT_LIMIT, 0, VectorFilter.NONE);
  }

  /** This query for at most {@code limit} entries, 1 to {@link #MAX_LIMIT}. */
  public VectorQuery limit(int limit) {
    check("limit", limit, 1);
    return new VectorQuery(vector, limit, effort, filter);
  }

  /**
   * This query with another effort: how many candidates an approximate search keeps in view
   * (<em>ef</em>), up to {@link #MAX_LIMIT}. More find better and cost in proportion; less than the
   * limit counts as the limit. 0 leaves it to the store.
   */
  public VectorQuery effort(int effort) {
    check("effort", effort, 0);
    return new VectorQuery(vector, limit, effort, filter);
  }

  /** This query among entries that {@code filter} allows, instead of the filter so far. */
  public VectorQuery filter(VectorFilter filter) {
    return new VectorQuery(vector, limit, effort, filter);
  }

  /** This query among entries whose metadata has one of {@code values} under {@code key} too. */
  public VectorQuery where(String key, String... values) {
    return filter(filter.and(key, Set.copyOf(List.of(values))));
  }

  /** The vector, of unit length; a copy. */
  public float[] vector() {
    return vector.clone();
  }

  /** The most entries to return. */
  public int limit() {
    return limit;
  }

  /** Candidates to keep in view; 0 leaves it to the store. */
  public int effort() {
    return effort;
  }

  /** Which entries may be returned. */
  public VectorFilter filter() {
    return filter;
  }

  private static void check(String name, int value, int least) {
    if (value < least || value > MAX_LIMIT) {
      throw new LogSenseException(
          Category.USAGE,
          "the " + name + " of a query is " + value + "; give " + least + " to " + MAX_LIMIT);
    }
  }
}
