package io.logsense.internal.anomaly;

/**
 * Which parts a detector has, and their limits. The figures of the default were chosen by {@code
 * benchmarks/run accuracy-nab}, which does so again from labelled series.
 *
 * @param name what users call it
 * @param horizon what a point is compared with
 * @param level deviations at which a single value is a finding; 0 if it never is
 * @param counts the same for a single count, as {@link Tails} counts deviations; 0 if counts are
 *     values like others
 * @param burst points of the burst window; 0 for none
 * @param range whether leaving the range of all values so far is evidence
 * @param stretch points on one side of the mean that are nothing special yet, however short all
 *     others were; 0 if stretches are no evidence
 * @param cooldown points after a finding in which only stronger evidence is one
 * @param freeze points of an incident that are not learned, at most
 */
public record Settings(
    String name,
    Horizon horizon,
    double level,
    double counts,
    int burst,
    boolean range,
    int stretch,
    int cooldown,
    int freeze) {
  /** The limit of values where nothing else is said, and where the band of all detectors ends. */
  static final double LEVEL = 9;

  private static final double COUNTS = 5;
  private static final int BURST = 10;
  private static final int STRETCH = 30;
  private static final double FASTEST = 0.08;
  private static final int DAY = 24 * 60;
  private static final int MEMORY = 4 * 60;

  /**
   * What a baseline remembers.
   *
   * @param window points of a rolling baseline; 0 for a seasonal one
   * @param buckets parts of the period of a seasonal baseline; 1 for none
   * @param bucketMinutes minutes of one part
   * @param memoryMinutes how much time within a part is remembered
   * @param fastest the most that one point weighs, however long ago the one before it was
   */
  public record Horizon(
      int window, int buckets, int bucketMinutes, int memoryMinutes, double fastest) {
    /** Equal parts of a period. */
    public static Horizon seasonal(int buckets, int periodMinutes, int memory, double fastest) {
      return new Horizon(0, buckets, periodMinutes / buckets, memory, fastest);
    }
  }

  /** Everything together, with the limits that are in question when the default is chosen. */
  public static Settings standard(Horizon horizon, double level, double counts) {
    return new Settings("standard", horizon, level, counts, BURST, true, STRETCH, 120, 90);
  }

  /** The default. */
  public static Settings standard() {
    return standard(day(12), LEVEL, COUNTS);
  }

  /** The distance from one exponentially weighted mean, in deviations. */
  public static Settings ewma() {
    return level("ewma", flat());
  }

  /** The distance from the mean of the last points, in deviations. */
  public static Settings rolling(int window) {
    return level("rolling", new Horizon(window, 1, 0, 0, 0));
  }

  /** The distance from the mean of the hour of the day. */
  public static Settings hourOfDay() {
    return level("hour-of-day", day(24));
  }

  /** The distance from the mean of the hour of the week. */
  public static Settings hourOfWeek() {
    return level("hour-of-week", Horizon.seasonal(7 * 24, 7 * DAY, MEMORY, FASTEST));
  }

  /** The negative binomial alone. */
  public static Settings negativeBinomial() {
    return new Settings("negative-binomial", day(12), LEVEL, COUNTS, 0, false, 0, 0, 0);
  }

  /** Bursts alone. */
  public static Settings bursts() {
    return new Settings("burst", day(12), 0, COUNTS, BURST, false, 0, 0, 0);
  }

  /** The range alone. */
  public static Settings ranges() {
    return new Settings("range", flat(), 0, 0, 0, true, 0, 0, 0);
  }

  /** Stretches alone. */
  public static Settings stretches() {
    return new Settings("stretch", flat(), 0, 0, 0, false, STRETCH, 0, 0);
  }

  private static Settings level(String name, Horizon horizon) {
    return new Settings(name, horizon, LEVEL, 0, 0, false, 0, 0, 0);
  }

  private static Horizon flat() {
    return Horizon.seasonal(1, DAY, DAY, FASTEST);
  }

  private static Horizon day(int buckets) {
    return Horizon.seasonal(buckets, DAY, MEMORY, FASTEST);
  }
}
