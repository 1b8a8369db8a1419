package io.logsense.cli;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The events that go with one: those of its trace; where it names none, or no other has it, those
 * of its thread just before; where it names no thread, warnings and errors of its service.
 */
final class RelatedEvents {
  /** Length of the time around an event, in nanoseconds. */
  static final long SPAN = TimeUnit.SECONDS.toNanos(31);

  private static final long BEFORE = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_OF_A_TRACE = 50;
  private static final int MOST_AROUND = 10;

  private RelatedEvents() {}

  /** When the time around an event begins. */
  static long from(LogEvent event) {
    return Math.max(Long.MIN_VALUE + BEFORE + 1, event.timestamp()) - BEFORE;
  }

  /** The events that go with {@code event}, in the order in which they happened. */
  static List<StoredEvent> of(LogEvent event, LogStore store) {
    List<StoredEvent> found = new ArrayList<>();
    if (!event.traceId().isEmpty()) {
      EventQuery trace = EventQuery.all().traceId(event.traceId()).limit(MOST_OF_A_TRACE + 1);
      add(found, store.find(trace), event, MOST_OF_A_TRACE);
    }
    if (found.isEmpty() && event.timestamp() != LogEvent.NO_TIMESTAMP) {
      add(found, around(event, store), event, MOST_AROUND);
    }
    Collections.reverse(found);
    return found;
  }

  private static List<StoredEvent> around(LogEvent event, LogStore store) {
    EventQuery time = EventQuery.all().between(from(event), from(event) + SPAN);
    EventQuery query = event.service().isEmpty() ? time : time.service(event.service());
    return event.thread().isEmpty()
        ? store.find(query.atLeast(Severity.WARN))
        : store.find(query).stream()
            .filter(one -> one.event().thread().equals(event.thread()))
            .filter(one -> one.event().timestamp() <= event.timestamp())
            .toList();
  }

  private static void add(
      List<StoredEvent> found, List<StoredEvent> events, LogEvent event, int most) {
    events.stream().filter(one -> !isSame(one.event(), event)).limit(most).forEach(found::add);
  }

  private static boolean isSame(LogEvent one, LogEvent other) {
    return one.timestamp() == other.timestamp()
        && one.position().offset() == other.position().offset()
        && one.message().equals(other.message());
  }
}
