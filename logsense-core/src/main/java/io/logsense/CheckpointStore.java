package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checkpoints in a file: one line each, name and value separated by a tab.
 *
 * <p>A save writes a new file, forces it to disk and moves it into place, so that a full disk or a
 * crash leaves the last complete one. Thread-safe.
 */
final class CheckpointStore {
  private final Path file;
  private final Map<String, String> values = new TreeMap<>();

  /**
   * The checkpoints in {@code file}, which need not exist yet.
   *
   * @throws LogSenseException (external) when it exists and cannot be read
   */
  CheckpointStore(Path file) {
    this.file = file.toAbsolutePath();
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() {
    try {
      for (String line : Files.readAllLines(file)) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          values.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** The checkpoint of that name, the start if there is none. */
  synchronized Checkpoint load(String name) {
    return new Checkpoint(values.getOrDefault(key(name), ""));
  }

  /**
   * Keeps a checkpoint; it is on disk when this returns.
   *
   * @throws LogSenseException (external) when it could not be written; the file is as it was
   */
  synchronized void save(String name, Checkpoint checkpoint) {
    Map<String, String> next = new TreeMap<>(values);
    next.put(key(name), checkpoint.value());
    StringBuilder text = new StringBuilder();
    next.forEach((key, value) -> text.append(key).append('\t').append(value).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("write", e);
    }
    values.putAll(next);
  }

  /** Names may hold anything; a line of the file may not. */
  private static String key(String name) {
    return name.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
  }

  private LogSenseException failure(String verb, IOException e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " checkpoints in " + file + ": " + e.getMessage(), e);
  }
}
