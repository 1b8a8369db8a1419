package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.analysis.Incident;
import io.logsense.api.analysis.RootCauseAnalyzer;
import io.logsense.api.analysis.RootCauseReport;
import io.logsense.api.group.Group;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Incidents that wait for their analysis, the most urgent first: novelty × volume × criticality. A
 * thread of its own works through them, no faster than the rate allows.
 *
 * <p>An incident that is there already takes the place of its earlier form. Where more wait than
 * there is room for, the least urgent is dropped, and counted. Thread-safe.
 */
public final class AnalysisQueue implements AutoCloseable, Measured {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisQueue.class);
  private static final double NEW = 4;
  private static final long CLOSE_MILLIS = 10_000;

  private final RootCauseAnalyzer analyzer;
  private final BiConsumer<Incident, RootCauseReport> listener;
  private final int capacity;
  private final long pauseNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Waiting> waiting =
      new TreeSet<>(
          Comparator.comparingDouble((Waiting one) -> -one.priority)
              .thenComparing(one -> one.incident.id()));
  private final Map<String, Waiting> byId = new HashMap<>();
  private final Thread worker = new Thread(this::work, "logsense-analysis");
  private boolean closed;
  private long done;
  private long dropped;
  private long failed;

  private record Waiting(Incident incident, double priority) {}

  /**
   * A queue, which begins to work.
   *
   * @param listener is given each report, by the queue's thread
   * @param capacity how many wait at most
   * @param perMinute how many are begun in a minute at most
   * @throws LogSenseException (usage) when a number is not positive
   */
  public AnalysisQueue(
      RootCauseAnalyzer analyzer,
      BiConsumer<Incident, RootCauseReport> listener,
      int capacity,
      int perMinute) {
    if (capacity < 1 || perMinute < 1) {
      throw new LogSenseException(Category.USAGE, "capacity and rate must be at least 1");
    }
    this.analyzer = analyzer;
    this.listener = listener;
    this.capacity = capacity;
    pauseNanos = Duration.ofMinutes(1).toNanos() / perMinute;
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * How urgent an incident is: 4 for a new problem, else 1, times the logarithm of its events,
   * times 1 to 6 for how much depends on the service.
   */
  static double priority(Incident incident) {
    Group group = incident.group();
    double novelty = group.isNew() ? NEW : 1;
    return novelty
        * (1 + Math.log10((double) Math.max(1, group.count())))
        * (1 + incident.criticality());
  }

  /**
   * Adds an incident.
   *
   * @return whether it waits now; false when there is no room for it, or the queue is closed
   */
  public boolean submit(Incident incident) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      Waiting one = new Waiting(incident, priority(incident));
      Waiting earlier = byId.put(incident.id(), one);
      if (earlier != null) {
        waiting.remove(earlier);
      }
      waiting.add(one);
      changed.signal();
      if (waiting.size() <= capacity) {
        return true;
      }
      Waiting least = waiting.pollLast();
      dropped++;
      if (least != null) {
        byId.remove(least.incident.id());
      }
      return byId.containsKey(incident.id());
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (true) {
        Incident next = take();
        long begun = System.nanoTime();
        analyze(next);
        pause(begun + pauseNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Incident take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Waiting first = waiting.pollFirst();
      while (first == null) {
        changed.await();
        first = waiting.pollFirst();
      }
      byId.remove(first.incident.id());
      return first.incident;
    } finally {
      lock.unlock();
    }
  }

  private void analyze(Incident incident) throws InterruptedException {
    boolean ok = false;
    try {
      listener.accept(incident, analyzer.analyze(incident));
      ok = true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // of a listener, or of an analyzer of the host: the others wait
      LOG.warn("no report on {}", incident.id(), e);
    } finally {
      count(ok);
    }
  }

  private void count(boolean ok) {
    lock.lock();
    try {
      done++;
      failed += ok ? 0 : 1;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = until - System.nanoTime();
      while (left > 0) {
        left = Math.min(changed.awaitNanos(left), until - System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.gauge(
            "logsense.rca.waiting",
            "{incident}",
            "Incidents that wait.",
            () -> read(waiting::size)),
        Measure.counter(
            "logsense.rca.done", "{incident}", "Incidents analysed.", () -> read(() -> done)),
        Measure.counter(
            "logsense.rca.failed",
            "{incident}",
            "Incidents without a report.",
            () -> read(() -> failed)),
        Measure.counter(
            "logsense.rca.dropped",
            "{incident}",
            "Incidents there was no room for.",
            () -> read(() -> dropped)));
  }

  private double read(LongSupplier number) {
    lock.lock();
    try {
      return (double) number.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the work; what waits is forgotten. Waits at most ten seconds for the one under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      byId.clear();
    } finally {
      lock.unlock();
    }
    worker.interrupt();
    try {
      TimeUnit.MILLISECONDS.timedJoin(worker, CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
