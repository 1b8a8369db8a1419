package io.logsense.internal.anomaly;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.util.Arrays;

/**
 * The numbers of many series, in arrays of {@link #CHUNK} series each, so that growing copies
 * nothing. A series takes {@code 4 × floats + 16} bytes.
 */
final class SeriesBank {
  static final int CHUNK = 64;

  /** At most this many series: more than a gigabyte of the default detector's state. */
  static final int MOST = 1 << 22;

  /** Longs of a series: the bits of its first value, and the time of its last point. */
  private static final int LONGS = 2;

  private static final float[] NO_STATE = {};
  private static final long[] NO_LONGS = {};

  final int floats;
  private float[][] states = {};
  private long[][] exact = {};

  SeriesBank(int floats) {
    this.floats = floats;
  }

  /** A handle greater than all there is room for. */
  int end() {
    return states.length * CHUNK;
  }

  /** Whether there is room for a handle. */
  boolean holds(int series) {
    return series >= 0 && series < end() && states[series / CHUNK].length > 0;
  }

  /** Makes room for a handle; new series are all zeros. */
  void reach(int series) {
    if (holds(series)) {
      return;
    }
    if (series >= MOST) {
      throw new LogSenseException(
          Category.LIMIT,
          "series " + series + ": a detector has room for " + MOST + "; use a second one");
    }
    int chunk = series / CHUNK;
    int old = states.length;
    if (chunk >= old) {
      int room = Math.max(chunk + 1, old + old / 2);
      states = Arrays.copyOf(states, room);
      exact = Arrays.copyOf(exact, room);
      for (int i = old; i < room; i++) {
        states[i] = NO_STATE;
        exact[i] = NO_LONGS;
      }
    }
    states[chunk] = new float[CHUNK * floats];
    exact[chunk] = new long[CHUNK * LONGS];
  }

  float[] state(int series) {
    return states[series / CHUNK];
  }

  int at(int series) {
    return series % CHUNK * floats;
  }

  double origin(int series) {
    return Double.longBitsToDouble(exact[series / CHUNK][series % CHUNK * LONGS]);
  }

  long time(int series) {
    return exact[series / CHUNK][series % CHUNK * LONGS + 1];
  }

  void origin(int series, double value) {
    exact[series / CHUNK][series % CHUNK * LONGS] = Double.doubleToRawLongBits(value);
  }

  void time(int series, long millis) {
    exact[series / CHUNK][series % CHUNK * LONGS + 1] = millis;
  }
}
