package io.logsense.api.vector;

import java.util.Map;

/**
 * An entry that a search found.
 *
 * @param id the entry's id
 * @param score {@code max(0, cosine)} of query and entry, in [0, 1]
 * @param metadata the entry's metadata
 */
public record VectorMatch(String id, double score, Map<String, String> metadata) {
  public VectorMatch {
    metadata = Map.copyOf(metadata);
  }
}
