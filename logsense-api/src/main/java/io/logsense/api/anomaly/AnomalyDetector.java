package io.logsense.api.anomaly;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntUnaryOperator;

/**
 * Judges the points of many series as they come. Called by users, implemented by plugins.
 *
 * <p>A series is a handle from 0 on, chosen by the caller; a single one is series 0. Time is what
 * the points say, never a clock. Equal points in equal order give equal judgements on every JVM.
 * Not safe for use by several threads at once.
 *
 * <p>Every input has an answer:
 *
 * <ul>
 *   <li><i>Cold start:</i> until a series has enough points, the judgement is empty: score 0, an
 *       infinite band, no finding.
 *   <li><i>No variance:</i> the scale has a floor; a constant series judges the same value with
 *       score 0, and another value with a finite score.
 *   <li><i>NaN or infinite values:</i> an empty judgement; nothing is learned.
 *   <li><i>Huge values:</i> beyond ±10<sup>18</sup> they count as ±10<sup>18</sup>.
 *   <li><i>Gaps:</i> no point is made up for them. Who counts events feeds zeros for quiet minutes.
 *   <li><i>Late and out of order:</i> a point is judged and learned at its own time of day; how
 *       much it weighs depends on the time between it and the point before, in either direction.
 *   <li><i>Clock jumps:</i> a step of any size in either direction, up to the ends of {@code long},
 *       is a gap or a late point.
 * </ul>
 */
public interface AnomalyDetector {
  /**
   * Judges a point by what came before it, then learns from it. Allocates nothing once the series
   * has a place.
   *
   * @param series a handle, 0 or greater; room is kept for 64 neighbours at a time
   * @param epochMillis when, in milliseconds since 1970-01-01T00:00Z
   * @param value how much
   * @param out is overwritten
   * @throws io.logsense.api.LogSenseException (usage) when {@code series} is negative; (limit) when
   *     it is greater than the detector has room for
   */
  void observe(int series, long epochMillis, double value, Judgement out);

  /** Forgets a series, so that its handle can be given to another one. */
  void forget(int series);

  /**
   * Writes the state of all series, in a documented, versioned format with a checksum; {@code out}
   * is flushed, not closed. Equal states give equal bytes.
   */
  void snapshot(OutputStream out) throws IOException;

  /**
   * Adds what a snapshot knows about each series, as if this detector had seen its points too:
   * history learned in shards, or another instance's baselines. What is known once is copied, so a
   * new detector goes on exactly where the one of the snapshot stopped; levels known twice are
   * pooled by the number of points behind them. What is going on now (bursts, cooldown) is taken
   * from the side with the newer point. {@code in} is read to the end of the snapshot.
   *
   * @param handles from the handle of a series in the snapshot to the one it has here; negative to
   *     leave it out
   * @throws io.logsense.api.LogSenseException (usage) when {@code in} is no snapshot, is damaged,
   *     or is of a detector with other settings; this detector is then as before
   */
  void merge(InputStream in, IntUnaryOperator handles) throws IOException;
}
