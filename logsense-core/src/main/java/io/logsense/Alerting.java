package io.logsense;

import io.logsense.api.event.LogEvent;
import io.logsense.api.finding.Check;
import io.logsense.api.finding.Finding;
import io.logsense.api.finding.FindingKind;
import io.logsense.internal.finding.Rules;
import io.logsense.internal.triage.Comeback;
import io.logsense.internal.triage.EventWindow;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Hands findings to {@link Alerts}, and holds back those of new groups until enough events came.
 * Used by one thread at a time; what has to be written is posted.
 */
final class Alerting {
  private final Alerts alerts;
  private final GroupTable table;
  private final InstantSource clock;
  private final BiConsumer<Consumer<Finding>, Finding> post;

  Alerting(
      Alerts alerts,
      GroupTable table,
      InstantSource clock,
      BiConsumer<Consumer<Finding>, Finding> post) {
    this.alerts = alerts;
    this.table = table;
    this.clock = clock;
    this.post = post;
  }

  /** A finding, before its listener is told. */
  void found(Finding finding) {
    if (finding.kind() != FindingKind.NEW || alerts.policy().events() <= 1) {
      post.accept(alerts::tell, finding);
      return;
    }
    GroupCounter counter = table.find(finding.group().id());
    if (counter == null || counter.awaited() != null) {
      return;
    }
    counter.awaited(alerts.window());
    post.accept(waiting -> alerts.await(waiting.group().id()), finding);
    counted(counter, finding.time(), finding.group().count());
  }

  /** Events that were counted in a group; of a new one they may make it worth an alert. */
  void counted(GroupCounter counter, long eventTime, long times) {
    EventWindow window = counter.awaited();
    if (window == null && counter.count() == times) {
      window = alerts.awaited(counter.id());
      counter.awaited(window);
    }
    if (window == null) {
      return;
    }
    long time = eventTime == LogEvent.NO_TIMESTAMP ? Comeback.nanos(clock.instant()) : eventTime;
    if (window.add(time, times)) {
      counter.awaited(null);
      worthIt(counter).ifPresent(finding -> post.accept(alerts::tell, finding));
    }
  }

  private Optional<Finding> worthIt(GroupCounter counter) {
    AlertPolicy policy = alerts.policy();
    return Rules.isNew(
        table.group(counter),
        Check.atLeast("events within " + policy.within(), policy.events(), policy.events()));
  }
}
