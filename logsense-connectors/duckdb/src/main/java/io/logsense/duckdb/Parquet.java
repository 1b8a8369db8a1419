package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.store.EventQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Events out of a store and into it, as files of Parquet. */
final class Parquet {
  private final Database database;

  private final Events events;

  Parquet(Database database, Events events) {
    this.database = database;
    this.events = events;
  }

  long export(Path parquet, EventQuery query) {
    Condition condition = new Condition(query);
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "COPY (SELECT "
                      + EventTable.COLUMNS
                      + " FROM events WHERE "
                      + condition.sql()
                      + " ORDER BY time, id) TO '"
                      + Database.quoted(parquet)
                      + "' (FORMAT parquet, COMPRESSION zstd)")) {
            condition.bind(statement);
            return statement.executeLargeUpdate();
          }
        });
  }

  long load(Path parquet) {
    if (!Files.isRegularFile(parquet)) {
      throw usage(parquet + " is no file", null);
    }
    String file = "read_parquet('" + Database.quoted(parquet) + "', file_row_number = true)";
    return events.rewrite(
        connection -> {
          try {
            return add(connection, file, check(connection, parquet, file));
          } catch (SQLException e) {
            if (Failures.isOfInput(e)) {
              throw usage(parquet + " was not written by export: " + e.getMessage(), e);
            }
            throw e;
          }
        });
  }

  /**
   * Adds what is not there yet, in blocks of its own.
   *
   * @param within what is true of all of its events
   */
  private static long add(DuckDBConnection connection, String file, String within)
      throws SQLException {
    int open = BlockIndex.openBlock(connection);
    BlockIndex.completeFrom(connection, open);
    int first = BlockIndex.openBlock(connection);
    try (Statement statement = connection.createStatement()) {
      String there = "SELECT 1 FROM events WHERE " + within;
      boolean apart;
      try (ResultSet one = statement.executeQuery(there + " LIMIT 1")) {
        apart = !one.next();
      }
      long added =
          statement.executeLargeUpdate(
              "INSERT INTO events SELECT %s, (%d + file_row_number // %d)::INTEGER FROM %s incoming"
                      .formatted(EventTable.COLUMNS, first, OpenBlock.EVENTS, file)
                  + (apart ? "" : " WHERE NOT EXISTS (" + there + " AND events.id = incoming.id)"));
      BlockIndex.completeFrom(connection, first);
      return added;
    }
  }

  /**
   * Looks for what no event has, since a table that holds it could not be read again.
   *
   * @return what is true of all of its events
   */
  private static String check(DuckDBConnection connection, Path parquet, String file)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) - count(DISTINCT id),"
                    + " count(*) FILTER (NOT regexp_full_match(id, '[!-~]{1,64}')),"
                    + " 'events.time BETWEEN ' || coalesce(min(time), 0) || ' AND '"
                    + " || coalesce(max(time), 0) || ' AND events.source_offset BETWEEN '"
                    + " || coalesce(min(source_offset), 0) || ' AND '"
                    + " || coalesce(max(source_offset), 0) FROM "
                    + file)) {
      row.next();
      if (row.getLong(1) > 0 || row.getLong(2) > 0) {
        throw usage(
            parquet
                + " was not written by export: "
                + row.getLong(1)
                + " events have the id of another, and "
                + row.getLong(2)
                + " one that is no id",
            null);
      }
      return row.getString(3);
    }
  }

  private static LogSenseException usage(String message, @Nullable Exception cause) {
    return new LogSenseException(Category.USAGE, message, cause);
  }
}
