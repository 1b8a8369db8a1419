package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.triage.GroupStatus;
import io.logsense.api.triage.StatusChange;
import io.logsense.api.triage.Until;
import io.logsense.internal.triage.TriageBook;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of groups as pieces of work: new, looked into, resolved, back again, or ignored until
 * something happens.
 *
 * <pre>{@code
 * Triage triage = Triage.open(Path.of("state"));
 * triage.resolve(group, "1.4.2", "ana", "waits for the pool now");
 * LogSense sense = LogSense.builder().triage(triage).onFinding(pager::send).build();
 * }</pre>
 *
 * <p>An engine that is given one notices when a resolved group comes back, says so once by a
 * finding of the kind {@code REGRESSION} and changes its status. An ignored group makes no finding
 * until its condition is met; then that is such a finding, and it has the status again that it had
 * before it was ignored.
 *
 * <p>Every change is kept, with who made it, when and why; the last one of a group holds, also
 * under ids that its events had under an earlier scheme or as an earlier template. With a directory
 * a change is on the disk when the method that made it returns, and several processes may use the
 * directory at the same time: each change is made once, whoever makes it. Thread-safe.
 */
public final class Triage implements AutoCloseable, Purgeable {
  private final TriageBook book;

  private Triage(@Nullable Path directory, InstantSource clock) {
    book = new TriageBook(directory, clock);
  }

  /** Decisions that do not outlive the process. */
  public static Triage inMemory() {
    return inMemory(InstantSource.system());
  }

  /** Decisions that do not outlive the process, dated by {@code clock}. */
  public static Triage inMemory(InstantSource clock) {
    return new Triage(null, clock);
  }

  /** What is kept in {@code directory}; see {@link #open(Path, InstantSource)}. */
  public static Triage open(Path directory) {
    return open(directory, InstantSource.system());
  }

  /**
   * What is kept in {@code directory}, which is made if there is none.
   *
   * @param clock dates decisions
   * @throws LogSenseException (external) when it cannot be used or is damaged; (transient) when
   *     another process keeps it from being read
   */
  public static Triage open(Path directory, InstantSource clock) {
    return new Triage(Objects.requireNonNull(directory, "directory"), clock);
  }

  /** The status of a group; {@link GroupStatus#NEW} when nothing was decided about it. */
  public GroupStatus status(Group group) {
    for (String former : group.formerIds()) {
      if (history(group.id()).isEmpty() && !history(former).isEmpty()) {
        return status(former);
      }
    }
    return status(group.id());
  }

  /** The status of the group of that id. */
  public GroupStatus status(String group) {
    return last(history(group));
  }

  /** The status that the group of that id had at a time. */
  public GroupStatus status(String group, Instant asOf) {
    return last(history(group).stream().filter(change -> !change.when().isAfter(asOf)).toList());
  }

  private static GroupStatus last(List<StatusChange> changes) {
    return changes.isEmpty() ? GroupStatus.NEW : changes.get(changes.size() - 1).status();
  }

  /** All changes, in the order in which they were made. */
  public List<StatusChange> history() {
    return book.history();
  }

  /** The changes of the group of that id, oldest first. */
  public List<StatusChange> history(String group) {
    return book.history(group);
  }

  /** Somebody looks into it. */
  public StatusChange investigate(Group group, String who, String why) {
    return change(group, GroupStatus.INVESTIGATING, "", null, who, why);
  }

  /** It should not come back: any event after now is a regression. */
  public StatusChange resolve(Group group, String who, String why) {
    return change(group, GroupStatus.RESOLVED, "", null, who, why);
  }

  /**
   * It should not come back in a version, or in a later one. Which one is later, numbers tell, as
   * in {@code 1.10.2}; where names are not of that kind, every version in which the group was not
   * seen yet is. Events that name no version are no regression.
   *
   * @param version the first one that has the fix
   */
  public StatusChange resolve(Group group, String version, String who, String why) {
    if (version.isEmpty()) {
      throw new LogSenseException(Category.USAGE, "which version is it fixed in?");
    }
    return change(group, GroupStatus.RESOLVED, version, null, who, why);
  }

  /** It makes no findings until a condition is met. */
  public StatusChange ignore(Group group, Until until, String who, String why) {
    return change(group, GroupStatus.IGNORED, "", until, who, why);
  }

  /** It is new again. */
  public StatusChange reopen(Group group, String who, String why) {
    return change(group, GroupStatus.NEW, "", null, who, why);
  }

  /**
   * Takes the last change of a group back, one that events made included, by a further change that
   * says again what was said before.
   *
   * @param change its id
   * @throws LogSenseException (usage) when there is no such change, or it is not the last one of
   *     its group
   */
  public StatusChange undo(String change, String who, String why) {
    return book.undo(change, who, why);
  }

  private StatusChange change(
      Group group,
      GroupStatus status,
      String version,
      @Nullable Until until,
      String who,
      String why) {
    boolean versions = !version.isEmpty() || until instanceof Until.AnotherVersion;
    StatusChange bare =
        new StatusChange(
            "",
            group.id(),
            status,
            version,
            until,
            versions ? List.copyOf(group.versions().keySet()) : List.of(),
            who,
            Instant.EPOCH,
            why);
    return book.change(group.id(), group.formerIds(), before -> bare);
  }

  /**
   * Reads what other processes decided. A running engine does so about once a second; methods that
   * ask do it themselves.
   */
  public void refresh() {
    book.refresh();
  }

  TriageBook book() {
    return book;
  }

  @Override
  public long mentions(Subject subject) {
    return book.mentions(subject);
  }

  /**
   * Takes the subject out of who decided, why, and of versions; the decisions stay. Other processes
   * that use the directory read it again.
   */
  @Override
  public long purge(Subject subject) {
    return book.purge(subject);
  }

  /** Lets the directory go. From then on every change is refused. */
  @Override
  public void close() {
    book.close();
  }
}
