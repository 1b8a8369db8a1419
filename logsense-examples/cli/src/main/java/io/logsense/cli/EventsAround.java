package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The events of a log around some problems, in memory: those of the traces and of the seconds of
 * the events that stand for the problems. At most {@value #MOST}; what comes later is left out. For
 * one thread at a time.
 */
final class EventsAround implements LogStore {
  private static final int MOST = 20_000;

  private final Set<String> traces = new HashSet<>();
  private final TreeSet<Long> starts = new TreeSet<>();
  private final Map<String, StoredEvent> kept = new HashMap<>();

  /** Keeps what is around those groups. */
  EventsAround(Collection<Group> problems) {
    for (Group problem : problems) {
      LogEvent event = problem.representative();
      if (!event.traceId().isEmpty()) {
        traces.add(event.traceId());
      }
      if (event.timestamp() != LogEvent.NO_TIMESTAMP) {
        starts.add(RelatedEvents.from(event));
      }
    }
  }

  /** Whether the event is around one of the problems. */
  boolean wants(LogEvent event) {
    if (!event.traceId().isEmpty() && traces.contains(event.traceId())) {
      return true;
    }
    Long start =
        event.timestamp() == LogEvent.NO_TIMESTAMP ? null : starts.floor(event.timestamp());
    return start != null && event.timestamp() - start < RelatedEvents.SPAN;
  }

  @Override
  public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
    int before = kept.size();
    for (StoredEvent event : events) {
      if (kept.size() < MOST && wants(event.event())) {
        kept.putIfAbsent(event.id(), event);
      }
    }
    return kept.size() - (long) before;
  }

  @Override
  public Map<String, Checkpoint> checkpoints() {
    return Map.of();
  }

  @Override
  public List<StoredEvent> find(EventQuery query) {
    return matching(query).stream().limit(query.limit()).toList();
  }

  @Override
  public long count(EventQuery query) {
    return matching(query).size();
  }

  @Override
  public Map<String, Long> countByGroup(EventQuery query) {
    Map<String, Long> counts = new TreeMap<>();
    matching(query).forEach(event -> counts.merge(event.group(), 1L, Long::sum));
    return counts;
  }

  @Override
  public void regroup(Map<String, String> groups) {
    UnaryOperator<StoredEvent> renamed =
        event ->
            new StoredEvent(
                event.id(),
                groups.getOrDefault(event.group(), event.group()),
                event.event(),
                event.stackTrace());
    kept.replaceAll((id, event) -> renamed.apply(event));
  }

  @Override
  public long remove(EventQuery query) {
    List<StoredEvent> removed = matching(query);
    removed.forEach(event -> kept.remove(event.id()));
    return removed.size();
  }

  private List<StoredEvent> matching(EventQuery query) {
    List<StoredEvent> found = new ArrayList<>();
    for (StoredEvent event : kept.values()) {
      if (query.isFulfilledBy(event)) {
        found.add(event);
      }
    }
    found.sort(
        Comparator.comparingLong((StoredEvent one) -> one.event().timestamp())
            .thenComparingLong(one -> one.event().position().offset())
            .reversed()
            .thenComparing(StoredEvent::id));
    return found;
  }

  @Override
  public void close() {
    kept.clear();
  }
}
