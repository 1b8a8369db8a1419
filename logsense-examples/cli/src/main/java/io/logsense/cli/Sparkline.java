package io.logsense.cli;

import java.util.Arrays;

/** Counts over time drawn with one character each. */
final class Sparkline {
  /** How many counts a trend has. */
  static final int BUCKETS = 24;

  private static final String LEVELS = "▁▂▃▅▇";

  private Sparkline() {}

  /** The counts as bars, the highest one full; {@code ·} where nothing happened. */
  static String draw(long[] counts) {
    long highest = Arrays.stream(counts).max().orElse(0);
    StringBuilder out = new StringBuilder(counts.length);
    for (long count : counts) {
      out.append(count == 0 ? '·' : LEVELS.charAt(level(count, highest)));
    }
    return out.toString();
  }

  private static int level(long count, long highest) {
    return highest == 0 ? 0 : (int) Math.round((LEVELS.length() - 1) * (double) count / highest);
  }
}
