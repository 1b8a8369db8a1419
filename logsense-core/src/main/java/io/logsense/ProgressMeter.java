package io.logsense;

import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener how far a run over several partitions is, at most once a megabyte. */
final class ProgressMeter {
  private static final long STEP = 1 << 20;

  private final @Nullable Consumer<LogSense.Progress> listener;
  private final Outbox outbox = new Outbox();
  private final long total;
  private long before;
  private long told;

  ProgressMeter(@Nullable Consumer<LogSense.Progress> listener, List<LogSource> sources) {
    this.listener = listener;
    this.total = listener == null ? -1 : total(sources);
  }

  /** The size of all files; -1 as soon as one partition is no file. */
  private static long total(List<LogSource> sources) {
    long sum = 0;
    try {
      for (LogSource source : sources) {
        for (String partition : source.partitions()) {
          sum += Files.size(Path.of(partition));
        }
      }
      return sum;
    } catch (IOException | InvalidPathException e) {
      return -1;
    }
  }

  void update(PartitionReader reader, long records) {
    if (listener == null) {
      return;
    }
    long read = before + reader.progress().read();
    if (read - told >= STEP) {
      tell(listener, read, records);
    }
  }

  /** Closes the account of one partition. */
  void done(PartitionReader reader, long records) {
    if (listener != null) {
      before += reader.progress().read();
      tell(listener, before, records);
    }
  }

  private void tell(Consumer<LogSense.Progress> to, long read, long records) {
    told = read;
    outbox.post("onProgress", to, new LogSense.Progress(read, total, records));
    outbox.deliver();
  }
}
