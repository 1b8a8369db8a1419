package io.logsense.internal.source;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files as they are now: one, those of a directory, those that match a pattern. Each is a
 * partition, named by its path.
 *
 * <p>Of a directory or a pattern, a file that cannot be opened or does not hold text is reported by
 * the reader of its partition, so that the others are read.
 */
public final class FileSource implements LogSource {
  private final String id;
  private final boolean pattern;
  private final int recordBytes;

  private FileSource(String id, boolean pattern, int recordBytes) {
    this.id = id;
    this.pattern = pattern;
    this.recordBytes = recordBytes;
  }

  /** A file, or every file of a directory. */
  public static FileSource path(Path path, int recordBytes) {
    return new FileSource(path.toString(), false, recordBytes);
  }

  /** The files that match a pattern. */
  public static FileSource glob(String pattern, int recordBytes) {
    return new FileSource(pattern, true, recordBytes);
  }

  /** Whether {@code text} has characters that only a pattern has. */
  public static boolean isPattern(String text) {
    return FileListing.isPattern(text);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> partitions() throws IOException {
    if (pattern) {
      return FileListing.matching(id).stream().map(Path::toString).toList();
    }
    Path path = Path.of(id);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(id, null, "no such file or directory");
    }
    return isMany()
        ? FileListing.below(path, file -> true).stream().map(Path::toString).toList()
        : List.of(id);
  }

  private boolean isMany() {
    return pattern || Files.isDirectory(Path.of(id));
  }

  /** False for a pipe or a device. */
  @Override
  public boolean replayable() {
    Path path = Path.of(pattern ? "" : id);
    return isMany() || !Files.exists(path) || Files.isRegularFile(path);
  }

  @Override
  public PartitionReader open(String partition, Checkpoint from) throws IOException {
    try {
      return isMany() ? openOneOfMany(Path.of(partition), from) : open(Path.of(partition), from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while opening " + partition);
    }
  }

  private PartitionReader openOneOfMany(Path file, Checkpoint from) throws InterruptedException {
    try {
      return OpenFile.sniff(file) == ContentKind.BINARY
          ? new UnreadableFile(new IOException(file + " does not hold text; name it to read it"))
          : open(file, from);
    } catch (IOException e) {
      return new UnreadableFile(e);
    }
  }

  private PartitionReader open(Path file, Checkpoint from)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      // A pipe or a device: it has no size and cannot be entered in the middle.
      ByteInput pipe = new PumpedInput(file.toString(), Files.newInputStream(file));
      return new LineStream(new DecodedInput(pipe), recordBytes);
    }
    OpenFile opened = OpenFile.open(file, Place.of(from), recordBytes);
    return new LineStream(opened == null ? OpenFile.openStart(file, recordBytes) : opened);
  }
}
