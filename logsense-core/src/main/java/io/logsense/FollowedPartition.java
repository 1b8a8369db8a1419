package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of a live source, from the first look at it to its end. Used by one thread.
 *
 * <p>A record is complete when the next one begins or when the partition has been quiet for {@link
 * #QUIET}; one of several lines, such as a stack trace, for {@link #QUIET_INSIDE}, because writers
 * with a buffer stop in its middle. Where several writers share a partition, that one of them is
 * quiet completes its record, too. What comes later still is a record of its own. A checkpoint is
 * saved only where no record goes beyond it and all before it came out. So a restart repeats
 * records rather than lose them.
 *
 * <p>A partition that cannot be read is opened again where the last batch ended, after growing
 * pauses; one that is refused, or whose connector has a fault, after long ones.
 */
final class FollowedPartition {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedPartition.class);
  static final Duration QUIET = Duration.ofSeconds(1);

  /** Longer than a followed file waits for the end of an unfinished line. */
  static final Duration QUIET_INSIDE = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration FIRST_REFUSED_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_REFUSED_PAUSE = Duration.ofMinutes(15);

  /** More failures than a connection that breaks now and then has in a row. */
  private static final int LASTING = 5;

  /** What a partition needs of its engine. */
  interface Engine {
    void process(Chunk chunk);

    void format(Analysis.InputFormat format);

    /** Takes note of what cannot be read. */
    void fail(String where, Exception e);
  }

  private final LogSource source;
  private final Origin origin;
  private final Engine engine;
  private final Checkpoints checkpoints;
  private final LongSupplier nanos;
  private final PartitionPump pump;
  private final Backoff pauses;
  private final Backoff refusals;
  private @Nullable PartitionReader reader;
  private Checkpoint position;
  private long due;
  private long firstLine;
  private long lastLine;
  private boolean told;
  private boolean vanished;
  private boolean ended;
  private boolean closed;
  private @Nullable Checkpoint candidate;
  private long candidateTime;

  /** Time spent on reading, in nanoseconds: an engine that was held up has not been listening. */
  private long listened;

  private long candidateListened;
  private long lastPoll;

  /**
   * A partition that has yet to be opened.
   *
   * @param nanos the time, as {@link System#nanoTime}
   */
  FollowedPartition(
      LogSource source,
      String partition,
      LogSense.Builder config,
      Engine engine,
      Checkpoints checkpoints,
      LongSupplier nanos) {
    this.source = source;
    this.origin = Origin.of(source, partition);
    this.engine = engine;
    this.checkpoints = checkpoints;
    this.nanos = nanos;
    this.pump = new PartitionPump(origin, config, engine::process, engine::format);
    int seed = origin.key().hashCode();
    this.pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, seed);
    this.refusals = new Backoff(FIRST_REFUSED_PAUSE, LONGEST_REFUSED_PAUSE, seed);
    this.position = checkpoints.load(origin.key());
    this.due = nanos.getAsLong();
    this.lastLine = due;
    this.lastPoll = due;
  }

  String partition() {
    return origin.partition();
  }

  /** Says whether its source still lists it; one that it does not is left when it is quiet. */
  void listed(boolean value) {
    vanished = !value;
  }

  /** Reads, if it is time to. */
  void step(Duration timeout) throws InterruptedException {
    acknowledge();
    if (ended) {
      if (!checkpoints.isSaving(origin.key())) {
        close();
      }
      return;
    }
    try {
      PartitionReader open = reader();
      if (open == null) {
        return;
      }
      propose(open);
      read(open, timeout);
    } catch (LeftOutException e) {
      engine.fail(origin.key(), e);
    } catch (IOException e) {
      retry(e, pauses);
    } catch (LogSenseException e) {
      retry(e, e.category() == Category.TRANSIENT ? pauses : refusals);
    } catch (RuntimeException e) { // a fault of the connector
      retry(e, refusals);
    }
  }

  /** Runs what calls a parser of the host; false when that threw: what was read is not done. */
  private boolean decode(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      ended = true;
      engine.fail(origin.key(), e);
      return false;
    }
  }

  private void read(PartitionReader open, Duration timeout)
      throws IOException, InterruptedException {
    long before = pump.lines();
    RecordBatch batch = pump.poll(open, timeout);
    if (pauses.failures() + refusals.failures() > 0) {
      LOG.info("{} is read again", origin.key());
    }
    pauses.worked();
    refusals.worked();
    told = false;
    if (batch != null && !decode(() -> pump.take(batch))) {
      return;
    }
    listened += Math.min(nanos.getAsLong() - lastPoll, QUIET.toNanos());
    lastPoll = nanos.getAsLong();
    if (candidate != null
        && listened - candidateListened > QUIET_INSIDE.toNanos()
        && !decode(pump::completeQuiet)) {
      return;
    }
    if (pump.lines() != before) {
      lastLine = nanos.getAsLong();
      firstLine = before == 0 ? lastLine : firstLine;
      if (pump.isUndecided() && lastLine - firstLine > QUIET.toNanos()) {
        decode(pump::settle);
      }
    } else if (isQuiet()) {
      complete(open);
    }
    if (batch == null) {
      finish();
    }
  }

  /** The reader; null when it is not time to open one yet. */
  private @Nullable PartitionReader reader() throws IOException {
    if (reader != null) {
      return reader;
    }
    if (vanished) {
      finish();
      return null;
    }
    if (nanos.getAsLong() - due < 0) {
      return null;
    }
    reader = source.open(origin.partition(), position);
    return reader;
  }

  /** Whether there is nothing to do for it until some time has gone by. */
  boolean isWaiting() {
    return ended || (reader == null && !vanished && nanos.getAsLong() - due < 0);
  }

  private void retry(Exception e, Backoff backoff) {
    boolean first = backoff.failures() == 0;
    due = nanos.getAsLong() + backoff.failed();
    if (first) {
      LOG.warn("{} cannot be read; trying again", origin.key(), e);
    } else {
      LOG.debug("{} cannot be read, {} times", origin.key(), backoff.failures(), e);
    }
    if (!told && (backoff == refusals || backoff.failures() == LASTING)) {
      told = true;
      engine.fail(origin.key(), e);
    }
    if (reader != null) {
      position = place(reader);
      closeReader();
    }
  }

  /** Where {@code open} is; the last place known where it does not say. */
  private Checkpoint place(PartitionReader open) {
    try {
      return open.position();
    } catch (RuntimeException e) {
      LOG.debug("{} does not say where it is: records may come again", origin.key(), e);
      return position;
    }
  }

  /** Remembers a place, and saves it as soon as it is certain that a restart may begin there. */
  private void propose(PartitionReader open) {
    if (pump.lines() == 0) {
      return;
    }
    long now = nanos.getAsLong();
    if (candidate != null) {
      switch (pump.marked()) {
        case PASSED -> {
          position = candidate;
          checkpoints.save(origin.key(), candidate);
          candidate = null;
        }
        case LOST, NONE -> candidate = null;
        case OPEN -> {
          return;
        }
      }
    }
    if (now - candidateTime > QUIET.toNanos() || candidateTime == 0) {
      candidate = open.position();
      candidateTime = now;
      candidateListened = listened;
      pump.mark();
    }
  }

  /** Bytes that are there and not yet read; 0 where the source cannot say. */
  long behind() {
    if (reader == null) {
      return 0;
    }
    try {
      Progress progress = reader.progress();
      return Math.max(0, progress.total() - progress.read());
    } catch (RuntimeException e) {
      LOG.debug("{} does not say how much is left", origin.key(), e);
      return 0;
    }
  }

  private boolean isQuiet() {
    long quiet = nanos.getAsLong() - lastLine;
    if (quiet <= QUIET.toNanos()) {
      return false;
    }
    if (!decode(pump::settle)) {
      return false;
    }
    return !pump.isInsideRecord() || quiet > QUIET_INSIDE.toNanos();
  }

  private void complete(PartitionReader open) {
    boolean leave = vanished && behind() == 0;
    lastLine = nanos.getAsLong();
    if (!decode(pump::finish)) {
      return;
    }
    save(open.position());
    if (leave) {
      ended = true;
    }
  }

  private void save(Checkpoint place) {
    position = place;
    checkpoints.save(origin.key(), place);
    pump.unmark();
    candidate = null;
  }

  /** Completes the record under way, and reads no more. */
  void finish() {
    if (ended) {
      return;
    }
    ended = true;
    if (decode(pump::finish)) {
      save(reader == null ? position : place(reader));
    }
  }

  /** Tells the source what has been kept, where it may forget it. */
  void acknowledge() {
    Checkpoint kept = checkpoints.kept(origin.key());
    if (kept == null || reader == null) {
      return;
    }
    try {
      reader.acknowledge(kept);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} not acknowledged: it may come again", origin.key(), e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    acknowledge();
    closed = true;
    closeReader();
  }

  private void closeReader() {
    PartitionReader open = reader;
    reader = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("closing {}", origin.key(), e);
    }
  }
}
