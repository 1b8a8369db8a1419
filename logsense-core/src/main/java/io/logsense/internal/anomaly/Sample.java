package io.logsense.internal.anomaly;

/** One point on its way through the parts of a detector: what each of them made of it. */
final class Sample {
  /** When, in milliseconds since the epoch. */
  long time;

  /** The value, relative to the first one of its series. */
  double x;

  /** The first value of the series. */
  double origin;

  /** Milliseconds between this point and the one before it, in whichever direction. */
  double gap;

  /** The part of the period that the point is in. */
  int bucket;

  /** How much the point weighs against what is remembered. */
  double weight;

  /** Whether everything so far was a count: whole and not negative. */
  boolean count;

  /** Points learned since the series began, or began anew. */
  double learned;

  /** What this point would weigh in a plain mean of all of them. */
  double share;

  /** The expectation of x. */
  double mean;

  /** The variance around it. */
  double variance;

  /** How many points the expectation stands on. */
  double memory;

  /** The standard deviation, not below its floor. */
  double scale;

  /** The distance from the expectation in scales, bounded. */
  double z;

  /** The strongest evidence so far; 1 is enough for a finding. */
  double evidence;

  /** The evidence of a burst alone. */
  double burst;

  /** The deviation, as {@link Tails} counts it, of the strongest evidence. */
  double deviation;

  /** The side of the strongest evidence: whether there is more than expected. */
  boolean up;

  /** Takes evidence that is stronger than what there is. */
  void offer(double strength, double deviations, boolean upwards) {
    if (strength > evidence) {
      evidence = strength;
      deviation = deviations;
      up = upwards;
    }
  }
}
