package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.LogStore;
import io.logsense.api.telemetry.Measure;
import io.logsense.internal.purge.Redaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a live engine counts: a queue of events and checkpoints, and a thread that appends
 * them to the store, each checkpoint together with all events before it.
 *
 * <p>A batch that cannot be kept is appended again after growing pauses, for as long as it takes;
 * an event that the store refuses for what it is goes to {@link Refusals} instead. Meanwhile {@link
 * #isFull} keeps sources from being read on. Events of the host cannot wait: of them, more than
 * {@value #MOST_WAITING}, or too large ones, are dropped and counted. The lock guards the queue,
 * never a call of the store.
 */
final class LiveStore implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStore.class);
  private static final int MOST_WAITING = 10 * StoreAppender.MOST_EVENTS;
  private static final long MOST_WAITING_CHARS = 4L * StoreAppender.MOST_CHARS;

  /** Places remembered beyond those that the store knew at first. */
  private static final int MOST_PLACES = 10_000;

  private static final long PURGE_PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final long LAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  /** Where events go that the store refuses; called by the thread of the store, under no lock. */
  interface Refusals {
    void accept(Kept event, LogSenseException reason);
  }

  private final LogStore store;
  private final Refusals refusals;
  private final StoreAppender appender;
  private final Origin host = Origin.host();
  private final Backoff loads = pauses();
  private final Backoff backoff = pauses();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Thread thread = new Thread(this::write, "logsense-store");

  private final ArrayDeque<Kept> waiting = new ArrayDeque<>();
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private int loadedPlaces;
  private final Map<String, Checkpoint> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checkpoint> eldest) {
          return size() > loadedPlaces + MOST_PLACES;
        }
      };
  private final Map<String, Checkpoint> kept = new HashMap<>();
  private boolean loaded;
  private long loadDue = System.nanoTime();
  private long chars;
  private long added;
  private long taken;
  private boolean writing;

  /** Batches that were taken and written, or given up. */
  private long finished;

  private boolean idle = true;
  private boolean closing;
  private long oldest;
  private long fromHost;
  private long dropped;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * A place that may be kept once all events before it are.
   *
   * @param after number of the last of those
   */
  private record Mark(String key, Checkpoint place, long after) {
    Mark moved(long by) {
      return new Mark(key, place, after - by);
    }
  }

  private record Batch(
      List<Kept> events, Map<String, Checkpoint> checkpoints, Map<String, String> renamed) {}

  LiveStore(LogStore store, Refusals refusals) {
    this.store = store;
    this.refusals = refusals;
    this.appender = new StoreAppender(store);
    thread.setDaemon(true);
  }

  private static Backoff pauses() {
    return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), System.nanoTime());
  }

  /** Learns how far sources were read; false when the store does not say now. */
  boolean load() {
    if (loaded || System.nanoTime() - loadDue < 0) {
      return loaded;
    }
    try {
      Map<String, Checkpoint> found = store.checkpoints();
      lock.lock();
      try {
        loadedPlaces = found.size();
        places.putAll(found);
      } finally {
        lock.unlock();
      }
      loaded = true;
    } catch (RuntimeException e) {
      failed("checkpoints not known; no source is read until they are", e, loads.failures() == 0);
      loadDue = System.nanoTime() + loads.failed();
    }
    return loaded;
  }

  /** Queues an event of a source. */
  void add(Kept event) {
    lock.lock();
    try {
      enqueue(event);
    } finally {
      lock.unlock();
    }
  }

  /** Queues an event of the host. */
  void addOfHost(LogEvent event, String group) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_WAITING || chars >= MOST_WAITING_CHARS) {
        if (dropped++ == 0) {
          LOG.warn("the store is too slow: events are not kept, see logsense.store.dropped");
        }
        return;
      }
      enqueue(new Kept(host, new SourcePosition("", fromHost++, 0, 1), event, group));
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Kept event) {
    waiting.add(event);
    chars += event.chars();
    added++;
    begin();
  }

  /** There is something to do. */
  private void begin() {
    if (thread.getState() == Thread.State.NEW && !closing) {
      thread.start();
    }
    if (idle) {
      idle = false;
      oldest = System.nanoTime();
      changed.signalAll();
    } else if (isDue()) {
      changed.signalAll();
    }
  }

  /** How many events that wait mention a subject. */
  long mentions(Subject subject) {
    Redaction redaction = new Redaction(subject);
    lock.lock();
    try {
      return waiting.stream().filter(event -> redaction.isIn(event.event())).count();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes events that mention a subject out of the queue, and waits until what is being written is
   * in the store, where it can be purged.
   *
   * @throws LogSenseException (transient) when that takes longer than 10 seconds
   */
  long purge(Subject subject) {
    Redaction redaction = new Redaction(subject);
    long deadline = System.nanoTime() + PURGE_PATIENCE;
    lock.lock();
    try {
      long purged = remove(event -> redaction.isIn(event.event()));
      long underWay = finished + (writing ? 1 : 0); // those taken later do not mention it
      while (finished < underWay) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new LogSenseException(
              Category.TRANSIENT,
              "the store does not take what was read; purge again when it does");
        }
        long unused = changed.awaitNanos(left);
      }
      return purged;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogSenseException(Category.TRANSIENT, "interrupted; purge again", e);
    } finally {
      lock.unlock();
    }
  }

  /** Places behind removed events count fewer events before them. */
  private long remove(Predicate<Kept> which) {
    long removed = 0;
    long number = taken;
    ArrayDeque<Mark> later = new ArrayDeque<>(marks);
    marks.clear();
    for (Iterator<Kept> events = waiting.iterator(); events.hasNext(); ) {
      Kept event = events.next();
      while (!later.isEmpty() && later.element().after() <= number) {
        marks.add(later.remove().moved(removed));
      }
      number++;
      if (which.test(event)) {
        events.remove();
        chars -= event.chars();
        removed++;
      }
    }
    for (Mark mark : later) {
      marks.add(mark.moved(removed));
    }
    added -= removed;
    return removed;
  }

  /** Queues new names of groups whose events were queued under earlier ones. */
  void rename(Map<String, String> groups) {
    if (groups.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      renamed.replaceAll((from, to) -> groups.getOrDefault(to, to));
      renamed.putAll(groups);
      begin();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Checkpoint load(String key) {
    lock.lock();
    try {
      return places.getOrDefault(key, Checkpoint.START);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void save(String key, Checkpoint position) {
    lock.lock();
    try {
      if (!position.equals(places.put(key, position))) {
        forget(key);
        marks.add(new Mark(key, position, added));
        begin();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes an earlier mark of the key behind which no event has come: the next one says more. */
  private void forget(String key) {
    Iterator<Mark> newestFirst = marks.descendingIterator();
    while (newestFirst.hasNext()) {
      Mark mark = newestFirst.next();
      if (mark.after() != added) {
        return;
      }
      if (mark.key().equals(key)) {
        newestFirst.remove();
        return;
      }
    }
  }

  @Override
  public @Nullable Checkpoint kept(String key) {
    lock.lock();
    try {
      return kept.remove(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isSaving(String key) {
    lock.lock();
    try {
      return writing || marks.stream().anyMatch(mark -> mark.key().equals(key));
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much waits that nothing should be read before some of it has been written. */
  boolean isFull() {
    lock.lock();
    try {
      return waiting.size() >= StoreAppender.MOST_EVENTS || chars >= StoreAppender.MOST_CHARS;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that was queued is in the store, or the time is over.
   *
   * @param deadline by {@link System#nanoTime}
   */
  void close(long deadline) throws InterruptedException {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    if (thread.getState() != Thread.State.NEW) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      thread.interrupt();
    }
  }

  private void write() {
    try {
      for (Batch batch = next(); batch != null; batch = next()) {
        append(batch);
        lock.lock();
        try {
          writing = false;
          finished++;
          kept.putAll(batch.checkpoints());
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      LOG.warn(
          "engine closed while the store fails: {} events not kept; those of sources come again",
          waiting());
    }
  }

  private @Nullable Batch next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isDue()) {
        if (waiting.isEmpty() && marks.isEmpty() && renamed.isEmpty()) {
          if (closing) {
            return null;
          }
          idle = true;
          changed.await();
        } else {
          long unused = changed.awaitNanos(oldest + INTERVAL - System.nanoTime());
        }
      }
      writing = true;
      return take();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    boolean any = !waiting.isEmpty() || !marks.isEmpty() || !renamed.isEmpty();
    return any
        && (closing
            || waiting.size() >= StoreAppender.MOST_EVENTS
            || chars >= StoreAppender.MOST_CHARS
            || System.nanoTime() - oldest >= INTERVAL);
  }

  private Batch take() {
    List<Kept> events = new ArrayList<>();
    long size = 0;
    while (!waiting.isEmpty()
        && events.size() < StoreAppender.MOST_EVENTS
        && size < StoreAppender.MOST_CHARS) {
      Kept event = waiting.remove();
      events.add(event);
      size += event.chars();
    }
    chars -= size;
    taken += events.size();
    Map<String, Checkpoint> checkpoints = new HashMap<>();
    while (!marks.isEmpty() && marks.element().after() <= taken) {
      Mark mark = marks.remove();
      checkpoints.put(mark.key(), mark.place());
    }
    Map<String, String> names = Map.of();
    if (waiting.isEmpty()) {
      names = new LinkedHashMap<>(renamed);
      renamed.clear();
    }
    oldest = System.nanoTime();
    return new Batch(events, checkpoints, names);
  }

  private void append(Batch batch) throws InterruptedException {
    append(batch.events(), batch.checkpoints());
    if (!batch.renamed().isEmpty()) {
      LogSenseException refusal = attempt(() -> store.regroup(batch.renamed()));
      if (refusal != null) {
        failed("groups keep their earlier names in the store", refusal, true);
      }
    }
  }

  /** Halves what the store refuses until the event is found that it refuses. */
  private void append(List<Kept> events, Map<String, Checkpoint> checkpoints)
      throws InterruptedException {
    if (events.isEmpty() && checkpoints.isEmpty()) {
      return;
    }
    LogSenseException refusal = attempt(() -> appender.append(events, checkpoints));
    if (refusal == null) {
      return;
    }
    if (events.size() > 1) {
      int half = events.size() / 2;
      append(events.subList(0, half), Map.of());
      append(events.subList(half, events.size()), checkpoints);
    } else if (events.size() == 1) {
      refuse(events.get(0), refusal);
      append(List.of(), checkpoints);
    } else {
      failed("checkpoints are refused; a restart repeats records", refusal, true);
    }
  }

  private void refuse(Kept event, LogSenseException reason) {
    if (refused.getAndIncrement() == 0) {
      LOG.warn("the store refuses an event: see dead letters, logsense.store.refused", reason);
    }
    try {
      refusals.accept(event, reason);
    } catch (RuntimeException | Error e) {
      failed("a refused event is lost", e, true);
    }
  }

  /** Makes a call until it works, or is refused for what is in it: says why then. */
  private @Nullable LogSenseException attempt(Runnable call) throws InterruptedException {
    while (true) {
      try {
        call.run();
        if (backoff.failures() > 0) {
          LOG.info("the store works again, after {} failures", backoff.failures());
          backoff.worked();
        }
        return null;
      } catch (RuntimeException | Error e) { // an error too: without this thread nothing is kept
        if (e instanceof LogSenseException refusal && isRefusal(refusal) && answers()) {
          return refusal;
        }
        failed(
            "events cannot be kept; sources are not read on until they can",
            e,
            backoff.failures() == 0);
        pause(backoff.failed());
      }
    }
  }

  private static boolean isRefusal(LogSenseException e) {
    return switch (e.category()) {
      case USAGE, LIMIT, DEFECT -> true;
      case TRANSIENT, EXTERNAL -> false;
    };
  }

  /** Whether the store does anything at all: one that is closed refuses everything. */
  private boolean answers() {
    try {
      Map<String, Checkpoint> unused = store.checkpoints();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void failed(String what, Throwable e, boolean first) {
    failures.incrementAndGet();
    if (first) {
      LOG.warn(what, e);
    } else {
      LOG.debug(what, e);
    }
  }

  private void pause(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = closing ? Math.min(nanos, LAST_PAUSE) : nanos;
      boolean before = closing;
      while (left > 0 && closing == before) {
        left = ended.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private long waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  List<Measure> measures() {
    return List.of(
        Measure.counter(
            "logsense.store.events", "{event}", "Events kept in the store.", appender::stored),
        Measure.counter(
            "logsense.store.duplicates",
            "{event}",
            "Events that the store had already, as after a restart.",
            appender::duplicates),
        Measure.counter(
            "logsense.store.failures", "{call}", "Calls of the store that failed.", failures::get),
        Measure.counter(
            "logsense.store.refused",
            "{event}",
            "Events that the store refused; they are dead letters.",
            refused::get),
        Measure.counter(
            "logsense.store.dropped",
            "{event}",
            "Events of the host that were not kept because too many waited.",
            this::dropped),
        Measure.gauge(
            "logsense.store.waiting",
            "{event}",
            "Events that are still to be kept.",
            this::waiting));
  }
}
