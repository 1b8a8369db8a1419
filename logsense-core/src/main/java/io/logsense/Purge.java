package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets a person in everything that a host keeps, and says what came of it in each layer.
 *
 * <pre>{@code
 * Purge purge =
 *     Purge.builder()
 *         .layer("engine", sense)
 *         .layer("clusters", clusters)
 *         .layer("events", store)
 *         .layer("embeddings", cache, () -> cache.save(file))
 *         .layer("dead letters", deadLetters)
 *         .build();
 * Purge.Report report = purge.run(Subject.of("jane.roe@example.com"));
 * if (!report.isComplete()) {
 *   report.outcomes().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Layers are purged in the order in which they were named: name what feeds others first, the
 * engine before its store. One that cannot forget, or fails, keeps none of the others from doing
 * so, and the report says why; purging again goes on where it failed. What is read while it runs is
 * new, so purge what the sources keep as well, and before.
 */
public final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

  private final Map<String, Layer> layers;

  private record Layer(Object keeper, Runnable save) {
    Purgeable purgeable() {
      if (keeper instanceof Purgeable purgeable) {
        return purgeable;
      }
      throw new LogSenseException(
          Category.USAGE,
          keeper.getClass().getSimpleName()
              + " cannot forget single items; let what it keeps expire, or delete it");
    }
  }

  private Purge(Builder builder) {
    layers = new LinkedHashMap<>(builder.layers);
  }

  /** A builder without layers. */
  public static Builder builder() {
    return new Builder();
  }

  /** What {@link #run} would remove or rewrite; changes nothing. */
  public Report preview(Subject subject) {
    List<Outcome> outcomes = new ArrayList<>();
    layers.forEach(
        (name, layer) ->
            outcomes.add(
                attempt(
                    name,
                    subject,
                    () -> new Outcome(name, layer.purgeable().mentions(subject), ""))));
    return new Report(outcomes);
  }

  /** Forgets the subject in every layer that can, and looks whether it is gone. */
  public Report run(Subject subject) {
    List<Outcome> outcomes = new ArrayList<>();
    layers.forEach(
        (name, layer) -> outcomes.add(attempt(name, subject, () -> purged(name, layer, subject))));
    Report report = new Report(outcomes);
    LOG.info(
        "purged {}: {} items{}",
        subject,
        report.items(),
        report.isComplete() ? "" : ", but not everywhere");
    return report;
  }

  private static Outcome purged(String name, Layer layer, Subject subject) {
    long items = layer.purgeable().purge(subject);
    layer.save.run(); // also without any: the last purge may have ended before
    long left = layer.purgeable().mentions(subject);
    return new Outcome(
        name, items, left == 0 ? "" : left + " items that came meanwhile mention it; purge again");
  }

  /** Whatever goes wrong in one layer is its outcome; what is said does not name the subject. */
  private static Outcome attempt(String name, Subject subject, Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      String why = e instanceof LogSenseException ? String.valueOf(e.getMessage()) : e.toString();
      return new Outcome(name, 0, subject.redact(why));
    }
  }

  /**
   * What came of one layer.
   *
   * @param layer its name
   * @param items how many items were removed or rewritten, or would be
   * @param problem why the layer may still mention the subject; empty when it does not
   */
  public record Outcome(String layer, long items, String problem) {
    @Override
    public String toString() {
      return problem.isEmpty() ? layer + ": " + items : layer + ": NOT PURGED: " + problem;
    }
  }

  /**
   * What came of all layers.
   *
   * @param outcomes in the order of the layers
   */
  public record Report(List<Outcome> outcomes) {
    /** Copies the list. */
    public Report {
      outcomes = List.copyOf(outcomes);
    }

    /** Whether every layer did what it was asked for; what no layer knows of is not in it. */
    public boolean isComplete() {
      return outcomes.stream().allMatch(outcome -> outcome.problem().isEmpty());
    }

    /** Items of all layers. */
    public long items() {
      return outcomes.stream().mapToLong(Outcome::items).sum();
    }
  }

  /** Collects layers. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Layer> layers = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a layer that keeps its state itself.
     *
     * @param keeper any part that keeps data; one that is no {@link Purgeable} is reported
     * @throws LogSenseException (usage) when there is a layer of that name
     */
    public Builder layer(String name, Object keeper) {
      return layer(name, keeper, () -> {});
    }

    /**
     * Adds a layer whose state the host keeps.
     *
     * @param save keeps it again, in place of what was kept
     */
    public Builder layer(String name, Object keeper, Runnable save) {
      Layer layer = new Layer(Objects.requireNonNull(keeper, name), save);
      if (layers.putIfAbsent(name, layer) != null) {
        throw new LogSenseException(Category.USAGE, "there are two layers '" + name + "'");
      }
      return this;
    }

    /** A purge of these layers. */
    public Purge build() {
      return new Purge(this);
    }
  }
}
