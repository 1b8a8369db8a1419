package io.logsense.postgres;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Connections, one for each call, and what their errors mean. */
final class Database {
  /** What is done with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Classes of SQL states that pass: connection, rollback, resources, shutdown. */
  private static final List<String> PASSING = List.of("08", "40", "53", "57");

  /** Of values that PostgreSQL cannot take. */
  private static final String DATA = "22";

  private static final String UNREACHABLE = "08000";

  private static final String DISK_FULL = "53100";

  private final DataSource source;
  private final String schema;
  private volatile boolean closed;

  Database(DataSource source, String schema) {
    this.source = source;
    this.schema = '"' + schema.replace("\"", "\"\"") + '"';
  }

  /** The name of a table, with its schema, quoted. */
  String table(String name) {
    return schema + '.' + name;
  }

  /** The schema, quoted. */
  String schema() {
    return schema;
  }

  /** Does all of {@code work}, or nothing when it throws. */
  <T> T run(Work<T> work) {
    if (closed) {
      throw closed();
    }
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        try {
          connection.rollback();
        } catch (SQLException second) {
          e.addSuppressed(second);
        }
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Writes a table anew, without what was removed from it; whoever uses it waits. The log of the
   * server keeps that until it is recycled.
   */
  void compact(String table) {
    if (closed) {
      throw closed();
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true); // it is refused in a transaction
      statement.execute("VACUUM FULL " + table);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static LogSenseException closed() {
    return new LogSenseException(Category.USAGE, "the store in PostgreSQL is closed");
  }

  /** The server's details, and for values it cannot take the cause, quote what was written. */
  private static LogSenseException failure(SQLException e) {
    String state = e.getSQLState() == null ? UNREACHABLE : e.getSQLState();
    boolean passing = PASSING.stream().anyMatch(state::startsWith) && !state.equals(DISK_FULL);
    boolean data = state.startsWith(DATA);
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    Category refusal = data ? Category.USAGE : Category.EXTERNAL;
    return new LogSenseException(
        passing ? Category.TRANSIENT : refusal,
        "PostgreSQL refused (" + state + "): " + (end < 0 ? message : message.substring(0, end)),
        data ? null : e);
  }

  void close() {
    closed = true;
  }
}
