package io.logsense.hnswlib;

import com.github.jelmerk.hnswlib.core.Item;
import io.logsense.api.vector.VectorEntry;
import java.util.Map;

/** An entry as hnswlib-core wants it. The library's own way of saving an index is not used. */
@SuppressWarnings("serial")
final class StoredVector implements Item<String, float[]> {
  /** Entries are replaced whatever their version. */
  static final long VERSION = 0;

  private final String id;
  private final float[] vector;
  private final Map<String, String> metadata;

  StoredVector(VectorEntry entry) {
    id = entry.id();
    vector = entry.vector();
    metadata = entry.metadata();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public float[] vector() {
    return vector;
  }

  @Override
  public int dimensions() {
    return vector.length;
  }

  @Override
  public long version() {
    return VERSION;
  }

  Map<String, String> metadata() {
    return metadata;
  }
}
