package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.telemetry.Measure;
import io.logsense.internal.source.CheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows live sources in one thread, partition after partition.
 *
 * <p>A record is complete when the next one begins or when its partition has been quiet for {@link
 * #QUIET}; one of several lines, such as a stack trace, for {@link #QUIET_INSIDE}, because writers
 * with a buffer stop in its middle. What comes later still is a record of its own. Partitions are
 * listed again every {@link #LISTING}, so new files are followed as well; a partition that ended is
 * not opened again. A checkpoint is saved only when nothing read before it is still in the making:
 * in a quiet moment, or once enough later records have come out. So a restart repeats records
 * rather than lose them. The lock guards the counts, never a read.
 */
final class LiveRun {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** Longer than a followed file waits for the end of an unfinished line. */
  private static final Duration QUIET_INSIDE = Duration.ofSeconds(5);

  private static final Duration LISTING = Duration.ofSeconds(2);
  private static final Duration BASELINES = Duration.ofMinutes(5);

  /** Records counted at a time: hosts that accept events, and listeners, wait for no more. */
  private static final int SLICE = 1000;

  private static final long CLOSE_MILLIS = 10_000;

  /** More records than an assembler and the lines of a doubtful format can hold back together. */
  private static final long HELD_BACK = 128;

  private final LogSense.Builder config;
  private final RecordStage stage;
  private final Consolidation result;
  private final Outbox outbox = new Outbox();
  private final @Nullable CheckpointStore checkpoints;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock saving = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::follow, "logsense-reader");
  private final List<Followed> followed = new ArrayList<>();
  private final List<Listing> listings = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long lag;
  private volatile long baselinesSaved = System.nanoTime();
  private boolean checkpointFailed;
  private long triageDue = System.nanoTime();
  private boolean triageFailed;

  LiveRun(LogSense.Builder config) {
    this.config = config;
    this.stage = config.stage();
    this.result = new Consolidation(config, config.filter.and(ageFilter()), outbox, true);
    this.checkpoints = config.checkpoints == null ? null : CheckpointStore.open(config.checkpoints);
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
    triageDue = System.nanoTime() + QUIET.toNanos();
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
    stopping = true;
    boolean interrupted = Thread.interrupted(); // it would close the channels that are written to
    try {
      // An interrupt closes file channels, so it is kept for a source that does not come back.
      if (thread.isAlive() && thread != Thread.currentThread()) {
        thread.join(CLOSE_MILLIS);
        thread.interrupt();
      }
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

  private void follow() {
    config.sources.forEach(source -> listings.add(new Listing(source)));
    try {
      while (!stopping) {
        listings.forEach(Listing::refresh);
        long behind = 0;
        for (Followed one : List.copyOf(followed)) {
          one.step();
          behind += one.behind();
        }
        lag = behind;
        tick(behind == 0);
        if (followed.isEmpty()) {
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      for (Followed one : List.copyOf(followed)) {
        one.finish();
      }
    }
  }

  private void fail(String where, Exception e) {
    lock.lock();
    try {
      result.fail(DeadLetter.unreadable(where, e));
    } finally {
      lock.unlock();
    }
    outbox.deliver();
  }

  private void process(Chunk chunk) {
    Prepared[] records = chunk.prepare(stage);
    for (int from = 0; from < records.length; from += SLICE) {
      lock.lock();
      try {
        for (int i = from; i < Math.min(from + SLICE, records.length); i++) {
          add(records[i]);
        }
      } finally {
        lock.unlock();
      }
      outbox.deliver();
    }
  }

  private void add(Prepared record) {
    try {
      result.add(record);
    } catch (RuntimeException e) { // of a filter or another part that the host gave
      result.fail(DeadLetter.failed(record.position(), e));
    }
  }

  /** The partitions of one source, looked up again and again. */
  private final class Listing {
    private final LogSource source;
    private final Set<String> opened = new HashSet<>();
    private long due = System.nanoTime();
    private boolean failed;

    Listing(LogSource source) {
      this.source = source;
    }

    /** Follows the partitions that are new since the last time, if it is time to look. */
    void refresh() {
      if (System.nanoTime() - due < 0) {
        return;
      }
      due = System.nanoTime() + LISTING.toNanos();
      try {
        for (String partition : source.partitions()) {
          if (!opened.contains(partition)) {
            followed.add(new Followed(source, partition));
            opened.add(partition);
          }
        }
        failed = false;
      } catch (IOException | LogSenseException e) {
        if (!failed) {
          fail(source.id(), e);
        }
        failed = true;
      }
    }
  }

  /** One partition under way. */
  private final class Followed {
    private final String key;
    private final PartitionReader reader;
    private final PartitionPump pump;
    private long lastLine = System.nanoTime();
    private @Nullable Checkpoint candidate;
    private long candidateRecords;
    private long candidateTime;

    Followed(LogSource source, String partition) throws IOException {
      Origin origin = Origin.of(source, partition);
      key = origin.key();
      reader = source.open(partition, checkpoint());
      pump = new PartitionPump(origin, config, LiveRun.this::process, this::note);
    }

    private void note(Analysis.InputFormat format) {
      lock.lock();
      try {
        result.format(format);
      } finally {
        lock.unlock();
      }
    }

    private Checkpoint checkpoint() {
      return checkpoints == null ? Checkpoint.START : checkpoints.load(key);
    }

    void step() throws InterruptedException {
      try {
        propose();
        long before = pump.lines();
        boolean more = pump.pump(reader, POLL.dividedBy(followed.size()));
        if (pump.lines() != before) {
          lastLine = System.nanoTime();
        } else if (isQuiet()) {
          complete();
        }
        if (!more) {
          finish();
        }
      } catch (IOException | LogSenseException e) {
        fail(key, e);
        finish();
      } catch (RuntimeException e) { // of a parser or masker of the host: what was read is not done
        fail(key, e);
        leave();
      }
    }

    /** Remembers a position, and saves it as soon as it is certain that all before it came out. */
    private void propose() {
      if (checkpoints == null || pump.isInterleaved()) {
        return;
      }
      if (candidate != null
          && pump.records() - candidateRecords >= HELD_BACK
          && System.nanoTime() - candidateTime > QUIET.toNanos()) {
        save(candidate);
        candidate = null;
      }
      if (candidate == null) {
        candidate = reader.position();
        candidateRecords = pump.records();
        candidateTime = System.nanoTime();
      }
    }

    /** Bytes that are there and not yet read; 0 where the source cannot say. */
    long behind() {
      Progress progress = reader.progress();
      return Math.max(0, progress.total() - progress.read());
    }

    private boolean isQuiet() {
      long quiet = System.nanoTime() - lastLine;
      if (quiet <= QUIET.toNanos()) {
        return false;
      }
      pump.settle();
      return !pump.isInsideRecord() || quiet > QUIET_INSIDE.toNanos();
    }

    private void complete() {
      lastLine = System.nanoTime();
      pump.finish();
      save(reader.position());
      candidate = null;
    }

    void finish() {
      pump.finish();
      save(reader.position());
      leave();
    }

    private void leave() {
      followed.remove(this);
      try {
        reader.close();
      } catch (IOException e) {
        LOG.debug("closing {}", key, e);
      }
    }

    private void save(Checkpoint position) {
      if (checkpoints == null) {
        return;
      }
      try {
        checkpoints.save(key, position);
        reader.acknowledge(position);
        checkpointFailed = false;
      } catch (IOException | LogSenseException e) {
        if (!checkpointFailed) {
          LOG.warn("checkpoint of {} not saved; a restart will repeat records", key, e);
        }
        checkpointFailed = true;
      }
    }
  }
}
