package io.logsense.testkit;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader under a deadline. What it delivers is copied, and then poisoned before the next call, as
 * the terms of borrowing allow.
 */
final class Reading implements AutoCloseable {
  /** How long a poll waits. */
  static final Duration PATIENCE = Duration.ofMillis(200);

  private final Watch watch;
  private final Duration deadline;
  private final PartitionReader reader;

  private Reading(PartitionReader reader, Duration deadline) {
    this.reader = reader;
    this.deadline = deadline;
    watch = new Watch(deadline);
  }

  static Reading open(LogSource source, String partition, Checkpoint from, Duration deadline)
      throws Exception {
    return new Reading(
        new Watch(deadline).call("open", () -> source.open(partition, from)), deadline);
  }

  /** The reader itself. */
  PartitionReader reader() {
    return reader;
  }

  /** One poll; null at the end. */
  @Nullable List<Delivered> poll(Duration timeout) throws Exception {
    return startPoll(timeout).get().orElse(null);
  }

  /** One poll; fails at the end, as {@code seen} records are not all. */
  List<Delivered> more(Duration timeout, int seen) throws Exception {
    List<Delivered> some = poll(timeout);
    if (some == null) {
      throw new AssertionError("the end came after " + seen + " records, before the last of them");
    }
    return some;
  }

  /** A poll under way, which answers nothing at all at the end. */
  Watch.Call<Optional<List<Delivered>>> startPoll(Duration timeout) {
    return watch.start("poll", () -> copied(reader.poll(timeout)));
  }

  private static Optional<List<Delivered>> copied(@Nullable RecordBatch batch) {
    if (batch == null) {
      return Optional.empty();
    }
    List<Delivered> records = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      records.add(Delivered.of(batch, i));
    }
    Delivered.poison(batch);
    return Optional.of(records);
  }

  /**
   * All records up to the end, or, where there is none, at least {@code count} of them and what
   * comes at once behind them.
   */
  List<Delivered> rest(int count, boolean bounded) throws Exception {
    List<Delivered> all = new ArrayList<>();
    long last = System.nanoTime();
    while (bounded || all.size() < count) {
      List<Delivered> some = poll(PATIENCE);
      if (some == null) {
        return all;
      }
      all.addAll(some);
      if (!some.isEmpty()) {
        last = System.nanoTime();
      } else if (System.nanoTime() - last > deadline.toNanos()) {
        throw new AssertionError(
            "nothing came for " + deadline + " behind " + all.size() + " of " + count + " records");
      }
    }
    List<Delivered> more = poll(PATIENCE);
    all.addAll(more == null ? List.of() : more);
    return all;
  }

  Checkpoint position() {
    return reader.position();
  }

  void acknowledge(Checkpoint upTo) throws Exception {
    watch.run("acknowledge", () -> reader.acknowledge(upTo));
  }

  @Override
  public void close() throws IOException {
    try {
      watch.run("close", reader::close);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
