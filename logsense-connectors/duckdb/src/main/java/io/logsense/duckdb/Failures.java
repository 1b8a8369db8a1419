package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.sql.SQLException;

/** What DuckDB's errors mean to users. It has no codes for them: its texts are all there is. */
final class Failures {
  private Failures() {}

  /** What to throw for {@code e}. */
  static LogSenseException of(String store, SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left on device") || message.contains("not enough space")) {
      return failure(
          Category.EXTERNAL, "the disk of " + store + " is full: free some space, then go on", e);
    }
    if (message.contains("Out of Memory Error")) {
      return failure(
          Category.LIMIT, store + " needs more memory than its limit: raise memory(bytes)", e);
    }
    if (message.contains("onflict")) {
      return failure(Category.TRANSIENT, store + ": two changes at once; try again", e);
    }
    return failure(Category.EXTERNAL, store + ": " + firstLine(message), e);
  }

  /** What to throw when the file does not open. */
  static LogSenseException opening(String store, SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Could not set lock") || message.contains("being used by another")) {
      return failure(
          Category.EXTERNAL,
          store + " is open in another program, and DuckDB lets only one have it: close that one",
          e);
    }
    if (message.contains("is not a valid DuckDB database")
        || message.contains("Corrupt")
        || message.contains("checksum")
        || message.contains("Serialization Error")) {
      return failure(
          Category.EXTERNAL,
          store + " is damaged, or no file of DuckDB; it was left as it is: " + firstLine(message),
          e);
    }
    return of(store, e);
  }

  /** Whether nothing works any more until the file is opened anew. */
  static boolean isFatal(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("FATAL") || message.contains("has been invalidated");
  }

  /** Whether the data is at fault that was to be read. */
  static boolean isOfInput(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Binder Error")
        || message.contains("Conversion Error")
        || message.contains("Constraint Error")
        || message.contains("Invalid Input Error")
        || message.contains("No magic bytes");
  }

  private static LogSenseException failure(Category category, String message, Throwable cause) {
    return new LogSenseException(category, message, cause);
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
