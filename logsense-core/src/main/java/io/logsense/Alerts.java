package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.internal.alert.AlertBook;
import io.logsense.internal.triage.EventWindow;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of findings: of each once, whatever is restarted, and to each notifier until it got
 * through.
 *
 * <pre>{@code
 * Alerts alerts = Alerts.open(Path.of("state"), AlertPolicy.defaults(), pager);
 * LogSense sense = LogSense.builder().alerts(alerts).build();
 * }</pre>
 *
 * <p>That a finding is told is on the disk before anybody is notified, and that a notifier got
 * through afterwards: after a crash in between it is notified again, of the same id. A notifier
 * that throws is tried again after a second, then less and less often, each five minutes at least,
 * while later alerts go on. Each has a thread of its own, so one that hangs holds up nobody else.
 * The last 1,000 alerts are kept; one that nobody could deliver before 1,000 others came is given
 * up and {@link #givenUp counted}.
 *
 * <p>With a directory several processes may tell of the same findings; each is told by one of them.
 * Thread-safe.
 */
public final class Alerts implements AutoCloseable, Purgeable {
  private static final long CLOSE_MILLIS = 5_000;

  private final AlertPolicy policy;
  private final AlertBook book;
  private final InstantSource clock;
  private final List<Courier> couriers = new ArrayList<>();

  Alerts(
      @Nullable Path directory, AlertPolicy policy, InstantSource clock, List<Notifier> notifiers) {
    this.policy = policy;
    this.clock = clock;
    Set<String> names = new HashSet<>();
    for (Notifier notifier : notifiers) {
      if (!names.add(notifier.name())) {
        throw new LogSenseException(
            Category.USAGE, "two notifiers are called '" + notifier.name() + "'");
      }
    }
    book = new AlertBook(directory, policy.most(), policy.per());
    notifiers.forEach(notifier -> couriers.add(new Courier(notifier, book, clock)));
  }

  /** Alerts whose state does not outlive the process. */
  public static Alerts inMemory(AlertPolicy policy, Notifier... notifiers) {
    return started(new Alerts(null, policy, InstantSource.system(), List.of(notifiers)));
  }

  /**
   * Alerts whose state is kept in {@code directory}, which is made if there is none. What was not
   * delivered before is delivered now.
   *
   * @throws LogSenseException (usage) when two notifiers have one name; (external) when the
   *     directory cannot be used or is damaged
   */
  public static Alerts open(Path directory, AlertPolicy policy, Notifier... notifiers) {
    Objects.requireNonNull(directory, "directory");
    return started(new Alerts(directory, policy, InstantSource.system(), List.of(notifiers)));
  }

  private static Alerts started(Alerts alerts) {
    alerts.couriers.forEach(Courier::start);
    return alerts;
  }

  /** Tells of a finding as the policy says; for findings of an engine that was given no alerts. */
  public void accept(Finding finding) {
    if (finding.severity().atLeast(policy.least())
        && (finding.kind() != FindingKind.NEW || isWorthIt(finding.group()))) {
      book.tell(finding, clock.instant());
      couriers.forEach(Courier::wake);
    }
  }

  /** Whether enough events came within a short enough time, as far as the timeline tells. */
  private boolean isWorthIt(Group group) {
    if (policy.events() <= 1) {
      return true;
    }
    EventWindow window = window();
    for (Map.Entry<Long, Long> minute : group.timeline().entrySet()) {
      if (window.add(minute.getKey(), minute.getValue())) {
        return true;
      }
    }
    return group.timeline().isEmpty() && group.count() >= policy.events();
  }

  AlertPolicy policy() {
    return policy;
  }

  EventWindow window() {
    return new EventWindow(policy.events(), AlertBook.nanos(policy.within()));
  }

  /** Notes a new group that is not worth an alert yet, in the thread of the listener. */
  void await(String group) {
    book.await(group);
  }

  /** What decides when a group is worth it that was new before a restart; null for any other. */
  @Nullable EventWindow awaited(String group) {
    return book.isWaiting(group) ? window() : null;
  }

  /** Tells of a group that became worth it. */
  void tell(Finding finding) {
    if (finding.severity().atLeast(policy.least())) {
      book.tell(finding, clock.instant());
      couriers.forEach(Courier::wake);
    }
  }

  /** Notifies what is due, once, in this thread; for tests, instead of the threads. */
  void deliver() throws InterruptedException {
    book.tick(clock.instant());
    for (Courier courier : couriers) {
      courier.deliver();
    }
  }

  /** The last alerts, oldest first; those of a storm as one. */
  public List<Alert> history() {
    book.tick(clock.instant());
    return book.alerts();
  }

  /** How many alerts later ones pushed out before anybody could deliver them. */
  public long givenUp() {
    return book.forgotten();
  }

  @Override
  public long mentions(Subject subject) {
    return book.mentions(subject);
  }

  /**
   * Takes the subject out of the summaries of alerts, delivered or not. Other processes that use
   * the directory read it again.
   */
  @Override
  public long purge(Subject subject) {
    return book.purge(subject);
  }

  /**
   * Ends the threads, and waits at most five seconds for a notifier that is at it. What was not
   * delivered is delivered after a restart.
   */
  @Override
  public void close() {
    couriers.forEach(Courier::stop);
    long deadline = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
    for (Courier courier : couriers) {
      courier.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    book.close();
  }
}
