package io.logsense.api.vector;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;

/** Checks and scales vectors, so that a store sees directions only. */
final class UnitVector {
  /** Squared lengths this close to 1 are rounding: such a vector keeps its bits. */
  private static final double ROUNDING = 1e-5;

  private UnitVector() {}

  /** A copy of unit length; {@code name} is for the complaint. */
  static float[] of(float[] vector, String name) {
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw usage(name + " has " + vector[i] + " at index " + i + "; give finite numbers");
      }
      squares += (double) vector[i] * vector[i];
    }
    if (squares == 0) {
      throw usage(
          name
              + (vector.length == 0 ? " is empty" : " is all zero")
              + " and so points nowhere; leave it out");
    }
    float[] unit = vector.clone();
    if (Math.abs(squares - 1) > ROUNDING) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (unit[i] / length);
      }
    }
    return unit;
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }
}
