package io.logsense.internal.anomaly;

import java.util.Arrays;

/**
 * Mean and variance of the last points, each weighing the same; taken anew for each point, because
 * running sums lose what they are for when values are large and vary little.
 *
 * <p>State: the window as a ring, where it goes on, how full it is.
 */
final class RollingBaseline implements Baseline {
  private final int window;

  RollingBaseline(int window) {
    this.window = window;
  }

  @Override
  public int size() {
    return window + 2;
  }

  @Override
  public void expect(float[] state, int at, Sample p) {
    int filled = (int) state[at + window + 1];
    p.memory = Math.max(1, filled);
    if (filled == 0) {
      p.mean = p.x;
      p.variance = 0;
      return;
    }
    double sum = 0;
    for (int i = 0; i < filled; i++) {
      sum += state[at + i];
    }
    p.mean = sum / filled;
    double squares = 0;
    for (int i = 0; i < filled; i++) {
      double off = state[at + i] - p.mean;
      squares += off * off;
    }
    p.variance = squares / filled;
  }

  @Override
  public void learn(float[] state, int at, Sample p, double deviation) {
    int next = (int) state[at + window];
    state[at + next] = (float) (p.mean + deviation);
    state[at + window] = next + 1 == window ? 0 : next + 1;
    state[at + window + 1] = Math.min(window, state[at + window + 1] + 1);
  }

  @Override
  public void reset(float[] state, int at) {
    Arrays.fill(state, at, at + size(), 0);
  }

  @Override
  public boolean possible(float[] state, int at) {
    float next = state[at + window];
    float filled = state[at + window + 1];
    return next == (int) next
        && next >= 0
        && next < window
        && filled == (int) filled
        && filled <= window
        && (filled == window || filled == next);
  }

  /** The state with more points stays: two windows of one time do not make a longer one. */
  @Override
  public void merge(
      float[] state, int at, double mine, float[] other, int from, double theirs, double shift) {
    if (theirs > mine) {
      System.arraycopy(other, from, state, at, size());
      for (int i = 0; i < state[at + window + 1]; i++) {
        state[at + i] += (float) shift;
      }
    }
  }
}
