package io.logsense;

import io.logsense.api.group.Durations;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The durations in the messages of one group, counted by size.
 *
 * <p>A sketch with relative error: bucket i holds what lies in (γ^(i-1), γ^i] nanoseconds, with γ =
 * (1 + α)/(1 − α) for an error α of 2 % (Masson, Rim and Lee, "DDSketch", PVLDB 12, 2019). Buckets
 * are added up, so sketches merge without loss and in any order. Memory: at most {@value #BUCKETS}
 * counts, those between the least and the largest seen, which covers 292 years.
 *
 * <p>A group whose first message states no duration has none of these, and pays nothing.
 */
final class DurationCounter {
  private static final double ERROR = 0.02;
  private static final double LOG_BASE = StrictMath.log((1 + ERROR) / (1 - ERROR));

  /** The bucket of the longest duration, and that of none at all. */
  private static final int BUCKETS = 1095;

  private static final long[] NONE = {};

  private int first;
  private long[] counts = NONE;

  /** Counts what a message states; nothing when it states none. */
  void add(String message) {
    long nanos = StatedDuration.find(message);
    if (nanos >= 0) {
      add(bucket(nanos), 1);
    }
  }

  void add(DurationCounter other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.first + i, other.counts[i]);
      }
    }
  }

  private void add(int bucket, long times) {
    if (counts.length == 0) {
      first = bucket;
      counts = new long[1];
    } else if (bucket < first) {
      long[] wider = new long[counts.length + first - bucket];
      System.arraycopy(counts, 0, wider, first - bucket, counts.length);
      counts = wider;
      first = bucket;
    } else if (bucket - first >= counts.length) {
      counts = Arrays.copyOf(counts, bucket - first + 1);
    }
    counts[bucket - first] += times;
  }

  private static int bucket(long nanos) {
    return nanos < 1
        ? 0
        : Math.min(BUCKETS, (int) Math.ceil(StrictMath.log((double) nanos) / LOG_BASE) + 1);
  }

  /** The value with the least relative error for all of a bucket. */
  private static long value(int bucket) {
    return bucket == 0 ? 0 : Math.round(StrictMath.exp((bucket - 1) * LOG_BASE) * (1 - ERROR));
  }

  /** What was counted; empty when no message stated a duration. */
  Optional<Durations> toDurations() {
    Map<Long, Long> map = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        map.merge(value(first + i), counts[i], Long::sum);
      }
    }
    return map.isEmpty() ? Optional.empty() : Optional.of(new Durations(map));
  }
}
