package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.anomaly.AnomalyDetector;
import io.logsense.internal.anomaly.BaselineDetector;
import io.logsense.internal.anomaly.Settings;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Detectors: what is unusual about the next point of a series.
 *
 * <p>All of them are silent for the first 30 points of a series, and none has a clock. A series
 * takes four bytes for each number kept, and 16.
 */
public final class Detectors {
  private static final int DEFAULT_WINDOW = 288;
  private static final int LARGEST_WINDOW = 1 << 16;

  private Detectors() {}

  /**
   * The default, for any series: a baseline for each two hours of the day; for counts a negative
   * binomial tail; short bursts; values outside the range so far, or on one side of the mean for
   * longer than ever; one finding for an incident rather than one for each of its points; and
   * counts of an incident are not learned as normal for its first 90 points. 220 bytes a series.
   */
  public static AnomalyDetector standard() {
    return new BaselineDetector(Settings.standard());
  }

  /** The distance from one exponentially weighted mean: nine deviations are a finding. */
  public static AnomalyDetector ewma() {
    return new BaselineDetector(Settings.ewma());
  }

  /**
   * The distance from the mean of the last {@code window} points. Each point costs a look at all of
   * them.
   *
   * @throws LogSenseException (usage) unless {@code window} is from 2 to 65,536
   */
  public static AnomalyDetector rolling(int window) {
    if (window < 2 || window > LARGEST_WINDOW) {
      throw usage("a window has from 2 to " + LARGEST_WINDOW + " points, not " + window);
    }
    return new BaselineDetector(Settings.rolling(window));
  }

  /** The distance from the mean of this hour of the day, in UTC. */
  public static AnomalyDetector hourOfDay() {
    return new BaselineDetector(Settings.hourOfDay());
  }

  /** The distance from the mean of this hour of the week, in UTC; for weeks of history. */
  public static AnomalyDetector hourOfWeek() {
    return new BaselineDetector(Settings.hourOfWeek());
  }

  /** For counts: single points that a negative binomial of their mean and variance rarely has. */
  public static AnomalyDetector negativeBinomial() {
    return new BaselineDetector(Settings.negativeBinomial());
  }

  /** Ten points in a row that are unusual together. */
  public static AnomalyDetector burst() {
    return new BaselineDetector(Settings.bursts());
  }

  /** Values outside the range of all values so far; not for counts. */
  public static AnomalyDetector range() {
    return new BaselineDetector(Settings.ranges());
  }

  /** Values that stay above or below the mean for longer than ever before; not for counts. */
  public static AnomalyDetector stretch() {
    return new BaselineDetector(Settings.stretches());
  }

  /**
   * The detector of that name, with default settings.
   *
   * @throws LogSenseException (usage) when there is none; the message lists the names
   */
  public static AnomalyDetector named(String name) {
    Settings settings = all().get(name);
    if (settings == null) {
      throw usage("no detector is named '" + name + "'; there are " + String.join(", ", names()));
    }
    return new BaselineDetector(settings);
  }

  /** The names that {@link #named} knows, in order. */
  public static Set<String> names() {
    return all().keySet();
  }

  private static SortedMap<String, Settings> all() {
    SortedMap<String, Settings> all = new TreeMap<>();
    for (Settings settings :
        List.of(
            Settings.standard(),
            Settings.ewma(),
            Settings.rolling(DEFAULT_WINDOW),
            Settings.hourOfDay(),
            Settings.hourOfWeek(),
            Settings.negativeBinomial(),
            Settings.bursts(),
            Settings.ranges(),
            Settings.stretches())) {
      all.put(settings.name(), settings);
    }
    return all;
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(LogSenseException.Category.USAGE, message);
  }
}
