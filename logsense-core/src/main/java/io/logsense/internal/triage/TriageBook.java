package io.logsense.internal.triage;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.internal.journal.Aliases;
import io.logsense.internal.journal.Fact;
import io.logsense.internal.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The changes of status of all groups, as a journal keeps them. Thread-safe. */
public final class TriageBook implements AutoCloseable {
  private static final String FORMAT = "logsense-triage";
  private static final String FILE = "triage.journal";
  private static final String ENGINE = "logsense";

  /**
   * What events may change: of each group that is resolved, came back since or is ignored, by each
   * of its names, the change that says so.
   *
   * @param number of views before it
   * @param changes for a group that came back, the one that had resolved it
   * @param progress by id of a change, how far its condition was met
   * @param decided the groups about which anything was decided
   */
  public record View(
      long number,
      Map<String, StatusChange> changes,
      Map<String, Progress> progress,
      Set<String> decided) {
    /** Nothing decided. */
    public static final View NOTHING = new View(0, Map.of(), Map.of(), Set.of());
  }

  /**
   * Events that were counted since a group is ignored.
   *
   * @param events how many
   * @param until the newest of them, in nanoseconds since the epoch
   */
  public record Progress(long events, long until) {
    /** Nothing counted. */
    public static final Progress NONE = new Progress(0, Long.MIN_VALUE);

    private Progress plus(Progress more) {
      return new Progress(events + more.events, Math.max(until, more.until));
    }
  }

  private final InstantSource clock;
  private final Journal journal;

  /** In the order in which they were written, which is that of each group's times. */
  private final List<StatusChange> changes = new ArrayList<>();

  private final Map<String, List<StatusChange>> byGroup = new HashMap<>();
  private final Map<String, Progress> progress = new HashMap<>();
  private final Aliases aliases = new Aliases();
  private boolean news = true;
  private volatile View view = View.NOTHING;

  /** What is kept in {@code directory}; in memory when that is null. */
  public TriageBook(@Nullable Path directory, InstantSource clock) {
    this.clock = clock;
    journal =
        Journal.shared(
            directory == null ? null : directory.resolve(FILE), FORMAT, this::read, this::restart);
    renew();
  }

  /** Aliases stay: they mention nobody, and it does not matter how often they are told. */
  private void restart() {
    changes.clear();
    byGroup.clear();
    progress.clear();
  }

  private void read(Fact fact) {
    switch (fact.kind()) {
      case "status" -> {
        StatusChange change = StatusLines.read(fact);
        changes.add(change);
        of(change.group()).add(change);
      }
      case "progress" ->
          progress.merge(fact.text("change"), StatusLines.readProgress(fact), Progress::plus);
      case "alias" -> {
        aliases.add(fact.text("from"), fact.text("to"));
        byGroup.clear();
        changes.forEach(change -> of(change.group()).add(change));
      }
      default ->
          throw new IllegalArgumentException(
              "unknown fact '" + fact.kind() + "'; written by a newer version?");
    }
    news = true;
  }

  private List<StatusChange> of(String group) {
    return byGroup.computeIfAbsent(aliases.current(group), id -> new ArrayList<>());
  }

  /** What events may change; the same object until something is news. Needs no lock. */
  public View view() {
    return view;
  }

  /** Reads what other processes wrote. */
  public synchronized void refresh() {
    journal.refresh();
    renew();
  }

  private void renew() {
    if (!news) {
      return;
    }
    news = false;
    Map<String, StatusChange> watched = new HashMap<>();
    Map<String, Progress> counted = new HashMap<>();
    byGroup.forEach(
        (group, all) -> {
          StatusChange last = all.get(all.size() - 1);
          switch (last.status()) {
            case RESOLVED, IGNORED -> watched.put(group, last);
            case REGRESSED -> watched.put(group, resolution(all));
            default -> {}
          }
          if (progress.containsKey(last.id())) {
            counted.put(last.id(), progress.get(last.id()));
          }
        });
    aliases.all().keySet().forEach(name -> alias(watched, name));
    view = new View(view.number() + 1, Map.copyOf(watched), Map.copyOf(counted), decided());
  }

  private Set<String> decided() {
    Set<String> decided = new HashSet<>(byGroup.keySet());
    aliases.all().keySet().stream()
        .filter(former -> decided.contains(aliases.current(former)))
        .toList()
        .forEach(decided::add);
    return Set.copyOf(decided);
  }

  private <T> void alias(Map<String, T> byName, String former) {
    T value = byName.get(aliases.current(former));
    if (value != null) {
      byName.put(former, value);
    }
  }

