package io.logsense.internal.anomaly;

import java.util.Arrays;

/**
 * A short burst: several points in a row that are each unremarkable and together are not.
 *
 * <p>For counts, the sum over the window against the negative binomial of as many points. For other
 * values, the mean deviation of the window against its own mean and deviation over the long run,
 * which knows how much neighbours of this series resemble each other.
 *
 * <p>State: the window of deviations as a ring, where it goes on, long-run mean and variance.
 */
final class BurstPart {
  /** A deviation in the window counts for at most this many scales. */
  static final double CLIP = 10;

  private static final double COUNT_LIMIT = 5;
  private static final double VALUE_LIMIT = 12;
  private static final double LEAST_VARIANCE = 0.02;
  private static final double LONG_RUN = 0.001;

  private final int window;
  private final double root;

  BurstPart(int window) {
    this.window = window;
    root = Math.sqrt(window);
  }

  int size() {
    return window == 0 ? 0 : window + 3;
  }

  /** Adds the point to the window and weighs what is in it; answers the mean of the window. */
  double judge(float[] state, int at, Sample p, int warmUp) {
    int rest = at + window;
    int next = (int) state[rest];
    state[at + next] = (float) Math.max(-CLIP, Math.min(CLIP, p.z));
    state[rest] = next + 1 == window ? 0 : next + 1;
    if (p.learned < Math.max(warmUp, window)) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < window; i++) {
      sum += state[at + i];
    }
    double mean = sum / window;
    double longRun = state[rest + 2];
    if (p.count) {
      double expected = window * (p.mean + p.origin);
      double total = Math.rint(Math.max(0, expected + sum * p.scale));
      double clustering = Math.max(1, window * longRun);
      double variance = Math.max(window * p.variance, expected) * clustering;
      double deviations = Tails.count(total, expected, variance, p.memory / window, sum / root);
      p.burst = deviations / COUNT_LIMIT;
      p.offer(p.burst, deviations, sum > 0);
    } else {
      double off = mean - state[rest + 1];
      double deviations = Math.abs(off) / Math.sqrt(Math.max(longRun, LEAST_VARIANCE));
      p.burst = deviations / VALUE_LIMIT;
      p.offer(p.burst, deviations, off > 0);
    }
    return mean;
  }

  void learn(float[] state, int at, Sample p, double mean) {
    int rest = at + window;
    double weight = Math.max(LONG_RUN, p.share);
    double off = mean - state[rest + 1];
    state[rest + 1] += (float) (weight * off);
    state[rest + 2] = (float) ((1 - weight) * (state[rest + 2] + weight * off * off));
  }

  /** Whether finite numbers are such as this part could have left them. */
  boolean possible(float[] state, int at) {
    if (window == 0) {
      return true;
    }
    for (int i = 0; i < window; i++) {
      if (Math.abs(state[at + i]) > CLIP) {
        return false;
      }
    }
    float next = state[at + window];
    return next == (int) next
        && next >= 0
        && next < window
        && Math.abs(state[at + window + 1]) <= CLIP
        && state[at + window + 2] >= 0;
  }

  void reset(float[] state, int at) {
    if (window > 0) {
      Arrays.fill(state, at, at + size(), 0);
      state[at + window + 2] = 1;
    }
  }
}
