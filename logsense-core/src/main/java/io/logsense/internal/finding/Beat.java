package io.logsense.internal.finding;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How regularly the series of a watch come, and which of them are missed.
 *
 * <p>A series keeps a beat when, over at least {@value #FEWEST} gaps between intervals with events,
 * the longest is at most {@value #REGULAR} times the mean. It is missed after a pause that would be
 * rarer than {@value #RARE} if gaps were exponential: of n gaps the longest is L, so a further one
 * of k·L or more has the probability n!·k!/(n+k)! (from the order statistics of the exponential
 * distribution), with k any real number. Real beats are more regular than that, so this is
 * cautious. The longest gap fades by a thousandth with each gap, and n ends at {@value #MEMORY}.
 *
 * <p>A pause is told once, and is not learned.
 */
public final class Beat {
  /** Gaps before a series is known to keep a beat. */
  public static final int FEWEST = 30;

  /** The longest gap over the mean gap of a series that keeps a beat. */
  public static final int REGULAR = 4;

  /** How improbable a pause must be. */
  public static final double RARE = 1e-6;

  /** A pause has at least this many intervals, so that a restart is none. */
  public static final int SHORTEST = 5;

  private static final int MEMORY = 1000;

  /** No interval with events so far. */
  private static final int NONE = -1;

  private long[] last = {};
  private int[] gaps = {};
  private float[] mean = {};
  private float[] longest = {};
  private boolean[] missed = {};

  Beat() {}

  /**
   * The facts of a pause, in intervals.
   *
   * @param last number of the last interval with events
   * @param length intervals without any since
   * @param gaps how many gaps were seen before
   * @param mean their mean length
   * @param longest the longest of them
   * @param probability of a pause of this length
   */
  public record Pause(
      long last, long length, int gaps, double mean, double longest, double probability) {}

  void reach(int room) {
    int old = gaps.length;
    last = Arrays.copyOf(last, room);
    gaps = Arrays.copyOf(gaps, room);
    mean = Arrays.copyOf(mean, room);
    longest = Arrays.copyOf(longest, room);
    missed = Arrays.copyOf(missed, room);
    Arrays.fill(gaps, old, room, NONE);
  }

  void write(int series, DataOutput out) throws IOException {
    out.writeInt(gaps[series]);
    out.writeFloat(mean[series]);
    out.writeFloat(longest[series]);
  }

  /** Adds what was known of a series elsewhere; the pause between there and here is not learned. */
  void merge(int series, int theirGaps, float theirMean, float theirLongest) {
    if (theirGaps <= 0) {
      return;
    }
    int mine = Math.max(0, gaps[series]);
    int sum = Math.min(mine + theirGaps, MEMORY);
    mean[series] =
        (float)
            (((double) mean[series] * mine + (double) theirMean * theirGaps)
                / ((double) mine + theirGaps));
    longest[series] = Math.max(longest[series], theirLongest);
    missed[series] |= gaps[series] == NONE;
    gaps[series] = sum;
  }

  /** The next interval with events follows on no other. */
  void interrupt(int series) {
    missed[series] = true;
  }

  /** An interval with events, later than all before. */
  void hit(int series, long index) {
    if (gaps[series] >= 0 && !missed[series]) {
      float gap = index - last[series];
      int n = Math.min(gaps[series] + 1, MEMORY);
      mean[series] += (gap - mean[series]) / n;
      longest[series] = Math.max(gap, longest[series] * (1 - 1f / MEMORY));
      gaps[series] = n;
    } else if (gaps[series] < 0) {
      gaps[series] = 0;
    }
    missed[series] = false;
    last[series] = index;
  }

  /** The pause that lasts before an interval, when the series is missed and it was not yet told. */
  Optional<Pause> pause(int series, long index) {
    int n = gaps[series];
    long length = index - last[series] - 1;
    // With at most 1,000 gaps twice the longest one is never rare enough.
    if (missed[series]
        || n < FEWEST
        || length < SHORTEST
        || (double) length + 1 <= 2 * longest[series]
        || longest[series] > REGULAR * mean[series]) {
      return Optional.empty();
    }
    double probability = probability(n, (length + 1) / (double) longest[series]);
    if (probability > RARE) {
      return Optional.empty();
    }
    missed[series] = true;
    return Optional.of(
        new Pause(last[series], length, n, mean[series], longest[series], probability));
  }

  /** n!·k!/(n+k)!: of n + 1 exponential gaps, the last is k times the longest of the others. */
  public static double probability(int n, double k) {
    double log = 0;
    for (int i = 1; i <= n; i++) {
      log += StrictMath.log(i / (i + k)); // k!·n!/(n+k)! = Π i/(i+k)
    }
    return StrictMath.exp(log);
  }
}
