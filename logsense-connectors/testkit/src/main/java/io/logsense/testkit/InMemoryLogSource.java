package io.logsense.testkit;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source whose records are lists in memory, for tests of what reads sources. Its faults can be
 * injected. Users call it; thread-safe.
 *
 * <pre>{@code
 * InMemoryLogSource source = InMemoryLogSource.of("orders", "payments");
 * source.add("orders", "2026-01-31T12:00:00Z ERROR no such order");
 * }</pre>
 *
 * <p>The offset of a record is its index in the partition.
 */
public final class InMemoryLogSource implements LogSource, Faults {
  private static final int PAGE = 20;
  private static final int RECORD_BYTES = 1 << 20;

  /** What is shared by the source and the one that follows it; guarded by itself. */
  private static final class Store {
    final Map<String, List<byte[]>> records = new LinkedHashMap<>();
    @Nullable Fault fault;
  }

  private final Store store;
  private final boolean follow;

  private InMemoryLogSource(Store store, boolean follow) {
    this.store = store;
    this.follow = follow;
  }

  /** A source with these partitions, which have no records yet and end with what they have. */
  public static InMemoryLogSource of(String... partitions) {
    Store store = new Store();
    for (String partition : partitions) {
      store.records.put(partition, new ArrayList<>());
    }
    return new InMemoryLogSource(store, false);
  }

  /** A source of the same records and faults, which waits for more to come. */
  public InMemoryLogSource following() {
    return new InMemoryLogSource(store, true);
  }

  /** Adds records to a partition, each one a text without line end. */
  public InMemoryLogSource add(String partition, String... records) {
    return add(partition, List.of(records));
  }

  /** Adds records to a partition, each one a text without line end. */
  public InMemoryLogSource add(String partition, List<String> records) {
    return addBytes(
        partition,
        records.stream().map(record -> record.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Adds records to a partition that may be no text; they are copied. */
  public InMemoryLogSource addBytes(String partition, List<byte[]> records) {
    synchronized (store) {
      records.forEach(record -> recordsOf(partition).add(record.clone()));
      store.notifyAll();
    }
    return this;
  }

  private List<byte[]> recordsOf(String partition) {
    List<byte[]> records = store.records.get(partition);
    if (records == null) {
      throw new LogSenseException(
          Category.USAGE,
          "no partition '"
              + partition
              + "'; there are "
              + String.join(", ", store.records.keySet()));
    }
    return records;
  }

  @Override
  public Set<Fault> supported() {
    return EnumSet.of(
        Fault.REFUSED, Fault.SILENT, Fault.RESET, Fault.THROTTLED, Fault.FAILED, Fault.DUPLICATED);
  }

  @Override
  public void inject(Fault fault) {
    synchronized (store) {
      store.fault = fault;
    }
  }

  @Override
  public void heal() {
    synchronized (store) {
      store.fault = null;
      store.notifyAll();
    }
  }

  @Override
  public String id() {
    synchronized (store) {
      return "memory:" + String.join(",", store.records.keySet());
    }
  }

  @Override
  public List<String> partitions() {
    synchronized (store) {
      return List.copyOf(store.records.keySet());
    }
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    synchronized (store) {
      List<byte[]> records = recordsOf(partition);
      return new Reader(
          store, records, index(from, records.size()), follow ? Integer.MAX_VALUE : records.size());
    }
  }

  private static int index(Checkpoint from, int size) {
    try {
      int index = from.value().isEmpty() ? 0 : Integer.parseInt(from.value());
      if (index >= 0 && index <= size) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new LogSenseException(
        Category.USAGE, "checkpoint '" + from + "' is not a number up to " + size);
  }

  private static final class Reader implements PartitionReader {
    private final Store store;
    private final List<byte[]> records;
    private final int end;
    private final RecordBuffer buffer = new RecordBuffer(RECORD_BYTES);
    private int next;
    private boolean closed;

    Reader(Store store, List<byte[]> records, int from, int end) {
      this.store = store;
      this.records = records;
      this.next = from;
      this.end = end;
    }

    @Override
    public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
      buffer.clear();
      synchronized (store) {
        long until = System.nanoTime() + timeout.toNanos();
        while (true) {
          if (closed) {
            throw new IOException("the reader is closed");
          }
          Fault fault = store.fault;
          if (fault != null && fault != Fault.SILENT && fault != Fault.DUPLICATED) {
            throw new IOException("an injected fault: " + fault);
          }
          if (fault != Fault.SILENT && next == end) {
            return null;
          }
          if (fault != Fault.SILENT && next < records.size()) {
            return page(fault == Fault.DUPLICATED ? Math.max(0, next - PAGE) : next);
          }
          long left = until - System.nanoTime();
          if (left <= 0) {
            return buffer.batch();
          }
          store.wait(left / 1_000_000, (int) (left % 1_000_000));
        }
      }
    }

    private RecordBatch page(int first) {
      int last = Math.min(Math.min(next + PAGE, end), records.size());
      for (int i = first; i < last; i++) {
        buffer.add(records.get(i), i, LogEvent.NO_TIMESTAMP);
      }
      next = last;
      return buffer.batch();
    }

    @Override
    public Checkpoint position() {
      return new Checkpoint(Integer.toString(next));
    }

    @Override
    public void close() {
      synchronized (store) {
        closed = true;
        store.notifyAll();
      }
    }
  }
}
