package io.logsense.internal.cluster;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.cluster.Correction;
import io.logsense.api.cluster.Link;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * <p>One process at a time, which holds a lock on a file of its own beside it: a system may drop
 * the lock of a file when anybody in the process closes it, and this one is read by others. Not
 * thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final String LOCK = "clusters.lock";

  private final Path file;
  private final FileChannel channel;
  private final FileChannel lock;
  private final String model;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private Journal(Path file, FileChannel channel, FileChannel lock, String model) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
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
    FileChannel lock = null;
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      lock = lock(file);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Journal journal = new Journal(file, channel, lock, model);
      journal.keep(read(file, model, ledger, placed));
      return journal;
    } catch (IOException | LogSenseException e) {
      closeQuietly(channel, e);
      closeQuietly(lock, e);
      throw e instanceof LogSenseException known ? known : failure(file, "open", e);
    }
  }

  /** The lock goes with the channel. */
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean free = false;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    } finally {
      if (!free) {
        channel.close();
      }
    }
    if (!free) {
      throw new LogSenseException(Category.EXTERNAL, file + " is in use; close it there first");
    }
    return channel;
  }

  /**
   * Adds what {@code file} holds to {@code ledger}, without opening it for writing.
   *
   * @return how many bytes are whole lines
   */
  static long read(Path file, String model, Ledger ledger, Set<String> placed) {
    long whole = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      int number = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        number++;
        String text = line.toString(StandardCharsets.UTF_8);
        String problem =
            number == 1 ? FactLines.checkHeader(text) : FactLines.read(text, ledger, model, placed);
        if (problem != null) {
          throw new LogSenseException(
              Category.EXTERNAL, file + " is damaged in line " + number + ": " + problem);
        }
        whole += line.size() + 1L;
        line.reset();
      }
      return whole;
    } catch (IOException e) {
      throw failure(file, "read", e);
    }
  }

  /** Cuts off what follows the first {@code length} bytes, and goes on there. */
  private void keep(long length) throws IOException {
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
    append(FactLines.rule(rule, model));
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

  /** Drops what was appended and not committed. */
  void forget() {
    pending.reset();
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
    try (lock;
        channel) {
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
