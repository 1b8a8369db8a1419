package io.logsense.duckdb;

import static java.util.Objects.requireNonNull;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * An open file of DuckDB, or a database in memory. Any number of readers, each with a connection of
 * its own, beside one writer; all wait while the file is opened anew.
 */
final class Database implements AutoCloseable {
  /** What is done with a connection. */
  interface Work<T> {
    T with(DuckDBConnection connection) throws SQLException;
  }

  private static final String NEW = ".new";

  private final @Nullable Path file;
  private final String name;
  private final Properties settings = new Properties();
  private final @Nullable FileClaim claim;
  private final Lock writing = new ReentrantLock();
  private final ReadWriteLock opening = new ReentrantReadWriteLock();
  // Guarded by opening; null when it is closed, or does not open any more.
  private @Nullable DuckDBConnection writer;
  private volatile boolean closed;
  private volatile boolean broken;

  Database(@Nullable Path file, long memory, int threads) {
    this.file = file == null ? null : real(file);
    name = file == null ? "the store in memory" : file.toString();
    settings.setProperty("memory_limit", memory / 1024 + "KiB");
    settings.setProperty("threads", Integer.toString(threads));
    // Nothing is fetched from anywhere.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // The newest storage compresses texts far better; older versions of DuckDB cannot read it.
    settings.setProperty("storage_compatibility_version", "latest");
    // Each time the log goes into the file, its last row group is written anew.
    settings.setProperty("wal_autocheckpoint", "128MiB");
    if (file == null) {
      settings.setProperty("temp_directory", "");
    }
    claim = this.file == null ? null : FileClaim.of(this.file);
    try {
      if (this.file != null) {
        delete(replacement(this.file));
      }
      writer = connect();
    } catch (LogSenseException e) {
      release();
      throw e;
    }
  }

  /** The one name of the file, whatever links lead to it. */
  private static Path real(Path file) {
    Path path = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(path)) {
        return path.toRealPath();
      }
      Path directory = path.getParent();
      return directory == null ? path : directory.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw new LogSenseException(Category.EXTERNAL, file + " cannot be opened: " + e, e);
    }
  }

  private DuckDBConnection connect() {
    DuckDBConnection connection = null;
    try {
      String url = "jdbc:duckdb:" + (file == null ? "" : file);
      connection =
          (DuckDBConnection) new DuckDBDriver().connect(url, (Properties) settings.clone());
      Schema.prepare(connection, name);
      execute(connection, "CREATE TEMP TABLE incoming (id VARCHAR NOT NULL)");
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw Failures.opening(name, e);
    } catch (LogSenseException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private static void closeQuietly(@Nullable DuckDBConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // What led here says more.
    }
  }

  /** Reads, beside others. */
  <T> T read(Work<T> work) {
    return guarded(
        () -> {
          try (DuckDBConnection connection = open().duplicate()) {
            return work.with(connection);
          }
        });
  }

  /** Reads as often as {@code work} likes what one commit left. */
  <T> T snapshot(Work<T> work) {
    return read(connection -> transaction(connection, work));
  }

  /** Changes something, alone: all of {@code work}, or nothing when it throws. */
  <T> T write(Work<T> work) {
    return write(work, () -> {});
  }

  /**
   * Changes something, alone: all of {@code work}, or nothing when it throws.
   *
   * @param undone is called when nothing was changed, before anything else is
   */
  <T> T write(Work<T> work, Runnable undone) {
    writing.lock();
    boolean done = false;
    try {
      T result = guarded(() -> transaction(open(), work));
      done = true;
      return result;
    } finally {
      if (!done) {
        undone.run();
      }
      writing.unlock();
    }
  }

  /** By statements: the driver's own transactions go on as if they were there when one failed. */
  private static <T> T transaction(DuckDBConnection connection, Work<T> work) throws SQLException {
    execute(connection, "BEGIN");
    try {
      T result = work.with(connection);
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException second) {
        // A commit that failed has ended the transaction.
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static void execute(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Attempt<T> {
    T run() throws SQLException;
  }

  private <T> T guarded(Attempt<T> attempt) {
    if (broken) {
      openAnew(false);
    }
    opening.readLock().lock();
    try {
      return attempt.run();
    } catch (SQLException e) {
      broken |= Failures.isFatal(e);
      throw Failures.of(name, e);
    } finally {
      opening.readLock().unlock();
    }
  }

  private DuckDBConnection open() {
    if (closed || writer == null) {
      throw new LogSenseException(Category.USAGE, name + " is closed");
    }
    return writer;
  }

  /** Whether it has a file; else it is in memory. */
  boolean hasFile() {
    return file != null;
  }

  /**
   * Puts a copy of the file in its place that has nothing but what is to be kept: what is removed
   * from a table stays in the file's blocks otherwise. Until the copy is complete, the file is as
   * it was; readers wait while it changes places only.
   *
   * @param work copies the events to keep to {@code fresh.events}
   */
  <T> T replace(Work<T> work) {
    Path old = requireNonNull(file, "file");
    writing.lock();
    try {
      T result = guarded(() -> copied(replacement(old), work));
      openAnew(true);
      return result;
    } finally {
      writing.unlock();
    }
  }

  private <T> T copied(Path copy, Work<T> work) throws SQLException {
    boolean done = false;
    try (DuckDBConnection connection = open().duplicate()) {
      String catalog = connection.getCatalog().replace("\"", "\"\"");
      execute(connection, "ATTACH '" + quoted(copy) + "' AS fresh (STORAGE_VERSION 'latest')");
      try {
        execute(connection, "USE fresh");
        Schema.prepare(connection, name);
        execute(connection, "USE \"" + catalog + '"');
        execute(connection, "INSERT INTO fresh.checkpoints FROM checkpoints");
        execute(connection, "INSERT INTO fresh.documents FROM documents");
        T result = work.with(connection);
        execute(connection, "CHECKPOINT fresh");
        done = true;
        return result;
      } finally {
        execute(connection, "DETACH fresh");
      }
    } finally {
      if (!done) {
        delete(copy);
      }
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(Path.of(copy + ".wal"));
    } catch (IOException e) {
      // It is deleted when the store is opened the next time.
    }
  }

  private void openAnew(boolean replace) {
    opening.writeLock().lock();
    try {
      if (closed || !(replace || broken)) {
        return;
      }
      closeQuietly(writer);
      writer = null;
      if (replace) {
        putInPlace();
      }
      broken = false;
    } finally {
      try {
        // After whatever happened, so that the store goes on with what is there.
        if (!closed && writer == null) {
          broken = true;
          writer = connect();
          broken = false;
        }
      } finally {
        opening.writeLock().unlock();
      }
    }
  }

  private void putInPlace() {
    Path old = requireNonNull(file, "file");
    Path copy = replacement(old);
    try {
      // A log of the old file would be applied to the new one.
      if (Files.exists(Path.of(old + ".wal"))) {
        throw new IOException("its log could not be written to it");
      }
      Files.move(copy, old, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(copy);
      throw new LogSenseException(
          Category.EXTERNAL, name + " cannot be replaced, and is as it was: " + e, e);
    }
  }

  private static Path replacement(Path file) {
    return Path.of(file + NEW);
  }

  /** The path, to stand between the quotes of SQL. */
  static String quoted(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }

  @Override
  public void close() {
    writing.lock();
    opening.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeQuietly(writer);
        writer = null;
        release();
      }
    } finally {
      opening.writeLock().unlock();
      writing.unlock();
    }
  }

  private void release() {
    if (claim != null) {
      claim.close();
    }
  }
}
