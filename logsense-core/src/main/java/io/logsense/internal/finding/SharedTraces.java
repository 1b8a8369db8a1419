package io.logsense.internal.finding;

import io.logsense.api.group.Group;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether two groups are in the same traces more than chance would have it.
 *
 * <p>Samples of the lowest hashes are complete up to the lower of their highest hashes, θ. Of the
 * traces below it, x are in the rarer group and y in the other, of an estimated t in all groups; by
 * chance the number in both is binomial with x trials of probability y/t. What is in every trace is
 * thus tied to nothing. How many traces there are follows from the highest of the k lowest hashes
 * of all (Bar-Yossef et al., "Counting distinct elements in a data stream", RANDOM 2002).
 *
 * @param shared traces in both
 * @param of traces of the rarer group that were looked at
 * @param lag median seconds from the first group to the second in those
 * @param probability of as many by chance; 1 when there are too few to tell
 */
public record SharedTraces(int shared, int of, double lag, double probability) {
  static final int FEWEST = 5;

  /** The share of the rarer group's traces that must be shared. */
  private static final double LEAST_SHARE = 0.3;

  private static final SharedTraces NONE = new SharedTraces(0, 0, 0, 1);
  private static final double ALL_HASHES = 0x1p64;

  /** How many traces there are in groups, estimated to an eighth. */
  public static double total(Collection<Group> groups) {
    SortedMap<Long, Long> lowest = new TreeMap<>();
    for (Group group : groups) {
      lowest.putAll(group.traces());
      while (lowest.size() > Group.MOST_TRACES) {
        lowest.remove(lowest.lastKey());
      }
    }
    return lowest.size() < Group.MOST_TRACES
        ? lowest.size()
        : (Group.MOST_TRACES - 1) / share(lowest.lastKey());
  }

  /** What two groups share. */
  static SharedTraces of(Group first, Group second, double total) {
    SortedMap<Long, Long> one = first.traces();
    SortedMap<Long, Long> other = second.traces();
    long limit = Math.min(limit(one), limit(other));
    int x = 0;
    double[] lags = new double[one.size()];
    int shared = 0;
    for (Map.Entry<Long, Long> entry : one.entrySet()) {
      if (entry.getKey() <= limit) {
        x++;
        Long time = other.get(entry.getKey());
        if (time != null) {
          lags[shared++] = ((double) time - entry.getValue()) / 1e9;
        }
      }
    }
    int y = (int) other.keySet().stream().filter(hash -> hash <= limit).count();
    int fewer = Math.min(x, y);
    if (shared < FEWEST || shared < LEAST_SHARE * fewer) {
      return NONE;
    }
    double all = Math.max(Math.max(x, y), total * share(limit));
    double chance = Math.max(x, y) / all;
    Arrays.sort(lags, 0, shared);
    return new SharedTraces(
        shared, fewer, lags[shared / 2], RateTest.atLeast(shared, fewer, chance));
  }

  private static long limit(SortedMap<Long, Long> traces) {
    return traces.size() < Group.MOST_TRACES ? Long.MAX_VALUE : traces.lastKey();
  }

  private static double share(long hash) {
    return ((double) hash - (double) Long.MIN_VALUE + 1) / ALL_HASHES;
  }
}
