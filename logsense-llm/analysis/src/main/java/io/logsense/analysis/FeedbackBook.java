package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.analysis.Feedback;
import io.logsense.api.analysis.Feedback.Verdict;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people said of root causes, kept as documents of the kind {@value #KIND}; how good the
 * reports are by it; and what it says of the code: a block that was right before is likelier the
 * next time.
 *
 * <p>Thread-safe if its store is. Two processes may write; each knows what was there when it
 * opened, and what it added.
 */
public final class FeedbackBook implements Measured, Purgeable {
  /** The kind of its documents. */
  public static final String KIND = "feedback";

  /** More than people ever say of one system; the earliest are then forgotten, but kept. */
  private static final int MOST = 100_000;

  private final DocumentStore store;
  private final Map<String, Feedback> latest = new LinkedHashMap<>();
  private long reports;
  private long conclusive;
  private long insights;
  private double insightSeconds;

  private FeedbackBook(DocumentStore store) {
    this.store = store;
  }

  /**
   * The book in {@code store}, which the caller closes.
   *
   * @throws LogSenseException (external) when a document cannot be read
   */
  public static FeedbackBook open(DocumentStore store) {
    FeedbackBook book = new FeedbackBook(store);
    store.list(KIND).stream()
        .map(document -> Documents.read(document, Feedback.class))
        .sorted(Comparator.comparing(Feedback::time))
        .forEach(book::remember);
    return book;
  }

  /** Adds what somebody says; it takes the place of what the same author said of the same cause. */
  public synchronized void add(Feedback feedback) {
    store.put(List.of(Documents.of(KIND, id(feedback), feedback)));
    remember(feedback);
  }

  private void remember(Feedback feedback) {
    latest.put(id(feedback), feedback);
    if (latest.size() > MOST) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /**
   * Counts a report, for coverage and for the time that insight took.
   *
   * @param since when the problem was first seen
   * @param reported when the report was there
   */
  public synchronized void reported(RootCauseReport report, Instant since, Instant reported) {
    reports++;
    if (!report.isInconclusive()) {
      conclusive++;
      insights++;
      insightSeconds += Math.max(0, Duration.between(since, reported).toMillis() / 1000.0);
    }
  }

  /**
   * How often blocks were right: for each symbol the share of verdicts in its favour, less the
   * share against it, in [-1, 1], drawn towards 0 where there are few.
   */
  public synchronized Map<String, Double> trust() {
    Map<String, double[]> sums = new HashMap<>();
    for (Feedback feedback : latest.values()) {
      double[] sum = sums.computeIfAbsent(feedback.symbol(), symbol -> new double[2]);
      sum[0] +=
          switch (feedback.verdict()) {
            case ACCEPTED -> 1;
            case PARTIALLY_CORRECT -> 0.5;
            case REJECTED -> -1;
          };
      sum[1]++;
    }
    Map<String, Double> trust = new HashMap<>();
    sums.forEach((symbol, sum) -> trust.put(symbol, sum[0] / (sum[1] + 1)));
    return trust;
  }

  /** What was said of causes of a group, in any of its versions, in the order of time. */
  public synchronized List<Feedback> about(String group) {
    return latest.values().stream()
        .filter(one -> one.incident().equals(group) || one.incident().startsWith(group + "@"))
        .sorted(Comparator.comparing(Feedback::time).thenComparing(Feedback::author))
        .toList();
  }

  private synchronized double share(Verdict verdict) {
    return latest.isEmpty() ? Double.NaN : (double) count(verdict) / latest.size();
  }

  private synchronized long count(Verdict verdict) {
    return latest.values().stream().filter(one -> one.verdict() == verdict).count();
  }

  private synchronized double coverage() {
    return reports == 0 ? Double.NaN : (double) conclusive / reports;
  }

  private synchronized double meanTimeToInsight() {
    return insights == 0 ? Double.NaN : insightSeconds / insights;
  }

  /** Shares are not a number as long as there is nothing to share. */
  @Override
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    measures.add(
        Measure.gauge(
            "logsense.rca.acceptance",
            "1",
            "Share of verdicts that accept a root cause.",
            () -> share(Verdict.ACCEPTED)));
    measures.add(
        Measure.gauge(
            "logsense.rca.false_positives",
            "1",
            "Share of verdicts that reject a root cause.",
            () -> share(Verdict.REJECTED)));
    measures.add(
        Measure.gauge(
            "logsense.rca.coverage", "1", "Share of reports that name a cause.", this::coverage));
    measures.add(
        Measure.gauge(
            "logsense.rca.time_to_insight",
            "s",
            "Mean time from the first event to a report that names a cause.",
            this::meanTimeToInsight));
    return measures;
  }

  @Override
  public synchronized long mentions(Subject subject) {
    long known = latest.values().stream().filter(one -> names(one, subject)).count();
    return Math.max(known, Documents.naming(store, KIND, subject).size());
  }

  /** Removes feedback that mentions it, by whom or in what; trust no longer counts it. */
  @Override
  public synchronized long purge(Subject subject) {
    long mentions = mentions(subject);
    long unused = Documents.purge(store, KIND, subject);
    latest.values().removeIf(one -> names(one, subject));
    return mentions;
  }

  private static boolean names(Feedback feedback, Subject subject) {
    return subject.isIn(Documents.of(KIND, id(feedback), feedback).json());
  }

  private static String id(Feedback feedback) {
    return Documents.id(feedback.incident(), feedback.symbol(), feedback.author());
  }
}
