package io.logsense.internal.anomaly;

/**
 * A stretch: points in a row on one side of the long-run mean, half as many again as ever before.
 * It finds what no single value shows, such as spikes that no longer come.
 *
 * <p>State: the long-run mean; the length of the stretch so far, negative below the mean; the
 * longest finished one below and above.
 */
final class StretchPart {
  private static final int MEAN = 0;
  private static final int LENGTH = 1;
  private static final int LONGEST_BELOW = 2;
  private static final int LONGEST_ABOVE = 3;
  private static final double LONG_RUN = 0.001;
  private static final double LONGER = 1.5;

  private final int shortest;

  /** The part; {@code shortest} is the length below which a stretch is nothing, 0 for no part. */
  StretchPart(int shortest) {
    this.shortest = shortest;
  }

  int size() {
    return shortest == 0 ? 0 : 4;
  }

  /** Answers whether the stretch becomes remarkable with this point, then learns from it. */
  boolean judge(float[] state, int at, Sample p, double points) {
    double off = p.x - state[at + MEAN];
    float before = state[at + LENGTH];
    int longest = at + (off > 0 ? LONGEST_ABOVE : LONGEST_BELOW);
    float length;
    if (off > 0 == before > 0) {
      length = Math.min(Math.abs(before) + 1, BaselineDetector.MANY_POINTS);
    } else {
      int ended = at + (off > 0 ? LONGEST_BELOW : LONGEST_ABOVE);
      state[ended] = Math.max(state[ended], Math.abs(before));
      length = 1;
    }
    state[at + LENGTH] = off > 0 ? length : -length;
    state[at + MEAN] += (float) (Math.max(LONG_RUN, 1 / (points + 1)) * off);
    double limit = Math.max(shortest, LONGER * state[longest]);
    boolean first = length >= limit && length - 1 < limit;
    if (first && state[longest] > 0 && p.learned >= BaselineDetector.WARM_UP) {
      p.up = off > 0;
      return true;
    }
    return false;
  }

  /** Whether finite numbers are such as this part could have left them. */
  boolean possible(float[] state, int at) {
    if (shortest == 0) {
      return true;
    }
    float below = state[at + LONGEST_BELOW];
    float above = state[at + LONGEST_ABOVE];
    return below >= 0
        && above >= 0
        && Math.max(below, Math.max(above, Math.abs(state[at + LENGTH])))
            <= BaselineDetector.MANY_POINTS;
  }

  /**
   * Pools two states.
   *
   * @param newer whether the other one's last point is the newer one: then its stretch goes on
   * @param part the share of the other one's points, from 0 to 1
   * @param shift what to add to the other's values
   */
  void merge(
      float[] state, int at, float[] other, int from, boolean newer, double part, double shift) {
    if (shortest > 0) {
      state[at + LENGTH] = newer ? other[from + LENGTH] : state[at + LENGTH];
      double mean = other[from + MEAN] + shift;
      state[at + MEAN] += (float) (part * (mean - state[at + MEAN]));
      for (int i : new int[] {LONGEST_BELOW, LONGEST_ABOVE}) {
        state[at + i] = Math.max(state[at + i], other[from + i]);
      }
    }
  }
}
