package io.logsense.internal.anomaly;

/**
 * What values are expected: a part of a detector that keeps {@link #size} numbers for each series.
 */
interface Baseline {
  /** How many numbers it keeps. */
  int size();

  /** Fills in mean, variance and memory. */
  void expect(float[] state, int at, Sample p);

  /** Learns a deviation from the mean that {@link #expect} gave for the same point. */
  void learn(float[] state, int at, Sample p, double deviation);

  /** Whether finite numbers are such as this part could have left them: places are in range. */
  boolean possible(float[] state, int at);

  /** Forgets everything. */
  void reset(float[] state, int at);

  /**
   * Pools two states.
   *
   * @param mine how many points are behind this state
   * @param theirs how many are behind the other one
   * @param shift what to add to the other's values
   */
  void merge(
      float[] state, int at, double mine, float[] other, int from, double theirs, double shift);
}
