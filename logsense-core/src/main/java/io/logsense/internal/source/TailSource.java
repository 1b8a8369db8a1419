package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that is followed as it grows, or each file of a directory.
 *
 * <p>The file need not be there yet. Of a directory, files with the name of a rotated or compressed
 * file are left out: they are read as the past of the file that they were. A file that comes later
 * is a partition of the next listing.
 */
public final class TailSource implements LogSource {
  private final Path path;
  private final int recordBytes;
  private final TailTiming timing;

  /** Follows {@code path}. */
  public TailSource(Path path, int recordBytes, TailTiming timing) {
    this.path = path;
    this.recordBytes = recordBytes;
    this.timing = timing;
  }

  @Override
  public String id() {
    return "tail:" + path;
  }

  @Override
  public List<String> partitions() throws IOException {
    return Files.isDirectory(path)
        ? FileListing.below(path, file -> !RotatedNames.looksRotated(file)).stream()
            .map(Path::toString)
            .toList()
        : List.of(path.toString());
  }

  @Override
  public boolean replayable() {
    return false;
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) {
    return new TailReader(Path.of(partition), from, recordBytes, timing, Pause.real());
  }
}
