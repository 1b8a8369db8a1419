package io.logsense;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Exact counts of the most frequent names, bounded: names past the limit are counted as {@value
 * #OTHER}. Empty names are not counted.
 */
final class Tally<K> {
  static final String OTHER = "(other)";

  private final Map<K, long[]> counts = new HashMap<>(4);
  private final int limit;
  private final K other;

  Tally(int limit, K other) {
    this.limit = limit;
    this.other = other;
  }

  void add(K name, long count) {
    long[] cell = counts.get(name);
    if (cell == null) {
      K key = counts.size() < limit ? name : other;
      cell = counts.computeIfAbsent(key, k -> new long[1]);
    }
    cell[0] += count;
  }

  void add(Tally<K> tally) {
    tally.toMap().forEach(this::add);
  }

  /** Changes names; of those that become one the counts are added. */
  void rename(UnaryOperator<K> change) {
    Map<K, Long> before = toMap();
    counts.clear();
    before.forEach((name, count) -> add(change.apply(name), count));
  }

  /** How often a name was counted; 0 when it is among the others. */
  long count(K name) {
    long[] cell = counts.get(name);
    return cell == null ? 0 : cell[0];
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The counts, most frequent first, ties by name. */
  Map<K, Long> toMap() {
    Map<K, Long> map = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<K, long[]>>comparingLong(e -> -e.getValue()[0])
                .thenComparing(e -> e.getKey().toString()))
        .forEach(e -> map.put(e.getKey(), e.getValue()[0]));
    return map;
  }
}
