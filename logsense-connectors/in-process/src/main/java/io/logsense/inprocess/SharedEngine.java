package io.logsense.inprocess;

import io.logsense.LogSense;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that one intake after the other gives events to.
 *
 * <p>It tells of findings in a thread that logs. Those go into a queue at once, whoever listens.
 */
final class SharedEngine implements Engine {
  private final LogSense engine;
  private final List<?> setup;
  private volatile @Nullable WriteQueue<Finding> findings;

  /**
   * A new engine.
   *
   * @param setup what tells it from an engine that is set up otherwise
   * @param tellsFindings whether anybody is to be told of findings
   */
  SharedEngine(LogSense.Builder builder, List<?> setup, boolean tellsFindings) {
    this.setup = setup;
    if (tellsFindings) {
      builder.onFinding(this::queue);
    }
    engine = builder.build();
  }

  boolean isSetUpAs(List<?> other) {
    return Objects.equals(setup, other);
  }

  LogSense logSense() {
    return engine;
  }

  /** Sends the findings to another queue, or nowhere. */
  void sendFindingsTo(@Nullable WriteQueue<Finding> queue) {
    findings = queue;
  }

  private void queue(Finding finding) {
    WriteQueue<Finding> queue = findings;
    if (queue != null) {
      queue.put(finding);
    }
  }

  @Override
  public String accept(LogEvent event) {
    return engine.accept(event);
  }

  @Override
  public void repeat(String group, Severity severity, long epochNanos, long count) {
    engine.repeat(group, severity, epochNanos, count);
  }

  /** A queue that hands findings to a listener; what that throws is handed to {@code failed}. */
  static WriteQueue<Finding> queue(
      Consumer<Finding> listener, Consumer<Throwable> failed, Consumer<String> warnings) {
    return new WriteQueue<>(
        "logsense-findings",
        1_000,
        WhenFull.DROP,
        java.time.Duration.ZERO,
        finding -> {
          try {
            listener.accept(finding);
          } catch (Throwable e) {
            failed.accept(e);
          }
        },
        warnings);
  }
}
