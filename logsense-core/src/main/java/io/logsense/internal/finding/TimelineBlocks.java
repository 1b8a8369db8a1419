package io.logsense.internal.finding;

import io.logsense.api.group.Group;
import java.util.Collection;
import java.util.Map;

/**
 * The time that groups cover, in blocks as long as the longest of their timeline intervals.
 *
 * @param interval length of a block in nanoseconds
 * @param start number of the first block since the epoch
 * @param length how many blocks there are
 */
public record TimelineBlocks(long interval, long start, int length) {
  /** More than that hold a wrong clock; what lies further from the start shares the last block. */
  private static final int MOST = 4096;

  /** The time that all these groups cover; no blocks when none has a time. */
  public static TimelineBlocks of(Collection<Group> groups) {
    long interval = groups.stream().mapToLong(Group::timelineInterval).max().orElse(1);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Group group : groups) {
      if (!group.timeline().isEmpty()) {
        first = Math.min(first, Math.floorDiv(group.timeline().firstKey(), interval));
        last = Math.max(last, Math.floorDiv(group.timeline().lastKey(), interval));
      }
    }
    return new TimelineBlocks(
        interval, first, first > last ? 0 : (int) Math.min(MOST, last - first + 1));
  }

  /** Events of a group in each block. */
  public double[] of(Group group) {
    double[] counts = new double[length];
    add(group, counts);
    return counts;
  }

  void add(Group group, double[] counts) {
    for (Map.Entry<Long, Long> entry : group.timeline().entrySet()) {
      long block = Math.floorDiv(entry.getKey(), interval) - start;
      counts[(int) Math.min(counts.length - 1, block)] += entry.getValue();
    }
  }
}
