package io.logsense.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/**
 * A made-up log with stack traces, the same for the same arguments.
 *
 * @param bytes the text
 * @param lines how many lines it has
 * @param traces how many stack traces
 * @param traceLines how many lines belong to them
 */
record ExtractionText(byte[] bytes, int lines, int traces, int traceLines) {
  /** Lines of one trace: two headers, 28 and 6 frames, and {@code ... 26 more}. */
  private static final int TRACE = 37;

  /** Different traces; their frames are about 5,600 different lines. */
  private static final int KINDS = 200;

  /**
   * Makes a text.
   *
   * @param dense whether 66 % of the lines belong to traces, not 5 %
   * @param freshPercent how many of 100 frames are lines that come only once
   * @param size how many bytes it has at least
   */
  static ExtractionText of(boolean dense, int freshPercent, int size) {
    Random random = new Random(1);
    double share = dense ? 0.05 : 0.0014;
    StringBuilder out = new StringBuilder(size + 8192);
    int traces = 0;
    int others = 0;
    while (out.length() < size) {
      if (random.nextDouble() < share) {
        trace(out, random, freshPercent);
        traces++;
      } else {
        ordinary(out, random);
        others++;
      }
    }
    byte[] bytes = out.toString().getBytes(UTF_8);
    return new ExtractionText(bytes, others + traces * TRACE, traces, traces * TRACE);
  }

  private static void ordinary(StringBuilder out, Random random) {
    out.append("2024-05-01 12:00:").append(10 + random.nextInt(50));
    out.append(",123 INFO  [http-").append(random.nextInt(16)).append("] com.shop.Till - ");
    out.append("order ").append(random.nextInt(100_000)).append(" was paid with card, ");
    out.append(random.nextInt(900)).append(" ms, ").append(random.nextInt(9)).append(" items\n");
  }

  private static void trace(StringBuilder out, Random random, int freshPercent) {
    out.append("java.lang.IllegalStateException: no item ").append(random.nextInt(1000));
    int kind = random.nextInt(KINDS);
    frames(out, kind, 28, random, freshPercent);
    out.append("\nCaused by: java.io.IOException: disk is full");
    frames(out, kind + 7, 6, random, freshPercent);
    out.append("\n\t... 26 more\n");
  }

  private static void frames(
      StringBuilder out, int kind, int count, Random random, int freshPercent) {
    for (int i = 0; i < count; i++) {
      int k = (kind * 31 + i * 17) % 211;
      boolean fresh = random.nextInt(100) < freshPercent;
      out.append("\n\tat com.shop.module").append(k % 13).append(".Service").append(k);
      out.append(".method").append(i).append("(Service").append(k).append(".java:");
      out.append(fresh ? 1000 + out.length() : 10 + k).append(')');
    }
  }
}
