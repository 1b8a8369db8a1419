package io.logsense.duckdb;

import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The events of a store, and the checkpoints kept with them. */
final class Events {
  private static final String NEWEST_FIRST = " ORDER BY time DESC, id";

  /** The share of all time, at its end, where a text is looked for first. */
  private static final int NEWEST_PART = 16;

  private final Database database;

  Events(Database database) {
    this.database = database;
  }

  long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
    if (events.isEmpty() && checkpoints.isEmpty()) {
      return 0;
    }
    return database.write(
        connection -> {
          long added = events.isEmpty() ? 0 : append(connection, events);
          keep(connection, checkpoints);
          return added;
        });
  }

  private static long append(DuckDBConnection connection, List<StoredEvent> events)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE temp.incoming");
      Set<String> ids = new HashSet<>();
      Span times = new Span();
      Span offsets = new Span();
      try (DuckDBAppender appender = connection.createAppender("temp", "main", "incoming")) {
        for (StoredEvent event : events) {
          if (ids.add(event.id())) {
            EventTable.append(appender, event);
            times.add(event.event().timestamp());
            offsets.add(event.event().position().offset());
          }
        }
      }
      return addNew(connection, "temp.incoming", times, offsets);
    }
  }

  /** From a least to a greatest number. */
  static final class Span {
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    void add(long value) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }

  /**
   * Adds what is not there yet. An event that is there has the same time and offset; by these
   * DuckDB passes over all row groups that cannot have it.
   */
  static long addNew(DuckDBConnection connection, String from, Span times, Span offsets)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO events SELECT "
                + EventTable.COLUMNS
                + " FROM "
                + from
                + " incoming WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.id = incoming.id"
                + " AND (events.time BETWEEN ? AND ?) AND (events.source_offset BETWEEN ? AND ?))"
                + " ORDER BY time")) {
      insert.setLong(1, times.least);
      insert.setLong(2, times.greatest);
      insert.setLong(3, offsets.least);
      insert.setLong(4, offsets.greatest);
      return insert.executeLargeUpdate();
    }
  }

  private static void keep(DuckDBConnection connection, Map<String, Checkpoint> checkpoints)
      throws SQLException {
    if (checkpoints.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO checkpoints VALUES (?, ?)"
                + " ON CONFLICT DO UPDATE SET value = excluded.value")) {
      for (Map.Entry<String, Checkpoint> checkpoint : checkpoints.entrySet()) {
        statement.setString(1, checkpoint.getKey());
        statement.setString(2, checkpoint.getValue().value());
        statement.executeUpdate();
      }
    }
  }

  Map<String, Checkpoint> checkpoints() {
    return database.read(
        connection -> {
          Map<String, Checkpoint> checkpoints = new TreeMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT name, value FROM checkpoints")) {
            while (rows.next()) {
              checkpoints.put(rows.getString(1), new Checkpoint(rows.getString(2)));
            }
          }
          return checkpoints;
        });
  }

  List<StoredEvent> find(EventQuery query) {
    return database.read(
        connection -> {
          if (query.text().isPresent()) {
            // Texts are dear to read: the newest may be enough, as all the others are older.
            List<StoredEvent> newest = find(connection, newestPart(connection, query));
            if (newest.size() == query.limit()) {
              return newest;
            }
          }
          return find(connection, query);
        });
  }

  private static EventQuery newestPart(DuckDBConnection connection, EventQuery query)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT min(time), max(time) FROM events WHERE time > " + LogEvent.NO_TIMESTAMP)) {
      row.next();
      long oldest = Math.max(row.getLong(1), query.from());
      long newest = Math.min(row.getLong(2), query.to());
      long start = newest - (newest / NEWEST_PART - oldest / NEWEST_PART);
      return query.between(Math.max(start, query.from()), query.to());
    }
  }

  /** Which they are is told by the columns that are asked for; only then all columns are read. */
  private static List<StoredEvent> find(DuckDBConnection connection, EventQuery query)
      throws SQLException {
    Condition condition = new Condition(query);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + EventTable.COLUMNS
                + " FROM events WHERE rowid IN (SELECT rowid FROM events WHERE "
                + condition.sql()
                + NEWEST_FIRST
                + " LIMIT "
                + query.limit()
                + ")"
                + NEWEST_FIRST)) {
      condition.bind(statement);
      List<StoredEvent> events = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(EventTable.read(rows));
        }
      }
      return events;
    }
  }

  long count(EventQuery query) {
    return database.read(connection -> count(connection, query));
  }

  private static long count(DuckDBConnection connection, EventQuery query) throws SQLException {
    Condition condition = new Condition(query);
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM events WHERE " + condition.sql())) {
      condition.bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  Map<String, Long> countByGroup(EventQuery query) {
    Condition condition = new Condition(query);
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT group_id, count(*) FROM events WHERE "
                      + condition.sql()
                      + " GROUP BY group_id")) {
            condition.bind(statement);
            Map<String, Long> counts = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
              }
            }
            return counts;
          }
        });
  }

  void regroup(Map<String, String> groups) {
    if (groups.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "CREATE OR REPLACE TEMP TABLE regrouped (earlier VARCHAR, later VARCHAR)");
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "regrouped")) {
              for (Map.Entry<String, String> group : groups.entrySet()) {
                appender.beginRow().append(group.getKey()).append(group.getValue()).endRow();
              }
            }
            return statement.executeUpdate(
                "UPDATE events SET group_id = later FROM temp.regrouped WHERE group_id = earlier");
          }
        });
  }

  long remove(EventQuery query) {
    if (!database.hasFile()) {
      return database.write(
          connection -> copyOrDelete(connection, "DELETE FROM events WHERE ", query));
    }
    return count(query) == 0
        ? 0
        : database.replace(
            connection -> {
              long before = count(connection, EventQuery.all());
              return before
                  - copyOrDelete(
                      connection, "INSERT INTO fresh.events FROM events WHERE NOT ", query);
            });
  }

  private static long copyOrDelete(DuckDBConnection connection, String what, EventQuery query)
      throws SQLException {
    Condition condition = new Condition(query);
    try (PreparedStatement statement =
        connection.prepareStatement(what + "(" + condition.sql() + ")")) {
      condition.bind(statement);
      return statement.executeLargeUpdate();
    }
  }

  void compact() {
    if (database.hasFile()) {
      database.replace(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate("INSERT INTO fresh.events FROM events");
            }
          });
    }
  }
}
