package io.logsense.internal.alert;

import io.logsense.api.alert.Alert;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.finding.FindingSeverity;
import io.logsense.api.purge.Subject;
import io.logsense.internal.journal.ContentId;
import io.logsense.internal.journal.Fact;
import io.logsense.internal.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was told, is being collected or waits to be worth it, as a journal keeps it. All that
 * happens comes back from the journal, so several processes agree on it. Thread-safe.
 */
public final class AlertBook implements AutoCloseable {
  /** Findings that are known to have been told; past this many the oldest are forgotten. */
  static final int MOST_KEYS = 100_000;

  /** Alerts that are kept in memory, delivered or not; past this many the oldest go. */
  static final int MOST_ALERTS = 1_000;

  private static final String FORMAT = "logsense-alerts";
  private static final String FILE = "alerts.journal";
  private static final String SCHEME = "al1:";
  private static final String SUMMARY = "summary";
  private static final int TOP = 3;
  private static final Comparator<Alert.Item> URGENCY =
      Comparator.comparing(Alert.Item::severity)
          .reversed()
          .thenComparing(Alert.Item::time)
          .thenComparing(Alert.Item::group)
          .thenComparing(Alert.Item::kind);

  /** Something to tell, and since when that is known. */
  private record Collected(Alert.Item item, Instant since) {}

  private final Duration per;
  private final int most;
  private final Duration quiet;
  private final Journal journal;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Set<String> keys = new LinkedHashSet<>();
  private final Map<String, Collected> collected = new LinkedHashMap<>();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Map<String, Set<String>> delivered = new HashMap<>();
  private long forgotten;

  /**
   * What is kept in {@code directory}; in memory when that is null.
   *
   * @param most alerts within {@code per}, before what comes is collected
   */
  public AlertBook(@Nullable Path directory, int most, Duration per) {
    this.most = most;
    this.per = per;
    this.quiet = per.dividedBy(5);
    journal =
        Journal.shared(
            directory == null ? null : directory.resolve(FILE), FORMAT, this::read, this::restart);
  }

  /** Groups that wait stay: they are asked for without the lock, and the facts are the same. */
  private void restart() {
    keys.clear();
    collected.clear();
    alerts.clear();
    delivered.clear();
    forgotten = 0;
  }

  private void read(Fact fact) {
    switch (fact.kind()) {
      case "waiting" -> add(waiting, fact.text("group"));
      case "item" -> {
        String key = fact.text("key");
        add(keys, key);
        waiting.remove(fact.text("group"));
        collected.put(key, new Collected(item(fact), Instant.parse(fact.text("since"))));
      }
      case "alert" -> alert(fact);
      case "delivered" ->
          delivered
              .computeIfAbsent(fact.text("alert"), id -> new HashSet<>())
              .add(fact.text("notifier"));
      default ->
          throw new IllegalArgumentException(
              "unknown fact '" + fact.kind() + "'; written by a newer version?");
    }
  }

  private static void add(Set<String> set, String value) {
    set.add(value);
    if (set.size() > MOST_KEYS) {
      set.remove(set.iterator().next());
    }
  }

  private void alert(Fact fact) {
    List<Alert.Item> items = new ArrayList<>();
    for (String key : fact.list("keys")) {
      Collected known = collected.remove(key);
      if (known != null) {
        items.add(known.item);
      }
    }
    if (items.isEmpty()) {
      return;
    }
    items.sort(URGENCY);
    String id = fact.text("id");
    alerts.put(id, new Alert(id, Instant.parse(fact.text("when")), fact.text(SUMMARY), items));
    if (alerts.size() > MOST_ALERTS) {
      String oldest = alerts.keySet().iterator().next();
      alerts.remove(oldest);
      if (delivered.remove(oldest) == null) {
        forgotten++;
      }
    }
  }

  private static Alert.Item item(Fact fact) {
    return new Alert.Item(
        fact.text("group"),
        FindingKind.valueOf(fact.text("kind")),
        FindingSeverity.valueOf(fact.text("severity")),
        Long.parseLong(fact.text("time")),
        fact.text(SUMMARY));
  }

  /** What a finding is known by: a new group is new once, all else happens at a time. */
  private static String key(Finding finding) {
    String what =
        switch (finding.kind()) {
          case NEW -> "";
          case VERSION_DRIFT -> finding.version();
          default -> Long.toString(finding.time());
        };
    return ContentId.of("", finding.kind().name(), finding.group().id(), what);
  }

