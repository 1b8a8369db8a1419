package io.logsense.api.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When a system that is asked for records by time is asked, and for how much. Immutable. */
public final class QueryPlan {
  private static final QueryPlan BOUNDED =
      new QueryPlan(
          false, Instant.EPOCH, Duration.ofSeconds(60), Duration.ofSeconds(5), 1024 * 1024);

  private final boolean follow;
  private final Instant from;
  private final Duration lookBack;
  private final Duration interval;
  private final int recordBytes;

  private QueryPlan(
      boolean follow, Instant from, Duration lookBack, Duration interval, int recordBytes) {
    if (lookBack.isNegative() || interval.isNegative()) {
      throw new IllegalArgumentException("lookBack and interval must not be negative");
    }
    this.follow = follow;
    this.from = from;
    this.lookBack = lookBack;
    this.interval = interval;
    this.recordBytes = recordBytes;
  }

  /** One look: ends with what is there. */
  public static QueryPlan bounded() {
    return BOUNDED;
  }

  /** Looks again and again. */
  public static QueryPlan following() {
    return new QueryPlan(
        true, BOUNDED.from, BOUNDED.lookBack, BOUNDED.interval, BOUNDED.recordBytes);
  }

  /**
   * With the options {@code from}, {@code lookback}, {@code interval} and {@code recordBytes} of a
   * URI.
   *
   * @throws io.logsense.api.LogSenseException (usage) when one is wrong
   */
  public static QueryPlan of(UriOptions options, boolean follow, InstantSource clock) {
    return new QueryPlan(
        follow,
        options.instant("from", clock).orElse(BOUNDED.from),
        options.duration("lookback").orElse(BOUNDED.lookBack),
        options.duration("interval").orElse(BOUNDED.interval),
        options.number("recordBytes", 1, Integer.MAX_VALUE / 4).orElse(BOUNDED.recordBytes));
  }

  /** Where a partition without a checkpoint begins; by default with the oldest record. */
  public QueryPlan from(Instant time) {
    return new QueryPlan(follow, time, lookBack, interval, recordBytes);
  }

  /**
   * How much older than the newest record one may be that is seen only now: agents and indexes
   * deliver late. A minute by default. After a restart that much is read again.
   */
  public QueryPlan lookBack(Duration time) {
    return new QueryPlan(follow, from, time, interval, recordBytes);
  }

  /** The time between two looks; five seconds by default. */
  public QueryPlan interval(Duration time) {
    return new QueryPlan(follow, from, lookBack, time, recordBytes);
  }

  /** What is longer is cut and marked; 1 MiB by default. */
  public QueryPlan recordBytes(int bytes) {
    return new QueryPlan(follow, from, lookBack, interval, bytes);
  }

  /** Whether it looks again and again. */
  public boolean follow() {
    return follow;
  }

  /** Where a partition without a checkpoint begins. */
  public Instant from() {
    return from;
  }

  /** How late a record may come. */
  public Duration lookBack() {
    return lookBack;
  }

  /** The time between two looks. */
  public Duration interval() {
    return interval;
  }

  /** What is longer is cut and marked. */
  public int recordBytes() {
    return recordBytes;
  }
}
