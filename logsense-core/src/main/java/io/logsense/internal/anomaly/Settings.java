package io.logsense.internal.anomaly;

/**
 * Which parts a detector has.
 *
 * @param name what users call it
 * @param window points of a rolling baseline; 0 for a seasonal one
 * @param buckets parts of the period of a seasonal baseline; 1 for none
 * @param bucketMinutes minutes of one part
 * @param memoryMinutes how much time within a part is remembered
 * @param level whether a single point's distance from the baseline is evidence
 * @param counts whether counts are judged by the negative binomial
 * @param burst points of the burst window; 0 for none
 * @param range whether leaving the range of all values so far is evidence
 * @param cooldown points after a finding in which only stronger evidence is one
 * @param freeze points of an incident that are not learned, at most
 */
public record Settings(
    String name,
    int window,
    int buckets,
    int bucketMinutes,
    int memoryMinutes,
    boolean level,
    boolean counts,
    int burst,
    boolean range,
    int cooldown,
    int freeze) {
  private static final int DAY = 24 * 60;

  /** Everything together. */
  public static Settings standard() {
    return new Settings("standard", 0, 12, 120, 240, true, true, 10, true, 120, 90);
  }

  /** The distance from one exponentially weighted mean, in deviations. */
  public static Settings ewma() {
    return new Settings("ewma", 0, 1, DAY, DAY, true, false, 0, false, 0, 0);
  }

  /** The distance from the mean of the last points, in deviations. */
  public static Settings rolling(int window) {
    return new Settings("rolling", window, 1, 0, 0, true, false, 0, false, 0, 0);
  }

  /** The distance from the mean of the hour of the day. */
  public static Settings hourOfDay() {
    return new Settings("hour-of-day", 0, 24, 60, 240, true, false, 0, false, 0, 0);
  }

  /** The distance from the mean of the hour of the week. */
  public static Settings hourOfWeek() {
    return new Settings("hour-of-week", 0, 168, 60, 240, true, false, 0, false, 0, 0);
  }

  /** The negative binomial alone. */
  public static Settings negativeBinomial() {
    return new Settings("negative-binomial", 0, 12, 120, 240, true, true, 0, false, 0, 0);
  }

  /** Bursts alone. */
  public static Settings bursts() {
    return new Settings("burst", 0, 12, 120, 240, false, true, 10, false, 0, 0);
  }

  /** The range alone. */
  public static Settings ranges() {
    return new Settings("range", 0, 1, DAY, DAY, false, false, 0, true, 0, 0);
  }
}
