package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store of events in memory, for tests of what writes and asks stores. Every query looks at every
 * event. Users call it; thread-safe.
 */
public final class InMemoryLogStore implements LogStore, Purgeable {
  private static final Comparator<StoredEvent> NEWEST_FIRST =
      Comparator.comparingLong((StoredEvent stored) -> stored.event().timestamp()).reversed();

  private final Map<String, StoredEvent> events = new LinkedHashMap<>();
  private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
  private boolean closed;

  /** An empty store. */
  public InMemoryLogStore() {}

  /** Another store that has what this one has now: for tests of what comes after a restart. */
  public synchronized InMemoryLogStore reopened() {
    InMemoryLogStore store = new InMemoryLogStore();
    store.events.putAll(events);
    store.checkpoints.putAll(checkpoints);
    return store;
  }

  @Override
  public synchronized long append(
      List<StoredEvent> newEvents, Map<String, Checkpoint> newCheckpoints) {
    checkOpen();
    List<StoredEvent> copy = List.copyOf(newEvents);
    Map<String, Checkpoint> passed = Map.copyOf(newCheckpoints);
    long before = events.size();
    copy.forEach(stored -> events.putIfAbsent(stored.id(), stored));
    checkpoints.putAll(passed);
    return events.size() - before;
  }

  @Override
  public synchronized Map<String, Checkpoint> checkpoints() {
    checkOpen();
    return Map.copyOf(checkpoints);
  }

  @Override
  public synchronized List<StoredEvent> find(EventQuery query) {
    return matching(query).sorted(NEWEST_FIRST).limit(query.limit()).toList();
  }

  @Override
  public synchronized long count(EventQuery query) {
    return matching(query).count();
  }

  @Override
  public synchronized Map<String, Long> countByGroup(EventQuery query) {
    return matching(query)
        .collect(Collectors.groupingBy(StoredEvent::group, TreeMap::new, Collectors.counting()));
  }

  @Override
  public synchronized void regroup(Map<String, String> groups) {
    checkOpen();
    Map<String, String> copy = Map.copyOf(groups);
    events.replaceAll(
        (id, stored) ->
            new StoredEvent(
                id,
                copy.getOrDefault(stored.group(), stored.group()),
                stored.event(),
                stored.stackTrace()));
  }

  @Override
  public synchronized long remove(EventQuery query) {
    List<StoredEvent> matching = matching(query).toList();
    matching.forEach(stored -> events.remove(stored.id()));
    return matching.size();
  }

  @Override
  public synchronized long mentions(Subject subject) {
    checkOpen();
    return events.values().stream().filter(stored -> names(stored, subject)).count()
        + checkpoints.entrySet().stream().filter(place -> names(place, subject)).count();
  }

  @Override
  public synchronized long purge(Subject subject) {
    long purged = mentions(subject);
    events.values().removeIf(stored -> names(stored, subject));
    checkpoints.entrySet().removeIf(place -> names(place, subject));
    return purged;
  }

  /** In any field but the two ids, which are hashes. */
  private static boolean names(StoredEvent stored, Subject subject) {
    LogEvent event = stored.event();
    return Stream.concat(
            Stream.of(
                event.message(),
                stored.stackTrace(),
                event.service(),
                event.environment(),
                event.version(),
                event.commit(),
                event.logger(),
                event.thread(),
                event.traceId(),
                event.requestId(),
                event.position().source()),
            event.attributes().entrySet().stream()
                .flatMap(attribute -> Stream.of(attribute.getKey(), attribute.getValue())))
        .anyMatch(subject::isIn);
  }

  private static boolean names(Map.Entry<String, Checkpoint> place, Subject subject) {
    return subject.isIn(place.getKey()) || subject.isIn(place.getValue().value());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private Stream<StoredEvent> matching(EventQuery query) {
    checkOpen();
    return events.values().stream().filter(query::isFulfilledBy);
  }

  private void checkOpen() {
    if (closed) {
      throw new LogSenseException(Category.USAGE, "the store is closed");
    }
  }
}
