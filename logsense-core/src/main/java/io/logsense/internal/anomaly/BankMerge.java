package io.logsense.internal.anomaly;

import java.util.function.IntUnaryOperator;

/** Adds the series of one bank to those of another. */
final class BankMerge {
  private final BaselineDetector detector;
  private final SeriesBank mine;

  BankMerge(BaselineDetector detector, SeriesBank mine) {
    this.detector = detector;
    this.mine = mine;
  }

  void add(SeriesBank theirs, IntUnaryOperator handles) {
    for (int series = 0; series < theirs.end(); series++) {
      if (theirs.holds(series) && field(theirs, series, BaselineDetector.POINTS) > 0) {
        int handle = handles.applyAsInt(series);
        if (handle >= 0) {
          add(theirs, series, handle);
        }
      }
    }
  }

  private void add(SeriesBank theirs, int series, int handle) {
    mine.reach(handle);
    if (field(mine, handle, BaselineDetector.POINTS) > 0) {
      pool(theirs, series, handle);
    } else {
      copy(theirs, series, handle, 0, mine.floats);
      mine.origin(handle, theirs.origin(series));
      mine.time(handle, theirs.time(series));
    }
  }

  private float field(SeriesBank bank, int series, int field) {
    return bank.state(series)[bank.at(series) + detector.fieldsAt + field];
  }

  private void copy(SeriesBank theirs, int series, int handle, int from, int count) {
    System.arraycopy(
        theirs.state(series),
        theirs.at(series) + from,
        mine.state(handle),
        mine.at(handle) + from,
        count);
  }

  private static float sum(double mine, double theirs) {
    return (float) Math.min(mine + theirs, BaselineDetector.MANY_POINTS);
  }

  private void pool(SeriesBank theirs, int series, int handle) {
    double shift = theirs.origin(series) - mine.origin(handle);
    float[] state = mine.state(handle);
    int at = mine.at(handle);
    double points = field(mine, handle, BaselineDetector.POINTS);
    double learned = field(mine, handle, BaselineDetector.LEARNED);
    double theirLearned = field(theirs, series, BaselineDetector.LEARNED);
    float least = field(mine, handle, BaselineDetector.LEAST);
    float greatest = field(mine, handle, BaselineDetector.GREATEST);
    float fractions = field(mine, handle, BaselineDetector.FRACTIONS);
    float overall = field(mine, handle, BaselineDetector.OVERALL);
    float[] other = theirs.state(series);
    int from = theirs.at(series);
    boolean newer = theirs.time(series) > mine.time(handle);
    double theirPoints = field(theirs, series, BaselineDetector.POINTS);
    double part = theirPoints / (points + theirPoints);
    detector.baseline.merge(state, at, learned, other, from, theirLearned, shift);
    detector.stretch.merge(
        state, at + detector.stretchAt, other, from + detector.stretchAt, newer, part, shift);
    if (newer) {
      copy(theirs, series, handle, detector.burstAt, mine.floats - detector.burstAt);
      mine.time(handle, theirs.time(series));
    }
    int fields = at + detector.fieldsAt;
    float theirLeast = field(theirs, series, BaselineDetector.LEAST) + (float) shift;
    float theirGreatest = field(theirs, series, BaselineDetector.GREATEST) + (float) shift;
    state[fields + BaselineDetector.LEAST] = Math.min(least, theirLeast);
    state[fields + BaselineDetector.GREATEST] = Math.max(greatest, theirGreatest);
    state[fields + BaselineDetector.FRACTIONS] =
        Math.max(fractions, field(theirs, series, BaselineDetector.FRACTIONS));
    state[fields + BaselineDetector.OVERALL] =
        (float) ((1 - part) * overall + part * field(theirs, series, BaselineDetector.OVERALL));
    state[fields + BaselineDetector.LEARNED] = sum(learned, theirLearned);
    state[fields + BaselineDetector.POINTS] = sum(points, theirPoints);
  }
}
