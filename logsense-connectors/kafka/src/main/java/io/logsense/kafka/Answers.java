package io.logsense.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nobody answers a consumer, which would itself wait for ever and look like a quiet
 * topic.
 *
 * <p>A consumer that holds no records has a question under way, and a broker answers it at the
 * latest after half a second even when it has no records.
 */
final class Answers {
  private static final String FETCHES = "fetch-total";

  /** What the time between two polls counts at most: the answer may have come meanwhile. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final @Nullable Metric fetches;
  private final long patience;
  private double answered;
  private long last;
  private long waited;

  Answers(Map<MetricName, ? extends Metric> metrics, long patienceMillis, long now) {
    fetches =
        metrics.entrySet().stream()
            .filter(entry -> entry.getKey().name().equals(FETCHES))
            .filter(entry -> entry.getKey().tags().size() == 1) // of the client, not of a topic
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    last = now;
  }

  /** Says that a poll brought something, be it from what the consumer still held. */
  void came(long now) {
    waited = 0;
    last = now;
  }

  /**
   * Whether it is time to say that nobody answers; the time begins again then. Asked only when a
   * poll brought nothing: a consumer that still holds records has no question under way.
   *
   * @param now nanoseconds of a clock that does not jump, after a poll
   */
  boolean areMissing(long now) {
    double total = fetches == null ? answered + 1 : (Double) fetches.metricValue();
    waited = total == answered ? waited + Math.min(now - last, PAUSE) : 0;
    answered = total;
    last = now;
    if (waited <= patience) {
      return false;
    }
    waited = 0;
    return true;
  }
}
