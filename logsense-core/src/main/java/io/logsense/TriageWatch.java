package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.internal.triage.Comeback;
import io.logsense.internal.triage.TriageBook;
import io.logsense.internal.triage.TriageBook.Progress;
import io.logsense.internal.triage.TriageBook.View;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares events with what was decided about their groups. An event of any other group costs a
 * look at its counter, and nothing at all while no group is resolved or ignored.
 *
 * <p>What has to be written is posted, or left to the caller, never done here. Used by one thread
 * at a time.
 */
final class TriageWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TriageWatch.class);
  private static final int FEWEST_LOOKS = 64;
  private static final long DAY = 1440 * Timeline.MINUTE;

  private final TriageBook book;
  private final GroupTable table;
  private final Outbox outbox;
  private final Consumer<Finding> listener;
  private final @Nullable InstantSource clock;
  private View view = View.NOTHING;

  /** By id of the change. */
  private Map<String, Comeback> comebacks = new HashMap<>();

  /** Counts how often what is known below changed. */
  private int epoch;

  /** By the name a group has now, those of its names that were decided about. */
  private Map<String, List<String>> decided = Map.of();

  /** Of which view that is. */
  private long indexed = -1;

  /** After how many events that is looked up again. */
  private int untilLooked;

  /**
   * Nothing seen yet.
   *
   * @param listener is told of groups that came back, as it happens
   * @param clock dates events without a time; null to judge at the end, and only what has a time
   */
  TriageWatch(
      Triage triage,
      GroupTable table,
      Outbox outbox,
      Consumer<Finding> listener,
      @Nullable InstantSource clock) {
    this.book = triage.book();
    this.table = table;
    this.outbox = outbox;
    this.listener = listener;
    this.clock = clock;
    renew(null);
  }

  /** Events that were counted in a group; says whether it is they who made it come back. */
  boolean counted(GroupCounter counter, String version, long eventTime, long times) {
    renew(counter);
    if (view.changes().isEmpty()) {
      return false;
    }
    if (--untilLooked <= 0) {
      index(counter);
    }
    return judge(counter, version, eventTime, times);
  }

  /** Looks at what may have escaped: groups that became one while nobody looked. */
  void tick() {
    renew(null);
    if (untilLooked < lookAfter()) {
      index(null);
    }
  }

  private boolean judge(GroupCounter counter, String version, long eventTime, long times) {
    Comeback comeback = comeback(counter);
    if (comeback == null || comeback.isMet()) {
      return false;
    }
    if (clock == null) {
      return eventTime != LogEvent.NO_TIMESTAMP && comeback.counted(eventTime, version, times);
    }
    long now = Comeback.nanos(clock.instant());
    long time = eventTime == LogEvent.NO_TIMESTAMP ? now : eventTime;
    if (time > now && time - now > DAY) {
      return false;
    }
    boolean met = comeback.counted(time, version, times);
    if (met) {
      comeback.finding(table.group(counter)).ifPresent(found -> post(comeback, found));
    } else if (comeback.isDue()) {
      String id = comeback.change().id();
      comeback.unsaved().ifPresent(more -> outbox.post("triage", book::progress, Map.of(id, more)));
    }
    return met;
  }

  private void post(Comeback comeback, Finding found) {
    outbox.post(
        "onFinding",
        finding -> {
          if (isNews(comeback, finding.group().id())) {
            listener.accept(finding);
          }
        },
        found);
  }

  /** A finding is told rather than lost when its status cannot be kept. */
  private boolean isNews(Comeback comeback, String group) {
    try {
      return book.comeback(comeback.change(), group, comeback.why());
    } catch (LogSenseException e) {
      LOG.warn("status of {} not kept; a restart will say again that it is back", group, e);
      return true;
    }
  }

  private void renew(@Nullable GroupCounter counted) {
    if (book.view().number() == view.number()) {
      return;
    }
    view = book.view();
    Map<String, Comeback> kept = new HashMap<>();
    for (StatusChange change : view.changes().values()) {
      String id = change.id();
      Comeback old = comebacks.get(id);
      Progress saved = view.progress().getOrDefault(id, Progress.NONE);
      kept.put(id, old == null ? new Comeback(change, saved) : old);
    }
    comebacks = kept;
    index(counted);
  }

  private int lookAfter() {
    return Math.max(FEWEST_LOOKS, view.decided().size());
  }

  /**
   * Looks up which names groups have by now, since templates become one without notice. What such a
   * group saw meanwhile is made up for by its newest event, as far as that proves anything.
   *
   * @param counted whose events are judged anyway; null when none are
   */
  private void index(@Nullable GroupCounter counted) {
    untilLooked = lookAfter();
    Map<String, List<String>> now = new HashMap<>();
    for (String name : view.decided()) {
      now.computeIfAbsent(table.current(name), id -> new ArrayList<>(1)).add(name);
    }
    if (now.equals(decided) && indexed == view.number()) {
      return;
    }
    decided = now;
    indexed = view.number();
    epoch++;
    for (String id : now.keySet()) {
      GroupCounter counter = table.find(id);
      if (counter != null
          && counter != counted
          && counter.comeback() == null
          && counter.lastSeen() != LogEvent.NO_TIMESTAMP) {
        judge(counter, "", counter.lastSeen(), 1);
      }
    }
  }

  private @Nullable Comeback comeback(GroupCounter counter) {
    long state = ((long) epoch << Integer.SIZE) + counter.formerIdCount();
    if (counter.comebackAsOf() != state) {
      counter.comeback(find(table.resolve(counter), counter.formerIds()), state);
    }
    return counter.comeback();
  }

  /** By any name of the group; of several changes the last one. */
  private @Nullable Comeback find(String id, Set<String> formerIds) {
    StatusChange last = null;
    for (String name : names(id, formerIds)) {
      StatusChange change = view.changes().get(name);
      if (change != null && (last == null || change.when().isAfter(last.when()))) {
        last = change;
      }
    }
    return last == null ? null : comebacks.get(last.id());
  }

  private @Nullable Comeback find(Group group) {
    return find(group.id(), group.formerIds());
  }

  /** The names of a group that were decided about. */
  private List<String> names(String id, Set<String> formerIds) {
    List<String> names = new ArrayList<>(decided.getOrDefault(id, List.of()));
    formerIds.stream().filter(view.decided()::contains).forEach(names::add);
    return names;
  }

  /**
   * Whether a finding may be told: not of an ignored group, and what anything was decided about is
   * not new.
   */
  boolean admits(Finding finding) {
    renew(null);
    if (view.decided().isEmpty()) {
      return true;
    }
    index(null);
    Group group = finding.group();
    boolean known = !names(group.id(), group.formerIds()).isEmpty();
    return !isIgnored(find(group)) && !(known && finding.kind() == FindingKind.NEW);
  }

  /**
   * The findings that may be told, and those of groups that came back; most urgent first. Nothing
   * that happens later changes them.
   */
  Supplier<List<Finding>> judging(Supplier<List<Finding>> findings, List<Group> groups) {
    renew(null);
    index(null);
    if (view.decided().isEmpty()) {
      return findings;
    }
    List<Finding> back = new ArrayList<>();
    Set<String> silent = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (Group group : groups) {
      Comeback comeback = find(group);
      if (comeback != null) {
        comeback.finding(group).ifPresent(back::add);
      }
      if (isIgnored(comeback)) {
        silent.add(group.id());
      }
      if (!names(group.id(), group.formerIds()).isEmpty()) {
        known.add(group.id());
      }
    }
    return () ->
        Stream.concat(findings.get().stream(), back.stream())
            .filter(finding -> !silent.contains(finding.group().id()))
            .filter(f -> f.kind() != FindingKind.NEW || !known.contains(f.group().id()))
            .sorted(Findings.ORDER)
            .toList();
  }

  private static boolean isIgnored(@Nullable Comeback comeback) {
    return comeback != null
        && !comeback.isMet()
        && comeback.change().status() == GroupStatus.IGNORED;
  }

  /**
   * What there is to keep by now; the caller writes it.
   *
   * @param groups all there are
   */
  Runnable unsaved(List<Group> groups) {
    Map<String, String> renamed = new LinkedHashMap<>();
    Map<String, Comeback> back = new LinkedHashMap<>();
    if (!view.decided().isEmpty()) {
      for (Group group : groups) {
        names(group.id(), group.formerIds()).forEach(name -> renamed.put(name, group.id()));
        Comeback comeback = find(group);
        if (comeback != null && comeback.isMet()) {
          back.put(group.id(), comeback);
        }
      }
      renamed.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    }
    Map<String, Progress> progress = new LinkedHashMap<>();
    comebacks.forEach(
        (id, comeback) -> comeback.unsaved().ifPresent(more -> progress.put(id, more)));
    return () -> {
      try {
        book.rename(renamed);
        if (clock == null) {
          back.forEach((group, comeback) -> isNews(comeback, group));
        }
        book.progress(progress);
      } catch (LogSenseException e) {
        LOG.warn("what events say about decisions was not kept", e);
      }
    };
  }
}
