package io.logsense.postgres;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and how those of earlier versions become them. */
final class Schema {
  /**
   * What leads from each version to the next; the first makes all of it. Texts are compared byte by
   * byte. Of texts in an index the beginning is taken, since an entry may have no more than 2700
   * bytes; a trace needs no order.
   */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE @events (
            time bigint NOT NULL,
            id text COLLATE "C" PRIMARY KEY,
            severity smallint NOT NULL,
            service text COLLATE "C" NOT NULL,
            environment text NOT NULL,
            version text NOT NULL,
            commit_id text NOT NULL,
            logger text NOT NULL,
            thread text NOT NULL,
            group_id text COLLATE "C" NOT NULL,
            trace_id text COLLATE "C" NOT NULL,
            request_id text NOT NULL,
            message text COLLATE "C" NOT NULL,
            stack_trace text COLLATE "C" NOT NULL,
            attribute_names text[] NOT NULL,
            attribute_values text[] NOT NULL,
            source text NOT NULL,
            source_offset bigint NOT NULL,
            line bigint NOT NULL,
            lines integer NOT NULL);
          CREATE INDEX events_time ON @events (time DESC, id);
          CREATE INDEX events_errors ON @events (time DESC, id) WHERE severity >= 17;
          CREATE INDEX events_service ON @events (left(service, 64), time DESC);
          CREATE INDEX events_group ON @events (left(group_id, 64), time DESC);
          CREATE INDEX events_trace ON @events USING hash (trace_id) WHERE trace_id <> '';
          CREATE TABLE @checkpoints (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
          CREATE TABLE @documents (
            kind text COLLATE "C", id text COLLATE "C", content json NOT NULL,
            PRIMARY KEY (kind, id));
          """);

  private Schema() {}

  /**
   * Makes what is missing: all of it, or nothing when a step fails.
   *
   * @throws LogSenseException (external) when a newer version made the tables
   */
  static int prepare(Database database, Connection connection) throws SQLException {
    String versions = database.table("logsense_schema");
    try (Statement statement = connection.createStatement()) {
      // Two processes that start at once: one makes the tables, and the other finds them.
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('logsense schema'))");
      if (!exists(statement, versions)) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + database.schema());
        statement.execute("CREATE TABLE " + versions + " (version integer NOT NULL)");
        statement.execute("INSERT INTO " + versions + " VALUES (0)");
      }
      int version = version(statement, versions);
      if (version > STEPS.size()) {
        throw new LogSenseException(
            Category.EXTERNAL,
            versions
                + " says version "
                + version
                + " of the tables, and this LogSense knows up to "
                + STEPS.size()
                + ": use a newer one");
      }
      for (String step : STEPS.subList(version, STEPS.size())) {
        statement.execute(step.replace("@", database.schema() + '.'));
      }
      return statement.executeUpdate("UPDATE " + versions + " SET version = " + STEPS.size());
    }
  }

  private static boolean exists(Statement statement, String table) throws SQLException {
    String literal = "'" + table.replace("'", "''") + "'";
    try (ResultSet row = statement.executeQuery("SELECT to_regclass(" + literal + ") IS NULL")) {
      return row.next() && !row.getBoolean(1);
    }
  }

  private static int version(Statement statement, String versions) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT max(version) FROM " + versions)) {
      row.next();
      return row.getInt(1);
    }
  }
}
