package io.logsense.internal.template;

/** How many positions two lines of one length must share to be of one group. */
final class Similarity {
  /** Per cent by length: short messages have little text, so most of it must agree. */
  private static final int[] PERCENT = {100, 100, 50, 66, 75, 60, 60, 60, 55, 55};

  private static final int LONG_PERCENT = 50;

  private Similarity() {}

  /** The least number of agreeing positions out of {@code length}. */
  static int required(int length) {
    int percent = length < PERCENT.length ? PERCENT[length] : LONG_PERCENT;
    return (length * percent + 99) / 100;
  }

  static int agreement(long[] a, long[] b) {
    int agreeing = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] == b[i]) {
        agreeing++;
      }
    }
    return agreeing;
  }
}
