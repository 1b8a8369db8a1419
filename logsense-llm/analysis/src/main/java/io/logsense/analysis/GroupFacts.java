package io.logsense.analysis;

import io.logsense.api.event.LogEvent;
import io.logsense.api.group.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a group says of itself, in sentences: for people, and for models. */
public final class GroupFacts {
  private static final int MOST_NAMES = 5;

  private GroupFacts() {}

  /** When it was seen, how often at most, in which services and versions. */
  public static List<String> of(Group group) {
    List<String> facts = new ArrayList<>(rates(group));
    facts.addAll(origins(group));
    return facts;
  }

  /** What it is, how often and where it happens, and from what. */
  static List<String> all(Group group) {
    List<String> facts = new ArrayList<>();
    String times = group.count() == 1 ? "once" : group.count() + " times";
    facts.add(sentence((group.isNew() ? "New: " : "") + group.title() + " happened " + times));
    facts.addAll(rates(group));
    if (!group.location().isEmpty()) {
      facts.add("It begins in " + group.location() + ".");
    }
    facts.addAll(origins(group));
    return facts;
  }

  /** When it was seen, and how often at most; times and numbers alone. */
  static List<String> rates(Group group) {
    if (group.firstSeen() == LogEvent.NO_TIMESTAMP || group.count() < 2) {
      return List.of();
    }
    List<String> facts = new ArrayList<>();
    facts.add(
        "It was first seen at %s and last at %s."
            .formatted(time(group.firstSeen()), time(group.lastSeen())));
    group.timeline().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(peak -> group.timeline().size() > 1)
        .ifPresent(
            peak ->
                facts.add(
                    "At most it happened %d times in %s, from %s on."
                        .formatted(
                            peak.getValue(),
                            words(group.timelineInterval()),
                            time(peak.getKey()))));
    return facts;
  }

  /** Services and versions, with their numbers of events. */
  static List<String> origins(Group group) {
    List<String> facts = new ArrayList<>();
    counted("service", group.services(), facts);
    counted("version", group.versions(), facts);
    return facts;
  }

  private static void counted(String name, Map<String, Long> counts, List<String> facts) {
    if (!counts.isEmpty()) {
      facts.add(
          "Events by "
              + name
              + ": "
              + counts.entrySet().stream()
                  .limit(MOST_NAMES)
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static String words(long nanos) {
    long minutes = Duration.ofNanos(nanos).toMinutes();
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1)),
        Math.floorMod(nanos, TimeUnit.SECONDS.toNanos(1)));
  }

  /** The text with one full stop at its end. */
  static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
