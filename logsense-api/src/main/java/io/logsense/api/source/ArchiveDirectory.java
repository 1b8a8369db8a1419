package io.logsense.api.source;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An archive in files below a directory. */
final class ArchiveDirectory implements Archive, Purgeable {
  private static final String ENDING = ".log.gz";

  private final Path directory;

  ArchiveDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public void keep(String name, byte[] gzip) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    put(file, gzip);
    for (Path in = file.getParent(); in != null && in.startsWith(directory); in = in.getParent()) {
      forceNames(in);
    }
  }

  private static void put(Path file, byte[] gzip) throws IOException {
    // Under a hidden name until it is whole: nobody reads half a file.
    Path part = file.resolveSibling('.' + file.getFileName().toString());
    try (FileChannel channel = FileChannel.open(part, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(gzip);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes what a directory lists certain to stay, where the system lets one say so. */
  private static void forceNames(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no directory; it keeps names by itself.
    }
  }

  @Override
  public long mentions(Subject subject) {
    return each(file -> copy(file, OutputStream.nullOutputStream(), subject));
  }

  /** Writes the files anew that have such records; half a file goes. */
  @Override
  public long purge(Subject subject) {
    return each(file -> purge(file, subject));
  }

  private static long purge(Path file, Subject subject) throws IOException {
    if (file.getFileName().toString().startsWith(".")) {
      Files.delete(file);
      return 1;
    }
    long records = copy(file, OutputStream.nullOutputStream(), subject);
    if (records > 0) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        copy(file, gzip, subject);
      }
      put(file, bytes.toByteArray());
    }
    return records;
  }

  private interface Work {
    long on(Path file) throws IOException;
  }

  private long each(Work work) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      long sum = 0;
      for (Path file : files) {
        sum += work.on(file);
      }
      return sum;
    } catch (IOException e) {
      throw new LogSenseException(
          Category.EXTERNAL, "records in " + directory + " cannot be purged: " + e, e);
    }
  }

  /** Copies the lines of a file that do not mention a subject; says how many do. */
  private static long copy(Path file, OutputStream out, Subject subject) throws IOException {
    if (file.getFileName().toString().startsWith(".")) {
      return 1; // half a file, which a crash left, cannot be read
    }
    long mentions = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        line.write(b);
        if (b == '\n') {
          mentions += end(line, out, subject);
        }
      }
    }
    return mentions + end(line, out, subject);
  }

  private static long end(ByteArrayOutputStream line, OutputStream out, Subject subject)
      throws IOException {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (subject.isIn(bytes)) {
      return 1;
    }
    out.write(bytes);
    return 0;
  }
}
