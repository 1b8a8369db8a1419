package io.logsense.internal.finding;

import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.api.anomaly.AnomalyKind;
import io.logsense.api.anomaly.Judgement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The events of many series, counted by interval: each interval is judged when it is over, and a
 * series that kept a beat is missed when it stops.
 *
 * <p>Time is what the events say. Two intervals of a series are open at a time, so events that are
 * late by up to one interval still count in theirs; later ones are not judged. When {@value
 * #ANOTHER_TIME} events in a row are more than {@value #HOUR} intervals late, the series begins
 * again where they are, because the time before was wrong or an older log is being read. Quiet
 * intervals are judged as zeros when the series goes on, the last {@value #DAY} of them.
 *
 * <p>Memory: 42 bytes a series beside the detector's. Used by one thread at a time.
 */
public final class RateWatch {
  private static final int DAY = 1440;
  private static final int HOUR = 60;
  private static final int ANOTHER_TIME = 20;
  private static final int NONE = -1;

  private final AnomalyDetector detector;
  private final long interval;
  private final Listener listener;
  private final Judgement judgement = new Judgement();
  private final Beat beat;

  /** By series: the newer open interval, as a number since the epoch. */
  private long[] open = {};

  /** Events in it, and in the one before; {@link #NONE} while the series has not begun. */
  private int[] newer = {};

  private int[] older = {};

  /** Events in a row that were more than an hour late. */
  private byte[] late = {};

  /** The last interval that was judged. */
  private long[] judged = {};

  /**
   * A watch without series.
   *
   * @param intervalNanos length of an interval
   */
  public RateWatch(AnomalyDetector detector, long intervalNanos, Listener listener) {
    this.detector = detector;
    this.interval = intervalNanos;
    this.listener = listener;
    this.beat = new Beat();
  }

  /** Is told what was noticed. Times are starts of intervals in nanoseconds since the epoch. */
  public interface Listener {
    /** An interval was judged, in the order of time; {@code judgement} is only valid now. */
    default void judged(int series, long start, long count, Judgement judgement) {}

    /** More events in an interval than expected; {@code judgement} is only valid now. */
    default void spike(int series, long start, long count, Judgement judgement) {}

    /** No events any more, from {@code start} on. */
    default void silence(int series, long start, Beat.Pause pause) {}
  }

  /** Counts events of a series. */
  public void count(int series, long epochNanos, long count) {
    reach(series);
    long index = Math.floorDiv(epochNanos, interval);
    if (newer[series] == NONE) {
      begin(series, index);
    }
    long ahead = index - open[series];
    if (ahead < -HOUR) {
      if (++late[series] < ANOTHER_TIME) {
        return;
      }
      close(series);
      beat.interrupt(series);
      begin(series, index);
    } else if (ahead > 0) {
      shift(series, index);
    }
    late[series] = 0;
    if (index == open[series]) {
      newer[series] = sum(newer[series], count);
    } else if (index == open[series] - 1) {
      older[series] = sum(older[series], count);
    }
  }

  /** Writes what is known of a series beside its rate. */
  public void writeBeat(int series, DataOutput out) throws IOException {
    reach(series);
    beat.write(series, out);
  }

  /** Adds what {@link #writeBeat} wrote. */
  public void mergeBeat(int series, DataInput in) throws IOException {
    reach(series);
    beat.merge(series, in.readInt(), in.readFloat(), in.readFloat());
  }

  /** Passes over what {@link #writeBeat} wrote. */
  public static void skipBeat(DataInput in) throws IOException {
    in.skipBytes(Integer.BYTES + 2 * Float.BYTES);
  }

  /** Judges all intervals that ended an interval or more before a time, and what is missing. */
  public void advance(long epochNanos) {
    long index = Math.floorDiv(epochNanos, interval);
    for (int series = 0; series < newer.length; series++) {
      if (newer[series] != NONE) {
        if (newer[series] > 0 || older[series] > 0) {
          shiftTo(series, index);
        }
        beat.pause(series, index - 1).ifPresent(missed(series));
      }
    }
  }

  private java.util.function.Consumer<Beat.Pause> missed(int series) {
    return pause -> listener.silence(series, (pause.last() + 1) * interval, pause);
  }

  private void shiftTo(int series, long index) {
    if (index > open[series]) {
      shift(series, index);
    }
  }

  private void begin(int series, long index) {
    open[series] = index;
    judged[series] = index - 1;
    newer[series] = 0;
    older[series] = 0;
  }

  private void shift(int series, long index) {
    if (index == open[series] + 1) {
      judge(series, open[series] - 1, older[series]);
      older[series] = newer[series];
    } else {
      close(series);
      older[series] = 0;
    }
    open[series] = index;
    newer[series] = 0;
  }

  private void close(int series) {
    judge(series, open[series] - 1, older[series]);
    judge(series, open[series], newer[series]);
  }

  private void judge(int series, long index, int count) {
    if (count == 0 || index <= judged[series]) {
      return; // a quiet interval is judged with the next one that is not
    }
    long first = Math.max(judged[series] + 1, index - DAY);
    for (long quiet = first; quiet < index; quiet++) {
      detector.observe(series, millis(quiet), 0, judgement);
      listener.judged(series, quiet * interval, 0, judgement);
    }
    beat.pause(series, index).ifPresent(missed(series));
    beat.hit(series, index);
    detector.observe(series, millis(index), count, judgement);
    listener.judged(series, index * interval, count, judgement);
    judged[series] = index;
    if (judgement.finding().orElse(null) == AnomalyKind.SPIKE) {
      listener.spike(series, index * interval, count, judgement);
    }
  }

  private long millis(long index) {
    return Math.floorDiv(index * interval, 1_000_000L);
  }

  private static int sum(int a, long b) {
    return (int) Math.min(Integer.MAX_VALUE, a + b);
  }

  private void reach(int series) {
    if (series >= newer.length) {
      int old = newer.length;
      int room = Math.max(series + 1, old * 2);
      open = Arrays.copyOf(open, room);
      judged = Arrays.copyOf(judged, room);
      older = Arrays.copyOf(older, room);
      newer = Arrays.copyOf(newer, room);
      Arrays.fill(newer, old, room, NONE);
      late = Arrays.copyOf(late, room);
      beat.reach(room);
    }
  }
}
