package io.logsense.internal.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.DeadLetter;
import io.logsense.api.source.DeadLetterSink;
import io.logsense.internal.store.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Dead letters in a file of JSON lines; the format is described in {@code docs/state.md}. */
public final class DeadLetterFile implements DeadLetterSink, Purgeable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final long mostBytes;
  private FileChannel channel;
  private boolean closed;

  private DeadLetterFile(Path file, long mostBytes) throws IOException {
    this.file = file;
    this.mostBytes = mostBytes;
    this.channel = open(file);
  }

  /** Appends to {@code file}. */
  public static DeadLetterFile open(Path file, long mostBytes) throws IOException {
    return new DeadLetterFile(file, mostBytes);
  }

  /** The file of the letters before those in {@code file}. */
  static Path older(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  private static FileChannel open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
      size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size); // a process died there
    }
    channel.position(size);
    return channel;
  }

  @Override
  public synchronized void accept(DeadLetter letter, byte[] raw) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(line(letter, raw));
    boolean interrupted = Thread.interrupted(); // it would close the channel
    try {
      write(line);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write(ByteBuffer line) throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = open(file); // an earlier letter failed on the way
    }
    if (channel.position() > 0 && channel.position() + line.remaining() > mostBytes) {
      channel.close();
      Files.move(file, older(file), StandardCopyOption.REPLACE_EXISTING);
      channel = open(file);
    }
    long start = channel.position();
    try {
      while (line.hasRemaining()) {
        int unused = channel.write(line);
      }
    } catch (IOException e) {
      cut(start, e);
      throw e;
    }
  }

  /** Removes half a line: the next letter would be glued to it. */
  private void cut(long size, IOException cause) {
    try {
      if (channel.isOpen()) {
        channel.truncate(size);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public synchronized long mentions(Subject subject) {
    return count(older(file), subject) + count(file, subject);
  }

  private static long count(Path file, Subject subject) {
    try {
      return DeadLetterLines.copy(file, OutputStream.nullOutputStream(), subject);
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  @Override
  public synchronized long purge(Subject subject) {
    if (closed) {
      throw new LogSenseException(Category.USAGE, file + " is closed; open it again to purge it");
    }
    return purge(older(file), subject) + purge(file, subject);
  }

  /** Writes a file anew, without the letters that mention the subject, and goes on with that. */
  private long purge(Path old, Subject subject) {
    boolean interrupted = Thread.interrupted(); // it would close the channel
    try {
      WholeFile.deleteHalf(old);
      long letters = count(old, subject);
      if (letters > 0) {
        channel.close();
        WholeFile.write(old, out -> DeadLetterLines.copy(old, out, subject));
      }
      return letters;
    } catch (IOException e) {
      throw failure("purge", old, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static LogSenseException failure(String verb, Path file, IOException e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " dead letters in " + file + ": " + e, e);
  }

  private static byte[] line(DeadLetter letter, byte[] raw) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(raw.length * 4 / 3 + 512);
    SourcePosition position = letter.position();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeStringField("source", position.source());
      json.writeNumberField("offset", position.offset());
      json.writeNumberField("line", position.line());
      json.writeNumberField("lines", position.lines());
      json.writeStringField("reason", letter.reason());
      json.writeStringField("excerpt", letter.excerpt());
      json.writeBinaryField("raw", raw);
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
