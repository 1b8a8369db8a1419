package io.logsense.api.vector;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which entries a search may return: for each key named here, the entry's metadata has one of the
 * values. Nothing else can be said, so that every store can evaluate it inside its search.
 *
 * @param anyOf the values allowed, by key; sorted and unmodifiable. Empty allows every entry
 */
public record VectorFilter(Map<String, Set<String>> anyOf) {
  /** Allows every entry. */
  public static final VectorFilter NONE = new VectorFilter(Map.of());

  public VectorFilter {
    Map<String, Set<String>> sorted = new TreeMap<>();
    anyOf.forEach(
        (key, values) -> {
          if (values.isEmpty()) {
            throw new LogSenseException(
                Category.USAGE,
                "the filter allows no value of '" + key + "'; name one, or leave the key out");
          }
          sorted.put(key, Collections.unmodifiableSet(new TreeSet<>(values)));
        });
    anyOf = Collections.unmodifiableMap(sorted);
  }

  /**
   * This filter, and {@code key} has one of {@code values}; replaces what was said of {@code key}.
   */
  public VectorFilter and(String key, Set<String> values) {
    Map<String, Set<String>> more = new TreeMap<>(anyOf);
    more.put(key, values);
    return new VectorFilter(more);
  }

  /** Whether an entry of this metadata may be returned. */
  public boolean allows(Map<String, String> metadata) {
    for (Map.Entry<String, Set<String>> condition : anyOf.entrySet()) {
      String value = metadata.get(condition.getKey());
      if (value == null || !condition.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }
}
