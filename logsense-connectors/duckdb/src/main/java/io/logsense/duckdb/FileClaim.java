package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claim of one store on a file, by a lock on {@code FILE.lock}, which stays when the claim
 * ends.
 *
 * <p>DuckDB locks its file against other processes, but lets go while the file is {@linkplain
 * Database#replace replaced}, and knows no other store in this process. That is what the set is
 * for: systems that lock by process let go of a lock when the file is closed a second time.
 */
final class FileClaim implements AutoCloseable {
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FileClaim(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Claims a file, which need not be there, in a directory that is.
   *
   * @throws LogSenseException (external) when another store has it, or it cannot be had
   */
  static FileClaim of(Path file) {
    if (!CLAIMED.add(file)) {
      throw inUse(file, "in this process");
    }
    try {
      FileClaim claim =
          new FileClaim(
              file,
              FileChannel.open(
                  Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      if (claim.channel.tryLock() == null) {
        claim.close();
        throw inUse(file, "in another process");
      }
      return claim;
    } catch (IOException e) {
      CLAIMED.remove(file);
      throw new LogSenseException(Category.EXTERNAL, file + " cannot be opened: " + e, e);
    }
  }

  private static LogSenseException inUse(Path file, String where) {
    return new LogSenseException(
        Category.EXTERNAL,
        file + " is open " + where + " already, and only one store can have it: close the other");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the channel, whatever it says.
    } finally {
      CLAIMED.remove(file);
    }
  }
}
