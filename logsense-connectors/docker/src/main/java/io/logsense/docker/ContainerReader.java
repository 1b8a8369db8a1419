package io.logsense.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of one container, over its restarts.
 *
 * <p>After a break the log is asked for from the second of the last line on, and what has been seen
 * is passed over: lines before its time, and as many of its time as were seen. The engine's log is
 * in the order of time unless the host's clock was set back; then lines may repeat.
 */
final class ContainerReader implements PartitionReader {
  private static final int BATCH_BYTES = 64 * 1024;
  private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

  private final DockerConnection docker;
  private final String container;
  private final OutputStream output;
  private final @Nullable Instant end;
  private final Map<String, String> labels;
  private final RecordBuffer records;
  private final LogLines lines;
  private final RecentLines recent = new RecentLines();
  private LogPosition position;
  private boolean seenBefore;
  private int seenOfTime;
  private @Nullable LogStream log;
  private String startedAt;
  private long lookedAt;
  private boolean broken;
  private boolean gone;
  private boolean closed;

  /** One of the two that a program writes to. */
  enum OutputStream {
    STDOUT,
    STDERR
  }

  /**
   * A reader of what comes behind {@code from}.
   *
   * @param end by the engine's clock; null when there is none
   */
  ContainerReader(
      DockerConnection docker,
      InspectContainerResponse container,
      OutputStream output,
      LogPosition from,
      @Nullable Instant end,
      int recordBytes) {
    this.docker = docker;
    this.container = container.getId();
    this.output = output;
    this.end = end;
    this.labels = ContainerLabels.of(container, output);
    this.records = new RecordBuffer(recordBytes);
    this.lines = new LogLines(recordBytes, this::line);
    position = from;
    startedAt = startedAt(container);
    // A terminal has one stream.
    gone = output == OutputStream.STDERR && ContainerLabels.hasTerminal(container);
    if (!gone) {
      start();
    }
  }

  private static String startedAt(InspectContainerResponse container) {
    return String.valueOf(container.getState().getStartedAt());
  }

  private void start() {
    seenBefore = true;
    seenOfTime = 0;
    LogStream stream = new LogStream();
    log = stream;
    docker
        .client()
        .logContainerCmd(container)
        .withStdOut(output == OutputStream.STDOUT)
        .withStdErr(output == OutputStream.STDERR)
        .withTimestamps(true)
        .withFollowStream(end == null)
        .withSince((int) Math.min(Integer.MAX_VALUE, position.time().getEpochSecond()))
        .exec(stream);
  }

  @Override
  public @Nullable RecordBatch poll(Duration timeout) throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the reader of " + labels.get("container.name") + " is closed");
    }
    long end = System.nanoTime() + timeout.toNanos();
    records.clear();
    while (true) {
      long left = records.length() > 0 ? 0 : Math.max(0, end - System.nanoTime());
      LogStream stream = log;
      if (stream != null) {
        read(stream, left);
      } else if (!gone) {
        lookAgain(Math.min(left, LOOK_AGAIN));
      }
      if (!records.batch().isEmpty()) {
        return records.batch();
      }
      if (gone) {
        return null;
      }
      if (System.nanoTime() - end >= 0) {
        return records.batch();
      }
    }
  }

  /** Takes what has come, or what comes in time. */
  private void read(LogStream stream, long nanos) throws IOException, InterruptedException {
    byte[] chunk = stream.next(nanos);
    while (chunk != null) {
      lines.add(chunk);
      chunk = records.length() < BATCH_BYTES ? stream.next(0) : null;
    }
    if (!stream.ended()) {
      return;
    }
    Throwable failure = stream.failure();
    if (failure == null || DockerConnection.isGone(failure)) {
      lines.flush();
      gone = end != null || failure != null;
      log = null;
    } else if (records.batch().isEmpty()) {
      // Else what was read is handed out first, and the next poll comes here again.
      lines.clear();
      log = null;
      broken = true;
      throw docker.failed(failure);
    }
  }

  /**
   * Whether there is more of a container that had ended, at most once in a while. There may be of
   * one whose log broke off, though it has not run since.
   */
  private void lookAgain(long nanos) throws IOException, InterruptedException {
    long wait = lookedAt == 0 ? 0 : lookedAt + LOOK_AGAIN - System.nanoTime();
    if (wait > nanos) {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return;
    }
    TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
    lookedAt = System.nanoTime();
    InspectContainerResponse now =
        docker.call(
            client -> {
              try {
                return client.inspectContainerCmd(container).exec();
              } catch (NotFoundException e) {
                return null;
              }
            });
    if (now == null) {
      gone = true;
    } else if (broken
        || Boolean.TRUE.equals(now.getState().getRunning())
        || !startedAt(now).equals(startedAt)) {
      startedAt = startedAt(now);
      start();
      broken = false;
    }
  }

  private void line(byte[] text, @Nullable Instant written) {
    Instant time = written == null ? position.time() : written;
    if (end != null && time.isAfter(end)) {
      return;
    }
    if (seenBefore) {
      int order = time.compareTo(position.time());
      if (order < 0 || (order == 0 && seenOfTime++ < position.lines())) {
        return;
      }
      seenBefore = false;
    } else if (!time.isAfter(position.time()) && recent.contains(time, text)) {
      return;
    }
    recent.add(time, text);
    position = position.after(time);
    records.add(
        text,
        position.offset(),
        written == null ? LogEvent.NO_TIMESTAMP : DockerTime.epochNanos(written));
  }

  @Override
  public Checkpoint position() {
    return position.toCheckpoint();
  }

  @Override
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    LogStream stream = log;
    if (stream != null) {
      stream.close();
    }
    docker.close();
  }
}
