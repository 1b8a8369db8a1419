package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.LogSource;
import io.logsense.api.telemetry.Measure;
import io.logsense.internal.source.CheckpointStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows live sources in one thread, partition after partition; see {@link FollowedPartition}. The
 * lock guards the counts, never a read.
 */
final class LiveRun implements FollowedPartition.Engine {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration BASELINES = Duration.ofMinutes(5);

  /** Records counted at a time: hosts that accept events, and listeners, wait for no more. */
  private static final int SLICE = 1000;

  private static final long CLOSE_MILLIS = 10_000;

  private final LogSense.Builder config;
  private final RecordStage stage;
  private final Consolidation result;
  private final Outbox outbox = new Outbox();
  private final @Nullable LiveStore store;
  private final Checkpoints checkpoints;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Shared by those who hand on what they took under the lock, exclusive for a purge: what is in
   * their hands would come back. Always taken before the lock.
   */
  private final ReentrantReadWriteLock handing = new ReentrantReadWriteLock();

  private final ReentrantLock saving = new ReentrantLock();
  private final ReentrantLock burying = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::follow, "logsense-reader");
  private final List<FollowedPartition> followed = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long lag;
  private volatile long baselinesSaved = System.nanoTime();
  private volatile long closeBy;
  private long renamesDue = System.nanoTime();
  private long triageDue = System.nanoTime();
  private boolean triageFailed;
  private boolean faulty;

  LiveRun(LogSense.Builder config) {
    this.config = config;
    this.stage = config.stage();
    this.result = new Consolidation(config, config.filter.and(ageFilter()), outbox, true);
    this.store = config.store == null ? null : new LiveStore(config.store, this::refuse);
    this.checkpoints =
        store == null
            ? new KeptCheckpoints(
                config.checkpoints == null ? null : CheckpointStore.open(config.checkpoints))
            : store;
    thread.setDaemon(true);
  }

  private Predicate<LogEvent> ageFilter() {
    Duration since = config.since;
    if (since == null) {
      return event -> true;
    }
    return event -> {
      Instant oldest = config.clock.instant().minus(since);
      return event.timestamp() == LogEvent.NO_TIMESTAMP
          || event.timestamp() >= TimeUnit.SECONDS.toNanos(oldest.getEpochSecond());
    };
  }

  void start() {
    lock.lock();
    try {
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts an event of the host; returns the id of its group, empty when it was filtered. */
  String accept(LogEvent event) {
    Prepared record = stage.prepare(event);
    String id = "";
    lock.lock();
    try {
      GroupCounter counter = result.add(record);
      if (counter != null) {
        id = result.resolve(counter);
      }
      if (store != null && counter != null && record.event() != null) {
        store.addOfHost(record.event(), counter.told());
      }
    } finally {
      lock.unlock();
    }
    outbox.deliver();
    return id;
  }

  void repeat(String group, Severity severity, long time, long times) {
    lock.lock();
    try {
      result.repeat(group, severity, time, times);
    } finally {
      lock.unlock();
    }
    outbox.deliver();
  }

  List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(result.measures(count -> () -> read(count)));
    measures.add(
        Measure.counter(
            "logsense.listener.failures",
            "{call}",
            "Exceptions thrown by listeners of the host.",
            outbox::failures));
    measures.add(
        Measure.gauge(
            "logsense.outbox",
            "{call}",
            "Calls of listeners that are still to be made.",
            outbox::size));
    measures.add(
        Measure.counter(
            "logsense.outbox.dropped",
            "{call}",
            "Calls of listeners that were dropped because too many waited.",
            outbox::dropped));
    measures.add(
        Measure.gauge(
            "logsense.lag", "By", "Bytes of live sources that are still to be read.", () -> lag));
    if (store != null) {
      measures.addAll(store.measures());
    }
    return measures;
  }

  private double read(LongSupplier count) {
    lock.lock();
    try {
      return (double) count.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does what is to be done now and then.
   *
   * @param upToDate whether all that is there has been read: only then is something missing
   */
  private void tick(boolean upToDate) {
    if (upToDate) {
      lock.lock();
      try {
        result.tick();
      } finally {
        lock.unlock();
      }
    }
    outbox.deliver();
    if (config.baselines != null && System.nanoTime() - baselinesSaved > BASELINES.toNanos()) {
      saveBaselines(config.baselines);
    }
    refreshTriage();
    if (store != null && System.nanoTime() - renamesDue >= 0) {
      renamesDue = System.nanoTime() + INTERVAL.toNanos();
      tellNames(store);
    }
  }

  /** Tells the store of groups that turned out to be the same. */
  private void tellNames(LiveStore store) {
    Map<String, String> renamed;
    lock.lock();
    try {
      renamed = result.renamed();
    } finally {
      lock.unlock();
    }
    store.rename(renamed);
  }

  long mentions(Subject subject) {
    long waiting = store == null ? 0 : store.mentions(subject);
    lock.lock();
    try {
      return waiting + result.mentions(subject);
    } finally {
      lock.unlock();
    }
  }

  long purge(Subject subject) {
    outbox.deliver();
    long purged;
    handing.writeLock().lock();
    lock.lock();
    try {
      purged = result.purge(subject);
    } finally {
      lock.unlock();
      handing.writeLock().unlock();
    }
    return purged + (store == null ? 0 : store.purge(subject));
  }

  private void saveBaselines(Path file) {
    saving.lock(); // so that what is written last is the newest
    try {
      byte[] bytes;
      lock.lock();
      try {
        bytes = result.baselines();
      } finally {
        lock.unlock();
      }
      if (bytes != null) {
        Baselines.save(file, bytes);
      }
    } catch (LogSenseException e) {
      LOG.warn("baselines not saved; a restart begins with older ones", e);
    } finally {
      saving.unlock();
    }
    baselinesSaved = System.nanoTime();
  }

  /** Learns what other processes decided. */
  private void refreshTriage() {
    if (config.triage == null || System.nanoTime() - triageDue < 0) {
      return;
    }
    triageDue = System.nanoTime() + INTERVAL.toNanos();
    try {
      config.triage.refresh();
      triageFailed = false;
    } catch (LogSenseException e) {
      if (!triageFailed) {
        LOG.warn("decisions of other processes are not seen", e);
      }
      triageFailed = true;
    }
  }

  Analysis snapshot() {
    handing.readLock().lock();
    try {
      return takeSnapshot();
    } finally {
      handing.readLock().unlock();
    }
  }

  private Analysis takeSnapshot() {
    Analysis analysis;
    Runnable unsaved;
    lock.lock();
    try {
      analysis = result.analysis();
      unsaved = result.unsaved(analysis.groups());
    } finally {
      lock.unlock();
    }
    unsaved.run();
    if (config.clusters != null) {
      config.clusters.add(analysis.groups()); // in the caller's thread: reading never waits for it
    }
    return analysis;
  }

  void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    closeBy = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    stopping = true;
    boolean interrupted = Thread.interrupted(); // it would close the channels that are written to
    try {
      // An interrupt closes file channels, so it is kept for a source that does not come back.
      if (thread.isAlive() && thread != Thread.currentThread()) {
        thread.join(CLOSE_MILLIS);
        thread.interrupt();
      }
      closeStore();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    save();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void save() {
    if (config.baselines != null) {
      saveBaselines(config.baselines);
    }
    Runnable unsaved;
    lock.lock();
    try {
      unsaved = result.unsaved(List.of());
    } finally {
      lock.unlock();
    }
    unsaved.run();
  }

  private void closeStore() throws InterruptedException {
    if (store != null) {
      tellNames(store);
      store.close(closeBy);
    }
  }

  private void follow() {
    List<SourceListing> listings = new ArrayList<>();
    for (LogSource source : config.sources) {
      listings.add(
          new SourceListing(
              source,
              partition ->
                  new FollowedPartition(
                      source, partition, config, this, checkpoints, System::nanoTime),
              this,
              System::nanoTime));
    }
    try {
      while (!stopping) {
        if (store != null && (!store.load() || store.isFull())) {
          tick(false);
          Thread.sleep(POLL.toMillis());
        } else {
          step(listings);
        }
      }
      followed.forEach(FollowedPartition::finish);
      closeStore();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      followed.forEach(FollowedPartition::finish);
      followed.forEach(FollowedPartition::close);
    }
  }

  /** Reads a little of everything; what goes wrong there is tried again with the next turn. */
  private void step(List<SourceListing> listings) throws InterruptedException {
    try {
      listings.forEach(listing -> followed.addAll(listing.refresh()));
      step();
      faulty = false;
    } catch (RuntimeException e) {
      if (!faulty) {
        LOG.warn("a turn of reading failed; it goes on", e);
      }
      faulty = true;
      Thread.sleep(POLL.toMillis());
    }
  }

  private void step() throws InterruptedException {
    long behind = 0;
    boolean idle = true;
    for (FollowedPartition one : followed) {
      idle &= one.isWaiting();
      one.step(POLL.dividedBy(followed.size()));
      behind += one.behind();
    }
    followed.removeIf(FollowedPartition::isClosed);
    lag = behind;
    tick(behind == 0);
    if (idle) {
      Thread.sleep(POLL.toMillis());
    }
  }

  @Override
  public void fail(String where, Exception e) {
    lock.lock();
    try {
      result.fail(DeadLetters.unreadable(where, e));
    } finally {
      lock.unlock();
    }
    outbox.deliver();
  }

  @Override
  public void format(Analysis.InputFormat format) {
    lock.lock();
    try {
      result.format(format);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void process(Chunk chunk) {
    chunk.prepare(stage);
    for (int from = 0; from < chunk.size(); from += SLICE) {
      Map<Integer, DeadLetter> dead = new TreeMap<>();
      lock.lock();
      try {
        for (int i = from; i < Math.min(from + SLICE, chunk.size()); i++) {
          DeadLetter letter = add(chunk, i);
          if (letter != null) {
            dead.put(i, letter);
          }
        }
      } finally {
        lock.unlock();
      }
      outbox.deliver();
      dead.forEach((i, letter) -> bury(letter, () -> chunk.raw(i)));
    }
  }

  /**
   * Hands a record to the dead letters of the host, in this thread: a place behind it is kept only
   * when it is there.
   */
  private void bury(DeadLetter letter, Supplier<byte[]> raw) {
    if (config.deadLetters == null) {
      return;
    }
    burying.lock(); // what the store refuses comes from its own thread
    try {
      outbox.call("deadLetters", Rejected.to(config.deadLetters), new Rejected(letter, raw.get()));
    } finally {
      burying.unlock();
    }
  }

  private void refuse(Kept event, LogSenseException reason) {
    bury(
        DeadLetters.refused(event.position(), reason),
        () -> event.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Counts a record; its dead letter when it became no event. */
  private @Nullable DeadLetter add(Chunk chunk, int i) {
    Prepared record = chunk.record(i);
    DeadLetter dead = record.dead();
    try {
      GroupCounter counter = result.add(record);
      if (store != null && counter != null && record.event() != null) {
        store.add(new Kept(chunk.origin(), record.position(), record.event(), counter.told()));
      }
    } catch (RuntimeException e) { // of a filter or another part that the host gave
      dead = DeadLetters.failed(record.position(), e);
      result.fail(dead);
    }
    return dead;
  }
}
