package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.store.DocumentStore;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a service ran where and when, kept as documents of the kind {@value #KIND}. An
 * event finds the code it came from by what it says of itself, and else by its time. Thread-safe if
 * its store is.
 */
public final class Deployments {
  /** The kind of its documents. */
  public static final String KIND = "deployment";

  private static final List<String> COLUMNS =
      List.of("service", "environment", "deployed_at", "version", "commit");

  /** The deployments of a service in an environment that are known: ten a day for years. */
  private static final int MOST_OF_A_PLACE = 10_000;

  private final @Nullable DocumentStore store;
  private final Map<String, NavigableMap<Instant, Deployment>> byPlace = new HashMap<>();

  /**
   * A version that was brought out.
   *
   * @param service of which service
   * @param environment where; empty for anywhere
   * @param deployedAt since when it runs
   * @param version what it is called
   * @param commit what it was built from; empty when unknown
   */
  public record Deployment(
      String service, String environment, Instant deployedAt, String version, String commit) {}

  private Deployments(@Nullable DocumentStore store) {
    this.store = store;
  }

  /**
   * The deployments in {@code store}, which the caller closes.
   *
   * @throws LogSenseException (external) when a document cannot be read
   */
  public static Deployments open(DocumentStore store) {
    Deployments deployments = new Deployments(store);
    store
        .list(KIND)
        .forEach(document -> deployments.remember(Documents.read(document, Deployment.class)));
    return deployments;
  }

  /**
   * The deployments in a CSV file (RFC 4180, UTF-8) whose header names {@code service}, {@code
   * environment}, {@code deployed_at}, {@code version} and {@code commit}, in any order. Times are
   * ISO 8601, in UTC where they name no zone. What is added to them is not kept.
   *
   * @throws LogSenseException (usage) naming the row that cannot be read; (external) when the file
   *     cannot
   */
  public static Deployments read(Path file) {
    Deployments deployments = new Deployments(null);
    for (CsvTable.Row row : CsvTable.read(file, COLUMNS)) {
      deployments.remember(
          new Deployment(
              row.get("service"),
              row.get("environment"),
              time(row),
              row.get("version"),
              row.get("commit")));
    }
    return deployments;
  }

  private static Instant time(CsvTable.Row row) {
    String text = row.get("deployed_at");
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(time);
    } catch (DateTimeException e) {
      throw row.refused("deployed_at '" + text + "'; it must be like 2026-05-01T10:00:00Z");
    }
  }

  /**
   * Notes a deployment; again is as good as once. Of one service in one environment the last
   * {@value #MOST_OF_A_PLACE} are known.
   */
  public synchronized void add(Deployment deployment) {
    if (store != null) {
      String time = deployment.deployedAt().toString();
      String id = Documents.id(deployment.service(), deployment.environment(), time);
      store.put(List.of(Documents.of(KIND, id, deployment)));
    }
    remember(deployment);
  }

  private void remember(Deployment deployment) {
    NavigableMap<Instant, Deployment> here =
        byPlace.computeIfAbsent(
            place(deployment.service(), deployment.environment()), key -> new TreeMap<>());
    here.put(deployment.deployedAt(), deployment);
    if (here.size() > MOST_OF_A_PLACE) {
      here.pollFirstEntry();
    }
  }

  private static String place(String service, String environment) {
    return service + "\n" + environment;
  }

  /**
   * What an event came from: the deployment of the version or commit that it states, else the last
   * one before it in its environment, else the last one before it anywhere.
   */
  public synchronized Optional<Deployment> of(LogEvent event) {
    NavigableMap<Instant, Deployment> here =
        byPlace.getOrDefault(place(event.service(), event.environment()), new TreeMap<>());
    NavigableMap<Instant, Deployment> anywhere =
        byPlace.getOrDefault(place(event.service(), ""), new TreeMap<>());
    if (!event.version().isEmpty() || !event.commit().isEmpty()) {
      return stated(event, here).or(() -> stated(event, anywhere));
    }
    return event
        .instant()
        .flatMap(
            time ->
                Optional.ofNullable(here.floorEntry(time))
                    .or(() -> Optional.ofNullable(anywhere.floorEntry(time))))
        .map(Map.Entry::getValue);
  }

  private static Optional<Deployment> stated(
      LogEvent event, NavigableMap<Instant, Deployment> deployments) {
    return deployments.descendingMap().values().stream()
        .filter(
            one ->
                (!event.commit().isEmpty() && one.commit().startsWith(event.commit()))
                    || (!event.version().isEmpty() && one.version().equals(event.version())))
        .findFirst();
  }
}
