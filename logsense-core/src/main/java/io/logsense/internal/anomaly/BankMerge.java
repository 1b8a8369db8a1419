package io.logsense.internal.anomaly;

/** Adds the series of one bank to those of another. */
final class BankMerge {
  private final BaselineDetector detector;
  private final SeriesBank mine;

  BankMerge(BaselineDetector detector, SeriesBank mine) {
    this.detector = detector;
    this.mine = mine;
  }

  void add(SeriesBank theirs) {
    for (int series = 0; series < theirs.end(); series++) {
      if (theirs.holds(series) && field(theirs, series, BaselineDetector.POINTS) > 0) {
        mine.reach(series);
        if (field(mine, series, BaselineDetector.POINTS) > 0) {
          pool(theirs, series);
        } else {
          copy(theirs, series, 0, mine.floats);
          mine.origin(series, theirs.origin(series));
          mine.time(series, theirs.time(series));
        }
      }
    }
  }

  private float field(SeriesBank bank, int series, int field) {
    return bank.state(series)[bank.at(series) + detector.fieldsAt + field];
  }

  private void copy(SeriesBank theirs, int series, int from, int count) {
    System.arraycopy(
        theirs.state(series),
        theirs.at(series) + from,
        mine.state(series),
        mine.at(series) + from,
        count);
  }

  private static float sum(double mine, double theirs) {
    return (float) Math.min(mine + theirs, BaselineDetector.MANY_POINTS);
  }

  private void pool(SeriesBank theirs, int series) {
    double shift = theirs.origin(series) - mine.origin(series);
    float[] state = mine.state(series);
    int at = mine.at(series);
    double points = field(mine, series, BaselineDetector.POINTS);
    double learned = field(mine, series, BaselineDetector.LEARNED);
    double theirLearned = field(theirs, series, BaselineDetector.LEARNED);
    float least = field(mine, series, BaselineDetector.LEAST);
    float greatest = field(mine, series, BaselineDetector.GREATEST);
    float fractions = field(mine, series, BaselineDetector.FRACTIONS);
    detector.baseline.merge(
        state, at, learned, theirs.state(series), theirs.at(series), theirLearned, shift);
    if (theirs.time(series) > mine.time(series)) {
      copy(theirs, series, detector.burstAt, mine.floats - detector.burstAt);
      mine.time(series, theirs.time(series));
    }
    int fields = at + detector.fieldsAt;
    float theirLeast = field(theirs, series, BaselineDetector.LEAST) + (float) shift;
    float theirGreatest = field(theirs, series, BaselineDetector.GREATEST) + (float) shift;
    state[fields + BaselineDetector.LEAST] = Math.min(least, theirLeast);
    state[fields + BaselineDetector.GREATEST] = Math.max(greatest, theirGreatest);
    state[fields + BaselineDetector.FRACTIONS] =
        Math.max(fractions, field(theirs, series, BaselineDetector.FRACTIONS));
    state[fields + BaselineDetector.LEARNED] = sum(learned, theirLearned);
    state[fields + BaselineDetector.POINTS] =
        sum(points, field(theirs, series, BaselineDetector.POINTS));
  }
}
