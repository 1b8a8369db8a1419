package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** The tables, and how those of earlier versions become them. */
final class Schema {
  /** What leads from each version to the next; the first makes all of it. */
  private static final List<String> STEPS =
      List.of(
          "CREATE TABLE events ("
              + EventTable.DEFINITION
              + "); CREATE TABLE checkpoints (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);"
              + " CREATE TABLE documents (kind VARCHAR, id VARCHAR, json VARCHAR NOT NULL,"
              + " PRIMARY KEY (kind, id))",
          "CREATE TABLE events_in_blocks ("
              + EventTable.DEFINITION
              + ", block INTEGER NOT NULL);"
              + " INSERT INTO events_in_blocks SELECT *, rowid // "
              + OpenBlock.EVENTS
              + " + 1 FROM events; DROP TABLE events;"
              + " ALTER TABLE events_in_blocks RENAME TO events; "
              + BlockIndex.DEFINITION);

  /** From this one on, events are in blocks. */
  private static final int WITH_BLOCKS = 2;

  private Schema() {}

  /**
   * Makes what is missing: all of it, or nothing when a step fails.
   *
   * @throws LogSenseException (external) when a newer version made the tables
   */
  static void prepare(DuckDBConnection connection, String store) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS logsense_schema AS SELECT 0::INTEGER AS version");
      int version = version(statement);
      if (version > STEPS.size()) {
        throw new LogSenseException(
            Category.EXTERNAL,
            store
                + " has version "
                + version
                + " of the tables, and this LogSense knows up to "
                + STEPS.size()
                + ": use a newer one");
      }
      for (String step : STEPS.subList(version, STEPS.size())) {
        statement.execute(step);
      }
      if (version < WITH_BLOCKS) {
        BlockIndex.completeFrom(connection, 1);
      }
      statement.execute("UPDATE logsense_schema SET version = " + STEPS.size());
      statement.execute("COMMIT");
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM logsense_schema")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
