package io.logsense.api.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition of a system that is asked for records by time, such as a search engine or a
 * vendor's log service: look by look, each from the place up to which nothing late is expected any
 * more. What a look finds again is known by its id and not handed on twice.
 *
 * <p>What comes later than {@link QueryPlan#lookBack} is not seen. After a restart the records of
 * that window come again under the same offsets, unless they are few enough for the checkpoint.
 *
 * <p>Remembers up to half a million records of the window, some 40 MB; when there are more, the
 * window shrinks. A record's offset is a {@linkplain RecordBuffer#offsetOf hash} of its id.
 */
public final class TimeQueryReader implements PartitionReader {
  private static final int REMEMBERED = 500_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TimeQuery query;
  private final QueryPlan plan;
  private final InstantSource clock;
  private final Map<String, String> labels;
  private final LookBack memory;
  private final RecordBuffer buffer;
  private boolean looking;
  private boolean ended;
  private boolean closed;
  private long nextLook;

  private TimeQueryReader(
      TimeQuery query,
      QueryPlan plan,
      InstantSource clock,
      Map<String, String> labels,
      Checkpoint from) {
    this.query = query;
    this.plan = plan;
    this.clock = clock;
    this.labels = labels;
    this.buffer = new RecordBuffer(plan.recordBytes());
    this.memory =
        new LookBack(from, plan.from().toEpochMilli(), plan.lookBack().toMillis(), REMEMBERED);
  }

  /**
   * Opens a partition: begins the first look, so that what cannot be asked is refused here.
   *
   * @param query is closed with the reader, or when opening fails
   * @param labels what holds for every record
   */
  public static TimeQueryReader open(
      TimeQuery query,
      QueryPlan plan,
      InstantSource clock,
      Map<String, String> labels,
      Checkpoint from)
      throws IOException {
    TimeQueryReader reader = null;
    try {
      reader = new TimeQueryReader(query, plan, clock, labels, from);
      reader.look();
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      query.close();
      throw new InterruptedIOException("interrupted while opening");
    } catch (IOException | RuntimeException e) {
      query.close();
      throw e;
    }
  }

  private void look() throws IOException, InterruptedException {
    query.begin(memory.begin(clock.millis()));
    looking = true;
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    if (closed) {
      throw new LogSenseException(Category.USAGE, "the reader is closed");
    }
    long start = System.nanoTime();
    buffer.clear();
    RecordBatch batch = buffer.batch();
    while (!ended) {
      long left = timeout.toNanos() - (System.nanoTime() - start);
      if (!looking) {
        long wait = nextLook - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.min(wait, left));
        if (wait > left) {
          return batch;
        }
        look();
      }
      page();
      if (!batch.isEmpty() || left <= 0) {
        return batch;
      }
    }
    return null;
  }

  private void page() throws IOException, InterruptedException {
    boolean more;
    try {
      more = query.next(this::add);
    } catch (IOException e) {
      if (buffer.batch().isEmpty()) {
        throw e;
      }
      more = true;
    }
    if (!more) {
      looking = false;
      ended = !plan.follow();
      nextLook = System.nanoTime() + plan.interval().toNanos();
    }
  }

  private void add(String id, long epochNanos, byte[] text) {
    long offset = RecordBuffer.offsetOf(id);
    if (memory.add(Math.floorDiv(epochNanos, NANOS_PER_MILLI), offset)) {
      buffer.add(text, offset, epochNanos);
    }
  }

  @Override
  public Checkpoint position() {
    return memory.position();
  }

  @Override
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      query.close();
    }
  }
}
