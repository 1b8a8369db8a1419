package io.logsense.inprocess;

import io.logsense.api.event.Severity;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A group of the events that one application logs. Thread-safe. */
public final class LoggedGroup {
  private static final Severity[] SEVERITIES = Severity.values();

  private final String id;
  private final String logger;
  private final String template;

  /** The events that were handed to the engine as a whole, those of earlier lives included. */
  private final AtomicLong described;

  private final AtomicReferenceArray<@Nullable Stripes> counts =
      new AtomicReferenceArray<>(SEVERITIES.length);

  /** How many more events may be written in full. */
  final AtomicInteger allowance;

  private final Sighting full = new Sighting(this, false, false);
  private final Sighting reduced = new Sighting(this, false, true);

  /** What of the stripes the engine knows of. By the flushing thread alone. */
  private final long[] flushed = new long[SEVERITIES.length];

  /** What of the reduced events was summarised. By the flushing thread alone. */
  private long summarised;

  LoggedGroup(String id, String logger, String template, long count, int allowance) {
    this.id = id;
    this.logger = logger;
    this.template = template;
    this.described = new AtomicLong(count);
    this.allowance = new AtomicInteger(allowance);
  }

  /** Its id: the same that an analysis of the written log finds. */
  public String id() {
    return id;
  }

  /** The logger of its first event. */
  public String logger() {
    return logger;
  }

  /** The format string that its first event was logged with, without personal data. */
  public String template() {
    return template;
  }

  /** How many events were logged so far. */
  public long count() {
    long count = described.get();
    for (int i = 0; i < SEVERITIES.length; i++) {
      Stripes stripes = counts.get(i);
      if (stripes != null) {
        count += stripes.events();
      }
    }
    return count;
  }

  /** How many of them are left out of the log. */
  long reducedCount() {
    long count = 0;
    for (int i = 0; i < SEVERITIES.length; i++) {
      Stripes stripes = counts.get(i);
      count += stripes == null ? 0 : stripes.reduced();
    }
    return count;
  }

  /** Counts an event that the engine was told of. */
  void addDescribed() {
    described.getAndIncrement();
  }

  Stripes counts(Severity severity) {
    Stripes stripes = counts.get(severity.ordinal());
    if (stripes != null) {
      return stripes;
    }
    Stripes made = new Stripes();
    Stripes other = counts.compareAndExchange(severity.ordinal(), null, made);
    return other == null ? made : other;
  }

  Sighting full() {
    return full;
  }

  Sighting reduced() {
    return reduced;
  }

  /** Whether the event at hand may be written in full. */
  boolean takeAllowance() {
    return allowance.get() > 0 && allowance.getAndDecrement() > 0;
  }

  /** Counts no more events, whatever their severity. */
  void close() {
    for (int i = 0; i < SEVERITIES.length; i++) {
      Stripes stripes = counts.compareAndExchange(i, null, Stripes.CLOSED_STRIPES);
      if (stripes != null) {
        stripes.close();
      }
    }
  }

  /** Tells the engine of the events it does not know of. */
  void flush(Engine engine) {
    for (Severity severity : SEVERITIES) {
      Stripes stripes = counts.get(severity.ordinal());
      if (stripes != null) {
        long events = stripes.events();
        long more = events - flushed[severity.ordinal()];
        if (more > 0) {
          engine.repeat(id, severity, stripes.lastSeen(), more);
          flushed[severity.ordinal()] = events;
        }
      }
    }
  }

  /** What was left out since the last summary, null when it is nothing. */
  @Nullable Summary summarise() {
    long left = -summarised;
    long lastSeen = Long.MIN_VALUE;
    Severity worst = Severity.UNSPECIFIED;
    for (Severity severity : SEVERITIES) {
      Stripes stripes = counts.get(severity.ordinal());
      if (stripes != null && stripes.reduced() > 0) {
        left += stripes.reduced();
        lastSeen = Math.max(lastSeen, stripes.lastSeen());
        worst = severity;
      }
    }
    if (left == 0) {
      return null;
    }
    summarised += left;
    return new Summary(this, worst, left, count(), lastSeen);
  }
}
