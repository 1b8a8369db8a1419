package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Common filters for {@link Clusters#search}; combine them with {@code and} and {@code or}. */
public final class GroupFilters {
  private GroupFilters() {}

  /** Groups of that severity or worse, by their worst event. */
  public static Predicate<Group> atLeast(Severity severity) {
    return group -> group.severity().atLeast(severity);
  }

  /** Groups with events of one of these services. */
  public static Predicate<Group> service(String... names) {
    List<String> wanted = List.of(names);
    return group -> wanted.stream().anyMatch(group.services()::containsKey);
  }

  /** Groups with events of one of these environments. */
  public static Predicate<Group> environment(String... names) {
    List<String> wanted = List.of(names);
    return group -> wanted.stream().anyMatch(group.environments()::containsKey);
  }

  /**
   * Groups whose first event is before {@code end} and whose last one is not before {@code start};
   * not those without a time.
   */
  public static Predicate<Group> between(Instant start, Instant end) {
    long from = nanos(start);
    long to = nanos(end);
    return group ->
        group.firstSeen() != LogEvent.NO_TIMESTAMP
            && group.firstSeen() < to
            && group.lastSeen() >= from;
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
