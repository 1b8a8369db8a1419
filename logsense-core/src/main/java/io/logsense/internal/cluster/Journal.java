package io.logsense.internal.cluster;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} on disk: a file of lines, one for each fact, to which facts are appended.
 *
 * <p>What {@link #commit} was told is on the disk when it returns. A crash in the middle of a write
 * leaves a torn last line, which the next {@link #open} cuts off; damage anywhere else is an error,
 * never a guess. Every line carries its CRC-32. The format is described in {@code docs/state.md}.
 *
 * <p>One process at a time: the file is locked while open. Not thread-safe.
 */
final class Journal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final String model;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private Journal(Path file, FileChannel channel, String model) {
    this.file = file;
    this.channel = channel;
    this.model = model;
  }

  /**
   * Opens or creates {@code file} and adds what it holds to {@code ledger}.
   *
   * @param model whose links count
   * @param placed takes the groups that the model has placed already
   * @throws LogSenseException {@code EXTERNAL} when it is in use, cannot be read or is damaged
   */
  static Journal open(Path file, String model, Ledger ledger, Set<String> placed) {
    FileChannel channel = null;
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(file, channel);
      Journal journal = new Journal(file, channel, model);
      journal.keep(read(file, model, ledger, placed));
      return journal;
    } catch (IOException | LogSenseException e) {
      closeQuietly(channel, e);
      throw e instanceof LogSenseException known ? known : failure(file, "open", e);
    }
  }

  /** The lock goes with the channel. */
  private static void lock(Path file, FileChannel channel) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new LogSenseException(Category.EXTERNAL, file + " is in use; close it there first");
    }
  }

  /**
   * Adds what {@code file} holds to {@code ledger}, without opening it for writing.
   *
   * @return how many bytes are whole lines
   */
  static int read(Path file, String model, Ledger ledger, Set<String> placed) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw failure(file, "read", e);
    }
    int start = 0;
    int end = lineEnd(bytes, start);
    for (int line = 1; end < bytes.length; line++) {
      String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      String problem =
          line == 1 ? FactLines.checkHeader(text) : FactLines.read(text, ledger, model, placed);
      if (problem != null) {
        throw new LogSenseException(
            Category.EXTERNAL, file + " is damaged in line " + line + ": " + problem);
      }
      start = end + 1;
      end = lineEnd(bytes, start);
    }
    return start;
  }

  private static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Cuts off what follows the first {@code length} bytes, and goes on there. */
  private void keep(int length) throws IOException {
    channel.truncate(length);
    channel.position(length);
    if (length == 0) {
      append(FactLines.header());
      commit();
    }
  }

  void text(String group, String text) {
    append(FactLines.text(group, text, model));
  }

  void link(Link link) {
    append(FactLines.link(link, model));
  }

  void correction(Correction correction) {
    append(FactLines.correction(correction));
  }

  void alias(String from, String to) {
    append(FactLines.alias(from, to));
  }

  void rule(Ledger.Rule rule) {
    append(FactLines.rule(rule));
  }

  private void append(String line) {
    pending.writeBytes(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes what was appended; it is on the disk when this returns.
   *
   * @throws LogSenseException {@code EXTERNAL} when the disk refuses; then nothing was appended
   */
  void commit() {
    if (pending.size() == 0) {
      return;
    }
    long before = -1;
    try {
      before = channel.position();
      write(channel, pending.toByteArray());
      channel.force(false);
    } catch (IOException e) {
      rollBack(before, e);
      throw failure(file, "write", e);
    } finally {
      pending.reset();
    }
  }

  private void rollBack(long length, IOException reason) {
    try {
      if (length >= 0) {
        channel.truncate(length);
        channel.position(length);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void close() {
    try (channel) {
      commit();
    } catch (IOException e) {
      throw failure(file, "close", e);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, Exception reason) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private static LogSenseException failure(Path file, String verb, Exception e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " clusters in " + file + ": " + e.getMessage(), e);
  }
}
