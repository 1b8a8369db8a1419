package io.logsense.api.vector;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A vector under an id, with metadata to filter by. Immutable.
 *
 * <p>Metadata is for a few short values such as service, environment or severity: a store keeps all
 * of it in memory or in an index.
 */
public final class VectorEntry {
  private final String id;
  private final float[] vector;
  private final Map<String, String> metadata;

  private VectorEntry(String id, float[] vector, Map<String, String> metadata) {
    this.id = requireNonNull(id, "id");
    this.vector = UnitVector.of(vector, "the vector of entry '" + id + "'");
    this.metadata = Map.copyOf(metadata);
  }

  /**
   * An entry without metadata.
   *
   * @param vector copied and scaled to unit length
   * @throws io.logsense.api.LogSenseException (usage) for a vector that has no direction: empty,
   *     all zero, or with a component that is not a finite number
   */
  public static VectorEntry of(String id, float[] vector) {
    return new VectorEntry(id, vector, Map.of());
  }

  /** An entry with metadata; errors as in {@link #of(String, float[])}. */
  public static VectorEntry of(String id, float[] vector, Map<String, String> metadata) {
    return new VectorEntry(id, vector, metadata);
  }

  /** Its id, unique in a store. */
  public String id() {
    return id;
  }

  /** Its vector, of unit length; a copy. */
  public float[] vector() {
    return vector.clone();
  }

  /** What a filter can ask for; unmodifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return id + " " + vector.length + " components " + metadata;
  }
}
