package io.logsense.internal.source;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.internal.store.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of all sources, kept in one small file.
 *
 * <p>The file is replaced as a whole. So a crash or a full disk leaves the checkpoints of the last
 * write that succeeded, and the records since then come again. Thread-safe.
 *
 * <p>The format is described in {@code docs/state.md}.
 */
public final class CheckpointStore {
  private static final String HEADER = "logsense checkpoints 1";
  private static final String CHECKSUM = "crc32 ";

  private final Path file;
  private Map<String, Checkpoint> checkpoints;

  private CheckpointStore(Path file, Map<String, Checkpoint> checkpoints) {
    this.file = file;
    this.checkpoints = checkpoints;
  }

  /**
   * The checkpoints in {@code file}; none when it is not there.
   *
   * @throws LogSenseException {@code EXTERNAL} when it cannot be read or is damaged
   */
  public static CheckpointStore open(Path file) {
    if (!Files.exists(file)) {
      return new CheckpointStore(file, new TreeMap<>());
    }
    try {
      return new CheckpointStore(file, parse(file, Files.readString(file)));
    } catch (IOException e) {
      throw failure("cannot read checkpoints in " + file + ": " + e.getMessage(), e);
    }
  }

  /** The checkpoint of that name; {@link Checkpoint#START} when there is none. */
  public synchronized Checkpoint load(String name) {
    return checkpoints.getOrDefault(name, Checkpoint.START);
  }

  /**
   * Keeps a checkpoint; it is on the disk when this returns.
   *
   * @throws LogSenseException {@code EXTERNAL} when the disk refuses; what was saved before is
   *     still there
   */
  public synchronized void save(String name, Checkpoint checkpoint) {
    if (checkpoint.equals(checkpoints.get(name))) {
      return;
    }
    Map<String, Checkpoint> next = new TreeMap<>(checkpoints);
    next.put(name, checkpoint);
    byte[] text = text(next).getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.write(file, out -> out.write(text));
    } catch (IOException e) {
      throw failure(
          "cannot save checkpoints in "
              + file
              + ": "
              + e.getMessage()
              + "; those saved before are intact",
          e);
    }
    checkpoints = next;
  }

  private static String text(Map<String, Checkpoint> checkpoints) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    checkpoints.forEach(
        (name, checkpoint) ->
            text.append(escape(name)).append('\t').append(escape(checkpoint.value())).append('\n'));
    String checksum = checksum(text.toString());
    return text.append(CHECKSUM).append(checksum).append('\n').toString();
  }

  private static Map<String, Checkpoint> parse(Path file, String text) {
    int last = text.lastIndexOf(CHECKSUM);
    if (!text.startsWith(HEADER + '\n')
        || last < 0
        || !text.substring(last).equals(CHECKSUM + checksum(text.substring(0, last)) + '\n')) {
      throw failure(
          file + " is damaged or holds no checkpoints; delete it to read from the beginning", null);
    }
    Map<String, Checkpoint> checkpoints = new TreeMap<>();
    text.substring(0, last)
        .lines()
        .skip(1)
        .forEach(
            line -> {
              int tab = line.lastIndexOf('\t');
              checkpoints.put(
                  unescape(line.substring(0, tab)),
                  new Checkpoint(unescape(line.substring(tab + 1))));
            });
    return checkpoints;
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        plain.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static LogSenseException failure(String message, @Nullable IOException cause) {
    return new LogSenseException(LogSenseException.Category.EXTERNAL, message, cause);
  }
}
