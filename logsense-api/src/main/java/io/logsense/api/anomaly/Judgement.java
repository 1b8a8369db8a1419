package io.logsense.api.anomaly;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a detector made of one point. Called by users, filled by detectors.
 *
 * <p>An instance is made once and filled again for every point, so judging allocates nothing. It
 * belongs to one thread at a time.
 */
public final class Judgement {
  /** The score from which on a point may be a finding. */
  public static final double THRESHOLD = 0.5;

  private double score;
  private double low = Double.NEGATIVE_INFINITY;
  private double high = Double.POSITIVE_INFINITY;
  private double probability = 1;
  private @Nullable AnomalyKind kind;

  /** Nothing judged yet. */
  public Judgement() {}

  /**
   * How unusual the point is, in [0, 1), growing with the evidence; {@link #THRESHOLD} is where
   * findings begin. Zero while there is nothing to compare with, and after an anomaly for whatever
   * is no stronger than it.
   */
  public double score() {
    return score;
  }

  /**
   * The lower end of the band where values are expected, in units of the value; negative infinity
   * while nothing is known.
   */
  public double low() {
    return low;
  }

  /** The upper end of the band; positive infinity while nothing is known. */
  public double high() {
    return high;
  }

  /**
   * How likely a value at least as far out is under the model of the detector, in [0, 1]. The model
   * is an approximation: tiny probabilities are for ranking, not for betting.
   */
  public double probability() {
    return probability;
  }

  /** The finding that begins or grows at this point, if any. */
  public Optional<AnomalyKind> finding() {
    return Optional.ofNullable(kind);
  }

  /** Whether there is a finding; without allocation. */
  public boolean isFinding() {
    return kind != null;
  }

  /** Called by detectors: the point could not be judged. */
  public void clear() {
    set(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1, null);
  }

  /** Called by detectors: fills in everything. */
  public void set(
      double score, double low, double high, double probability, @Nullable AnomalyKind kind) {
    this.score = score;
    this.low = low;
    this.high = high;
    this.probability = probability;
    this.kind = kind;
  }
}
