package io.logsense.benchmarks.accuracy;

import java.util.HashMap;
import java.util.Map;

/**
 * Agreement of two groupings of the same items, by pairs of items of one block: precision is the
 * share of pairs put together that belong together, recall the share of those that do.
 */
final class PairCounts {
  private final Map<String, Long> labelled = new HashMap<>();
  private final Map<String, Long> grouped = new HashMap<>();
  private final Map<String, Long> both = new HashMap<>();

  void add(String block, String label, String group) {
    labelled.merge(block + '\n' + label, 1L, Long::sum);
    grouped.merge(block + '\n' + group, 1L, Long::sum);
    both.merge(block + '\n' + label + '\n' + group, 1L, Long::sum);
  }

  int groups() {
    return grouped.size();
  }

  double precision() {
    return ratio(pairs(both), pairs(grouped));
  }

  double recall() {
    return ratio(pairs(both), pairs(labelled));
  }

  double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }

  private static long pairs(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(n -> n * (n - 1) / 2).sum();
  }
}