  /** Nanoseconds of a duration; at most 292 years. */
  public static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0
        ? duration.toNanos()
        : Long.MAX_VALUE;
  }

  /** Whether a group is new and not yet worth an alert. Needs no lock. */
  public boolean isWaiting(String group) {
    return waiting.contains(group);
  }

  /** Notes that a group is new, but not yet worth an alert. */
  public synchronized void await(String group) {
    journal.write(
        () ->
            waiting.contains(group) ? List.of() : List.of(Fact.of("waiting").with("group", group)));
  }

  /** Tells of a finding, now or with others; not when that was done before. */
  public synchronized void tell(Finding finding, Instant now) {
    String key = key(finding);
    journal.write(
        () -> {
          if (keys.contains(key)) {
            return List.of();
          }
          Fact item =
              Fact.of("item")
                  .with("key", key)
                  .with("group", finding.group().id())
                  .with("kind", finding.kind().name())
                  .with("severity", finding.severity().name())
                  .with("time", Long.toString(finding.time()))
                  .with(SUMMARY, finding.summary())
                  .with("since", now.toString());
          return collected.isEmpty() && recent(now) < most
              ? List.of(item, alert(List.of(key), finding.summary(), now))
              : List.of(item);
        });
  }

  private long recent(Instant now) {
    return alerts.values().stream().filter(alert -> !alert.time().plus(per).isBefore(now)).count();
  }

  private static Fact alert(Collection<String> keys, String summary, Instant now) {
    List<String> sorted = keys.stream().sorted().toList();
    return Fact.of("alert")
        .with("id", ContentId.of(SCHEME, sorted.toArray(String[]::new)))
        .with("when", now.toString())
        .with(SUMMARY, summary)
        .with("keys", sorted);
  }

  /** Tells what was collected, if it is time. */
  public synchronized void tick(Instant now) {
    journal.refresh();
    if (!isOver(now)) {
      return;
    }
    journal.write(
        () -> isOver(now) ? List.of(alert(collected.keySet(), summary(), now)) : List.of());
  }

  private boolean isOver(Instant now) {
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (Collected one : collected.values()) {
      first = one.since.isBefore(first) ? one.since : first;
      last = one.since.isAfter(last) ? one.since : last;
    }
    return !collected.isEmpty()
        && (!last.plus(quiet).isAfter(now) || !first.plus(per).isAfter(now));
  }

  private String summary() {
    List<Alert.Item> items =
        collected.values().stream().map(Collected::item).sorted(URGENCY).toList();
    if (items.size() == 1) {
      return items.get(0).summary();
    }
    Map<FindingKind, Long> kinds =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    Alert.Item::kind, java.util.TreeMap::new, Collectors.counting()));
    long groups = items.stream().map(Alert.Item::group).distinct().count();
    String counts =
        kinds.entrySet().stream()
            .map(entry -> entry.getValue() + " " + name(entry.getKey()))
            .collect(Collectors.joining(", "));
    String top =
        items.stream().limit(TOP).map(Alert.Item::summary).collect(Collectors.joining(" | "));
    String rest = items.size() > TOP ? " | and " + (items.size() - TOP) + " more" : "";
    return "Storm of " + groups + " groups (" + counts + "): " + top + rest;
  }

  private static String name(FindingKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What one notifier has yet to deliver, oldest first. */
  public synchronized List<Alert> undelivered(String notifier) {
    return alerts.values().stream()
        .filter(alert -> !delivered.getOrDefault(alert.id(), Set.of()).contains(notifier))
        .toList();
  }

  /** Notes that a notifier delivered an alert. */
  public synchronized void delivered(Alert alert, String notifier) {
    journal.write(
        () -> List.of(Fact.of("delivered").with("alert", alert.id()).with("notifier", notifier)));
  }

  /** The last alerts, oldest first. */
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts.values());
  }

  /** Alerts that were pushed out by later ones before anybody delivered them. */
  public synchronized long forgotten() {
    return forgotten;
  }

  /** How many facts about findings and alerts mention a subject. */
  public synchronized long mentions(Subject subject) {
    journal.refresh();
    long known =
        Stream.concat(
                collected.values().stream().map(one -> one.item.summary()),
                alerts.values().stream()
                    .flatMap(
                        alert ->
                            Stream.concat(
                                Stream.of(alert.summary()),
                                alert.items().stream().map(Alert.Item::summary))))
            .filter(subject::isIn)
            .count();
    return Math.max(known, journal.changed(fact -> fact.redacted(subject, SUMMARY)));
  }

  /** Takes a subject out of all summaries. */
  public synchronized long purge(Subject subject) {
    long mentions = mentions(subject);
    journal.rewrite(fact -> fact.redacted(subject, SUMMARY));
    collected.replaceAll((key, one) -> new Collected(redacted(one.item, subject), one.since));
    alerts.replaceAll(
        (id, alert) ->
            new Alert(
                id,
                alert.time(),
                subject.redact(alert.summary()),
                alert.items().stream().map(item -> redacted(item, subject)).toList()));
    return mentions;
  }

  private static Alert.Item redacted(Alert.Item item, Subject subject) {
    return new Alert.Item(
        item.group(), item.kind(), item.severity(), item.time(), subject.redact(item.summary()));
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
