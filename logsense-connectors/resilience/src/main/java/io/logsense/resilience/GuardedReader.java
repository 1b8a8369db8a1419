package io.logsense.resilience;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LeftOutException;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.Progress;
import io.logsense.api.source.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader that is tried again. Pauses end with the time-out of a poll, and go on in the next one.
 */
final class GuardedReader implements PartitionReader {
  private final PartitionReader reader;
  private final Guard guard;
  private final Waiting waiting;
  private final RecordBatch nothing = new RecordBatch(new byte[0]);
  private Guard.@Nullable Attempts<Optional<RecordBatch>> attempts;
  private long due;

  GuardedReader(PartitionReader reader, Guard guard) {
    this.reader = reader;
    this.guard = guard;
    this.waiting = guard.waiting();
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    long end = waiting.nanos() + timeout.toNanos();
    while (true) {
      Guard.Attempts<Optional<RecordBatch>> under = attempts;
      if (under == null) {
        under = guard.attempts();
        attempts = under;
        due = waiting.nanos() + under.pace();
      }
      if (!awaitDue(end)) {
        return nothing;
      }
      Duration left = Duration.ofNanos(Math.max(0, end - waiting.nanos()));
      try {
        Optional<RecordBatch> batch = under.make(() -> Optional.ofNullable(reader.poll(left)));
        attempts = null;
        return batch.orElse(null);
      } catch (InterruptedException | LeftOutException e) {
        attempts = null;
        throw e;
      } catch (Exception e) {
        due = waiting.nanos() + pause(under, e);
      }
    }
  }

  private long pause(Guard.Attempts<Optional<RecordBatch>> under, Exception e) throws IOException {
    try {
      return under.pause(e) + under.pace();
    } catch (Exception last) {
      attempts = null;
      throw Calls.asIo(last);
    }
  }

  /** Waits until it is time for the next attempt; false when the poll ends before. */
  private boolean awaitDue(long end) throws InterruptedException {
    long wait = due - waiting.nanos();
    long left = end - waiting.nanos();
    if (wait > 0) {
      waiting.await(Math.max(0, Math.min(wait, left)));
    }
    return wait <= 0 || wait <= left;
  }

  @Override
  public Checkpoint position() {
    return reader.position();
  }

  /** Once: the next acknowledgement makes good one that failed. */
  @Override
  public void acknowledge(Checkpoint upTo) throws IOException {
    reader.acknowledge(upTo);
  }

  @Override
  public Map<String, String> labels() {
    return reader.labels();
  }

  @Override
  public Progress progress() {
    return reader.progress();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
