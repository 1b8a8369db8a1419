package io.logsense.api.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands records over from the threads that receive them to the one that reads; for sources that
 * listen.
 *
 * <p>Records have no place to go back to: what was polled, or waits here when the process ends, is
 * lost unless the sender still has it. Their offsets count on from the time at which the queue was
 * made, so no two are equal, over restarts too, at less than one record in a nanosecond.
 *
 * <p>Any thread may hand records over; one reader is open at a time.
 */
public final class RecordQueue implements Measured {
  /** The one partition of a source that listens. */
  public static final String PARTITION = "messages";

  private static final int BATCH_BYTES = 64 * 1024;

  /** What a record takes besides its bytes. */
  private static final long OVERHEAD = 64;

  private static final class Waiting {
    final byte[] text;
    final long time;

    Waiting(byte[] text, long time) {
      this.text = text;
      this.time = time;
    }
  }

  private final long capacity;
  private final RecordBuffer records;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private long next;
  private long used;
  private @Nullable Reader reader;

  /**
   * An empty queue.
   *
   * @param capacity bytes that may wait, 64 for each record included; one collection that is larger
   *     has room when nothing else waits
   * @param recordBytes longer records are cut
   * @param clock says when records come
   */
  public RecordQueue(long capacity, int recordBytes, InstantSource clock) {
    this.capacity = capacity;
    this.records = new RecordBuffer(recordBytes);
    this.clock = clock;
    this.next = nanos(clock.instant());
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /**
   * Takes all of {@code texts}, in their order and next to each other, or none for want of room.
   */
  public boolean offer(Collection<byte[]> texts) {
    lock.lock();
    try {
      return reader != null && add(texts, null);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes all of {@code texts}, once there is room for them.
   *
   * @throws IOException when nobody reads any more
   */
  public void put(Collection<byte[]> texts) throws IOException, InterruptedException {
    await(texts, null);
  }

  /**
   * The same, of records whose sender states a time.
   *
   * @param times nanoseconds since the epoch, one for each text; {@code LogEvent.NO_TIMESTAMP} for
   *     when it comes
   */
  public void put(Collection<byte[]> texts, long[] times) throws IOException, InterruptedException {
    if (times.length != texts.size()) {
      throw new IllegalArgumentException(texts.size() + " texts, but " + times.length + " times");
    }
    await(texts, times);
  }

  private void await(Collection<byte[]> texts, long @Nullable [] times)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (reader != null) {
        if (add(texts, times)) {
          return;
        }
        changed.await();
      }
      throw new IOException("nobody reads any more");
    } finally {
      lock.unlock();
    }
  }

  private boolean add(Collection<byte[]> texts, long @Nullable [] times) {
    long size = texts.stream().mapToLong(RecordQueue::size).sum();
    if (used > 0 && used + size > capacity) {
      return false;
    }
    long now = nanos(clock.instant());
    int i = 0;
    for (byte[] text : texts) {
      long stated = times == null ? LogEvent.NO_TIMESTAMP : times[i++];
      waiting.add(new Waiting(text, stated == LogEvent.NO_TIMESTAMP ? now : stated));
    }
    used += size;
    received.addAndGet(texts.size());
    changed.signalAll();
    return true;
  }

  private static long size(byte[] text) {
    return text.length + OVERHEAD;
  }

  /** Counts records that were lost. */
  public void dropped(int count) {
    dropped.addAndGet(count);
  }

  /** Begins to receive records. */
  @FunctionalInterface
  public interface Listening {
    /** Starts what hands records over; what it returns is closed with the reader. */
    Closeable start() throws IOException;
  }

  /**
   * The reader of what comes.
   *
   * @param partition must be {@link #PARTITION}
   * @throws LogSenseException (usage) when there is another reader, or no such partition
   * @throws IOException when {@code listening} cannot start
   */
  public PartitionReader open(String partition, Listening listening) throws IOException {
    if (!partition.equals(PARTITION)) {
      throw new LogSenseException(
          Category.USAGE, "'" + partition + "' is no partition; there is one, '" + PARTITION + "'");
    }
    Reader opened = new Reader();
    lock.lock();
    try {
      if (reader != null) {
        throw new LogSenseException(
            Category.USAGE, "the source is being read already; a port has one reader");
      }
      reader = opened;
    } finally {
      lock.unlock();
    }
    try {
      opened.listener = listening.start();
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.counter(
            "logsense.receiver.received", "{record}", "Records received.", received::get),
        Measure.counter(
            "logsense.receiver.dropped",
            "{record}",
            "Records dropped for want of room, or because they were malformed.",
            dropped::get),
        Measure.gauge(
            "logsense.receiver.waiting", "By", "Bytes that wait to be read.", this::used));
  }

  private double used() {
    lock.lock();
    try {
      return (double) used;
    } finally {
      lock.unlock();
    }
  }

  private final class Reader implements PartitionReader {
    private Closeable listener = () -> {};

    @Override
    public RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
      long left = timeout.toNanos();
      records.clear();
      lock.lockInterruptibly();
      try {
        while (reader == this && waiting.isEmpty() && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (reader != this) {
          throw new IOException("the reader is closed");
        }
        while (!waiting.isEmpty() && records.length() < BATCH_BYTES) {
          Waiting record = waiting.remove();
          used -= size(record.text);
          records.add(record.text, next++, record.time);
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      return records.batch();
    }

    @Override
    public Checkpoint position() {
      return Checkpoint.START;
    }

    @Override
    public void close() throws IOException {
      lock.lock();
      try {
        if (reader == this) {
          reader = null;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      listener.close();
    }
  }
}