  /** What a group that came back had been resolved by. */
  private static StatusChange resolution(List<StatusChange> all) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).status() == GroupStatus.RESOLVED) {
        return all.get(i);
      }
    }
    return all.get(all.size() - 1);
  }

  /** The changes of one group, oldest first. */
  public synchronized List<StatusChange> history(String group) {
    refresh();
    return List.copyOf(byGroup.getOrDefault(aliases.current(group), List.of()));
  }

  /** All changes, in the order in which they were made. */
  public synchronized List<StatusChange> history() {
    refresh();
    return List.copyOf(changes);
  }

  /**
   * Changes the status of a group.
   *
   * @param formers names it had before
   * @param decide what to say of it next, given its changes so far; an id and a time are added
   */
  public StatusChange change(
      String group, Collection<String> formers, Function<List<StatusChange>, StatusChange> decide) {
    StatusChange made = changeIf(group, formers, decide);
    if (made == null) {
      throw new IllegalStateException("nothing was decided about " + group);
    }
    return made;
  }

  private synchronized @Nullable StatusChange changeIf(
      String group,
      Collection<String> formers,
      Function<List<StatusChange>, @Nullable StatusChange> decide) {
    List<StatusChange> made = new ArrayList<>();
    journal.write(
        () -> {
          List<Fact> facts = renames(group, formers);
          List<StatusChange> before = new ArrayList<>();
          formers.forEach(former -> before.addAll(past(former)));
          before.removeAll(past(group));
          before.addAll(past(group));
          StatusChange bare = decide.apply(before);
          if (bare == null) {
            return List.of();
          }
          made.add(StatusLines.date(bare, clock.instant(), before));
          facts.add(StatusLines.write(made.get(0)));
          return facts;
        });
    renew();
    return made.isEmpty() ? null : made.get(0);
  }

  private List<StatusChange> past(String group) {
    return byGroup.getOrDefault(aliases.current(group), List.of());
  }

  private List<Fact> renames(String group, Collection<String> formers) {
    List<Fact> facts = new ArrayList<>();
    for (String former : formers) {
      if (!past(former).isEmpty() && !aliases.current(former).equals(aliases.current(group))) {
        facts.add(Fact.of("alias").with("from", aliases.current(former)).with("to", group));
      }
    }
    return facts;
  }

  /**
   * Notes that a group that {@code change} resolved or ignored came back.
   *
   * @return whether that is news: it is not when another process, or a person, was faster
   */
  public boolean comeback(StatusChange change, String group, String why) {
    StatusChange made =
        changeIf(
            group,
            group.equals(change.group()) ? List.of() : List.of(change.group()),
            before -> {
              int last = before.size() - 1;
              if (last < 0 || !before.get(last).id().equals(change.id())) {
                return null;
              }
              if (change.status() == GroupStatus.RESOLVED) {
                return StatusLines.bare(group, GroupStatus.REGRESSED, ENGINE, why);
              }
              return StatusLines.again(before(before, last), group, ENGINE, why);
            });
    return made != null;
  }

  private static StatusChange before(List<StatusChange> all, int index) {
    return index == 0
        ? StatusLines.bare(all.get(0).group(), GroupStatus.NEW, "", "")
        : all.get(index - 1);
  }

  /**
   * Takes the last change of its group back, by one that says again what the one before said.
   *
   * @throws LogSenseException (usage) when there is no such change, or a later one
   */
  public StatusChange undo(String change, String who, String why) {
    String group =
        history().stream()
            .filter(known -> known.id().equals(change))
            .findFirst()
            .map(StatusChange::group)
            .orElseThrow(
                () -> new LogSenseException(Category.USAGE, "no decision '" + change + "'"));
    return change(
        group,
        List.of(),
        before -> {
          int last = before.size() - 1;
          if (last < 0 || !before.get(last).id().equals(change)) {
            throw new LogSenseException(
                Category.USAGE, "'" + change + "' is not the last decision about " + group);
          }
          return StatusLines.again(before(before, last), group, who, why);
        });
  }

  /** Notes that groups that anything was decided about have other names now. */
  public synchronized void rename(Map<String, String> names) {
    if (names.isEmpty()) {
      return;
    }
    journal.write(
        () -> {
          List<Fact> facts = new ArrayList<>();
          names.forEach((from, to) -> facts.addAll(renames(to, List.of(from))));
          return facts;
        });
    renew();
  }

  /** Notes events that were counted since a group is ignored. */
  public synchronized void progress(Map<String, Progress> more) {
    if (more.isEmpty()) {
      return;
    }
    journal.write(() -> more.entrySet().stream().map(StatusLines::progress).toList());
    renew();
  }

  /** How many facts about decisions mention a subject. */
  public synchronized long mentions(Subject subject) {
    refresh();
    return Math.max(
        journal.changed(fact -> StatusLines.redacted(fact, subject)),
        changes.stream()
            .filter(change -> !StatusLines.redacted(change, subject).equals(change))
            .count());
  }

  /** Takes a subject out of who decided and why; what was decided stays. */
  public synchronized long purge(Subject subject) {
    long mentions = mentions(subject);
    journal.rewrite(fact -> StatusLines.redacted(fact, subject));
    changes.replaceAll(change -> StatusLines.redacted(change, subject));
    byGroup.clear();
    changes.forEach(change -> of(change.group()).add(change));
    news = true;
    renew();
    return mentions;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
