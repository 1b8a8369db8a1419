package io.logsense.benchmarks.sessions;

import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * F1 of rules that learn from normal sessions only, on labelled sessions (HDFS, OpenStack, Hadoop,
 * BGL, …), beside the published figures of the same rules.
 *
 * <p>Where only a sample of the normal sessions is there, its false alarms are counted as often as
 * the sample is smaller than the whole.
 */
public final class SessionAccuracy {
  private static final String NAME = "accuracy-sessions";

  /** The share of normal sessions whose distance to the others is still usual. */
  private static final double USUAL = 0.99;

  private static final String REVIEW = "Landauer et al. 2024";

  /** Best published F1 of the same rule on the same sessions; averages and maxima of 25 samples. */
  private static final Map<String, Double> PUBLISHED =
      Map.of(
          "newEvent hdfs_logdeep", 0.633,
          "eventOrLength hdfs_logdeep", 0.904,
          "nearCounts hdfs_logdeep", 0.960,
          "newEvent hadoop_loghub", 0.288,
          "eventOrLength hadoop_loghub", 0.335,
          "nearCounts hadoop_loghub", 0.915);

  private SessionAccuracy() {}

  /** All figures. */
  public static List<Figure> run(Run.Options options) throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (SessionSet set : SessionSet.read(options.data())) {
      SessionRules rules = new SessionRules();
      set.train().forEach(rules::learn);
      double usual = rules.usualDistance(USUAL);
      Map<List<String>, Double> distances = new HashMap<>();
      Predicate<List<String>> newEvent = rules::newEvent;
      add(figures, set, "newEvent", newEvent);
      add(figures, set, "oddLength", rules::oddLength);
      add(figures, set, "eventOrLength", newEvent.or(rules::oddLength));
      add(figures, set, "newCounts", s -> distances.computeIfAbsent(s, rules::distance) > 0);
      add(figures, set, "nearCounts", s -> distances.computeIfAbsent(s, rules::distance) > usual);
      add(figures, set, "everySession", s -> true);
    }
    return figures;
  }

  private static void add(
      List<Figure> figures, SessionSet set, String rule, Predicate<List<String>> found) {
    Double published = PUBLISHED.get(rule + " " + set.name());
    String data =
        "%s: %d sessions learned, %d normal of %d, %d not"
            .formatted(
                set.name(),
                set.train().size(),
                set.normal().size(),
                set.normalCount(),
                set.abnormal().size());
    figures.add(
        new Figure(
            NAME,
            "sessions." + rule,
            "F1",
            f1(set, found),
            published,
            published == null ? null : REVIEW,
            null,
            null,
            data));
  }

  /** The harmonic mean of precision and recall. */
  static double f1(SessionSet set, Predicate<List<String>> found) {
    double hits = set.abnormal().stream().filter(found).count();
    double alarms = set.normal().stream().filter(found).count();
    alarms *= (double) set.normalCount() / set.normal().size();
    return 2 * hits / (hits + alarms + set.abnormal().size());
  }
}
