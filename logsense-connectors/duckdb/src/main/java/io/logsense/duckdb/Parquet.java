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

  Parquet(Database database) {
    this.database = database;
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
    String file = "read_parquet('" + Database.quoted(parquet) + "')";
    return database.write(
        connection -> {
          Events.Span times = new Events.Span();
          Events.Span offsets = new Events.Span();
          try {
            check(connection, parquet, file, times, offsets);
            return Events.addNew(connection, file, times, offsets);
          } catch (SQLException e) {
            if (Failures.isOfInput(e)) {
              throw usage(parquet + " was not written by export: " + e.getMessage(), e);
            }
            throw e;
          }
        });
  }

  /** Looks for what no event has, since a table that holds it could not be read again. */
  private static void check(
      DuckDBConnection connection,
      Path parquet,
      String file,
      Events.Span times,
      Events.Span offsets)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) - count(DISTINCT id),"
                    + " count(*) FILTER (NOT regexp_full_match(id, '[!-~]{1,64}')),"
                    + " min(time), max(time), min(source_offset), max(source_offset) FROM "
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
      times.add(row.getLong(3));
      times.add(row.getLong(4));
      offsets.add(row.getLong(5));
      offsets.add(row.getLong(6));
    }
  }

  private static LogSenseException usage(String message, @Nullable Exception cause) {
    return new LogSenseException(Category.USAGE, message, cause);
  }
}
