package io.logsense.duckdb;

import io.logsense.api.purge.Subject;
import io.logsense.api.store.DocumentStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** Rows of all tables that mention a subject. */
final class Mentions {
  /** By table what of a row may: everything but hashes and numbers, one text a line. */
  private static final Map<String, String> TEXTS =
      new TreeMap<>(
          Map.of(
              "events",
              "message, stack_trace, service, environment, version, commit_id, logger, thread,"
                  + " trace_id, request_id, source, array_to_string(map_keys(attributes), chr(10)),"
                  + " array_to_string(map_values(attributes), chr(10))",
              "checkpoints",
              "name, value",
              "documents",
              "CASE WHEN kind <> '"
                  + DocumentStore.SPENDING
                  + "' THEN concat_ws(chr(10), id, json) END"));

  private final Database database;

  Mentions(Database database) {
    this.database = database;
  }

  long count(Subject subject) {
    return database.read(
        connection -> {
          long count = 0;
          for (String table : TEXTS.keySet()) {
            try (PreparedStatement statement =
                statement(connection, "SELECT count(*)", table, subject)) {
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                count += row.getLong(1);
              }
            }
          }
          return count;
        });
  }

  long delete(Subject subject) {
    return database.write(
        connection -> {
          long count = 0;
          for (String table : TEXTS.keySet()) {
            try (PreparedStatement statement = statement(connection, "DELETE", table, subject)) {
              count += statement.executeLargeUpdate();
            }
          }
          return count;
        });
  }

  private static PreparedStatement statement(
      DuckDBConnection connection, String what, String table, Subject subject) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            what
                + " FROM "
                + table
                + " WHERE regexp_matches(concat_ws(chr(10), "
                + TEXTS.get(table)
                + "), ?)");
    statement.setString(1, subject.expression());
    return statement;
  }
}
