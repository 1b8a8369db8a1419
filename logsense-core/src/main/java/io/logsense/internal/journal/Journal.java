package io.logsense.internal.journal;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.internal.store.WholeFile;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@link Fact facts}, one a line, to which facts are appended; or the same without a
 * file.
 *
 * <p>Whoever opens one gives a reader, which takes every fact there is, in order: those in the
 * file, those written here, and those that others write. What {@link #write} wrote is on the disk
 * when it returns. A crash in the middle of a write leaves a torn last line, which the next writer
 * cuts off; damage anywhere else is an error, never a guess. The formats are described in {@code
 * docs/state.md}.
 *
 * <p>Writers hold a lock on a file of its own beside it: a system may drop the lock of a file when
 * anybody in the process closes it, and this one is read by others. An exclusive journal holds it
 * until it is closed, a shared one while it writes. Files are not accessed by channels, which an
 * interrupt closes. Not thread-safe.
 */
public final class Journal implements AutoCloseable {
  private static final String VERSION = "1";
  private static final int LONGEST_LINE = 1 << 26;
  private static final int CHUNK = 1 << 16;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  /** Within a process locks on files collide rather than wait. */
  private static final ReentrantLock PROCESS = new ReentrantLock();

  private final @Nullable Path file;
  private final String format;
  private final Consumer<Fact> reader;
  private final Runnable restart;
  private @Nullable RandomAccessFile data;
  private @Nullable FileChannel lock;

  /** Bytes of the lines that were read or written so far, and how many lines those are. */
  private long whole;

  private int lines;

  private @Nullable Object identity;
  private boolean closed;

  private Journal(@Nullable Path file, String format, Consumer<Fact> reader, Runnable restart) {
    this.file = file;
    this.format = format;
    this.reader = reader;
    this.restart = restart;
  }

  /**
   * A journal that nobody else writes until it is closed.
   *
   * @param file is created when it does not exist; null to keep nothing
   * @param format name of the format, in the first line
   * @param reader may refuse a fact by {@link IllegalArgumentException} or {@link
   *     DateTimeException}
   * @throws LogSenseException (external) when it is in use, cannot be read or is damaged
   */
  public static Journal exclusive(@Nullable Path file, String format, Consumer<Fact> reader) {
    Journal journal = new Journal(file, format, reader, () -> {});
    if (file != null) {
      journal.begin(file, true);
    }
    return journal;
  }

  /**
   * A journal that several processes may write. When another one {@link #rewrite rewrote} it, all
   * of it is read again.
   *
   * @param restart forgets what {@code reader} took, which is told all again afterwards
   * @throws LogSenseException (external) when it cannot be read or is damaged; (transient) when
   *     another process does not let it go
   */
  public static Journal shared(
      @Nullable Path file, String format, Consumer<Fact> reader, Runnable restart) {
    Journal journal = new Journal(file, format, reader, restart);
    if (file != null) {
      journal.begin(file, false);
    }
    return journal;
  }

  /** Gives {@code reader} what {@code file} holds, whoever is writing it. */
  public static void read(Path file, String format, Consumer<Fact> reader) {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "r")) {
      new Journal(file, format, reader, () -> {}).readOn(file, data);
    } catch (IOException e) {
      throw failure(file, "read", e);
    }
  }

  private void begin(Path path, boolean exclusive) {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      if (exclusive) {
        lock = tryLock(path);
        if (lock == null) {
          throw new LogSenseException(Category.EXTERNAL, path + " is in use; close it there first");
        }
      }
      write(List::of);
    } catch (IOException | LogSenseException e) {
      closeQuietly(e);
      throw e instanceof LogSenseException known ? known : failure(path, "open", e);
    }
  }

  private static Path lockOf(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".lock");
  }

  /** The lock goes with the channel; null when somebody else has it. */
  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(lockOf(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
    return free ? channel : null;
  }

  /**
   * Appends facts; they are on the disk and with the reader when this returns.
   *
   * @param decide what to write; called while nobody else can write, with everything read that
   *     others wrote. It must not use this journal
   * @throws LogSenseException (external) when the disk refuses or the file is damaged; (transient)
   *     when another process does not let it go. Nothing was written then
   */
  public void write(Supplier<List<Fact>> decide) {
    if (file == null) {
      decide.get().forEach(reader);
      return;
    }
    long unused =
        alone(
            (path, open) -> {
              List<Fact> facts = decide.get();
              append(path, open, facts);
              facts.forEach(reader);
              return facts.size();
            });
  }

  private static FileChannel patientLock(Path path) throws IOException {
    long deadline = System.nanoTime() + PATIENCE;
    while (true) {
      FileChannel channel = tryLock(path);
      if (channel != null) {
        return channel;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LogSenseException(
            Category.TRANSIENT, path + " is being written by another process; try again");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void append(Path path, RandomAccessFile open, List<Fact> facts) {
    List<Fact> all = new ArrayList<>();
    if (lines == 0) {
      all.add(new Fact().with("format", format).with("version", VERSION));
    }
    all.addAll(facts);
    if (all.isEmpty()) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    all.forEach(fact -> bytes.writeBytes(fact.line().getBytes(StandardCharsets.UTF_8)));
    try {
      open.seek(whole);
      open.write(bytes.toByteArray());
      open.getFD().sync();
      whole += bytes.size();
      lines += all.size();
    } catch (IOException e) {
      rollBack(open, e);
      throw failure(path, "write", e);
    }
  }

  private void rollBack(RandomAccessFile open, IOException reason) {
    try {
      open.setLength(whole);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** How many facts of the file {@code change} would replace by others; 0 without a file. */
  public long changed(UnaryOperator<Fact> change) {
    return alone((path, open) -> copy(path, change, OutputStream.nullOutputStream()));
  }

  /**
   * Writes the file anew with what {@code change} makes of each fact; a crash leaves the old one or
   * the new one. What the reader took before is its own to change. Others that have a shared
   * journal open read it again as soon as they use it.
   *
   * @return how many facts are others now; 0 without a file
   * @throws LogSenseException as {@link #write}; the file is as it was then
   */
  public long rewrite(UnaryOperator<Fact> change) {
    return alone(
        (path, open) -> {
          WholeFile.deleteHalf(path);
          long count = copy(path, change, OutputStream.nullOutputStream());
          if (count > 0) {
            WholeFile.write(path, out -> copy(path, change, out));
            open.close();
            whole = reopen(path).length();
          }
          return count;
        });
  }

  private interface Work {
    long on(Path path, RandomAccessFile open) throws IOException;
  }

  /** Does something while nobody else writes and everything that others wrote has been read. */
  @SuppressWarnings("try") // the lock is only to be held
  private long alone(Work work) {
    Path path = file;
    if (path == null) {
      return 0;
    }
    if (closed) {
      throw new LogSenseException(Category.USAGE, path + " is closed; open it again");
    }
    PROCESS.lock();
    try (FileChannel held = lock == null ? patientLock(path) : null) {
      RandomAccessFile open = open(path);
      readOn(path, open);
      if (open.length() != whole) {
        open.setLength(whole);
      }
      return work.on(path, open);
    } catch (IOException e) {
      throw failure(path, "write", e);
    } finally {
      PROCESS.unlock();
    }
  }

  /** The file as it is now; called while nobody else can replace it. */
  private RandomAccessFile open(Path path) throws IOException {
    RandomAccessFile open = data;
    if (open == null) {
      return reopen(path);
    }
    if (!isReplaced(path)) {
      return open;
    }
    if (lock != null) {
      throw new LogSenseException(
          Category.EXTERNAL, path + " was replaced by somebody; open it again");
    }
    open.close();
    whole = 0;
    lines = 0;
    restart.run();
    return reopen(path);
  }

  private RandomAccessFile reopen(Path path) throws IOException {
    RandomAccessFile open = new RandomAccessFile(path.toFile(), "rw");
    data = open;
    identity = identity(path);
    return open;
  }

  private long copy(Path path, UnaryOperator<Fact> change, OutputStream out) {
    long[] changed = new long[1];
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Fact fact = Fact.parse(line);
        if (fact == null) {
          throw new LogSenseException(Category.EXTERNAL, path + " is damaged: checksum or syntax");
        }
        Fact other = change.apply(fact);
        changed[0] += other == fact ? 0 : 1;
        out.write((other == fact ? line + '\n' : other.line()).getBytes(StandardCharsets.UTF_8));
      }
      return changed[0];
    } catch (IOException e) {
      throw failure(path, "rewrite", e);
    }
  }

  /** Whether another process rewrote the file: what is written to the old one would be lost. */
  private boolean isReplaced(Path path) throws IOException {
    return identity != null && !identity.equals(identity(path));
  }

  /** What tells a file from another one in its place; null where the system has nothing. */
  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Reads what others wrote since the last time, if anything. */
  public void refresh() {
    RandomAccessFile open = data;
    if (file == null || open == null || lock != null) {
      return;
    }
    try {
      if (open.length() != whole || isReplaced(file)) {
        write(List::of);
      }
    } catch (IOException e) {
      throw failure(file, "read", e);
    }
  }

  private void readOn(Path path, RandomAccessFile open) throws IOException {
    long length = open.length();
    if (length < whole) {
      throw new LogSenseException(Category.EXTERNAL, path + " was cut by somebody; open it again");
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] chunk = new byte[(int) Math.min(CHUNK, length - whole)];
    open.seek(whole);
    for (int n = read(open, chunk); n > 0; n = read(open, chunk)) {
      for (int i = 0; i < n; i++) {
        if (chunk[i] == '\n') {
          take(path, line.toString(StandardCharsets.UTF_8));
          whole += line.size() + 1L;
          line.reset();
        } else if (line.size() == LONGEST_LINE) {
          throw damage(path, "longer than " + LONGEST_LINE + " bytes");
        } else {
          line.write(chunk[i]);
        }
      }
    }
  }

  private static int read(RandomAccessFile open, byte[] chunk) throws IOException {
    return chunk.length == 0 ? 0 : open.read(chunk);
  }

  private void take(Path path, String line) {
    Fact fact = Fact.parse(line);
    if (fact == null) {
      throw damage(path, "checksum or syntax");
    }
    if (lines == 0) {
      if (!fact.text("format").equals(format) || !fact.text("version").equals(VERSION)) {
        throw damage(path, "not a " + format + " file of version " + VERSION);
      }
    } else {
      try {
        reader.accept(fact);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw damage(path, String.valueOf(e.getMessage()));
      }
    }
    lines++;
  }

  private LogSenseException damage(Path path, String what) {
    return new LogSenseException(
        Category.EXTERNAL, path + " is damaged in line " + (lines + 1) + ": " + what);
  }

  @Override
  @SuppressWarnings("try") // both are only to be closed
  public void close() {
    try (FileChannel held = lock;
        RandomAccessFile open = data) {
      data = null;
      closed = true;
    } catch (IOException e) {
      throw new LogSenseException(Category.EXTERNAL, "cannot close " + file, e);
    }
  }

  private void closeQuietly(Exception reason) {
    try {
      close();
    } catch (LogSenseException e) {
      reason.addSuppressed(e);
    }
  }

  private static LogSenseException failure(Path file, String verb, Exception e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " " + file + ": " + e.getMessage(), e);
  }
}
