package io.logsense.duckdb;

import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Changes the events of a store, and the checkpoints kept with them. */
final class Events {
  private final Database database;
  // As the last commit left it; null when it has to be read. In transactions of the writer alone.
  private @Nullable OpenBlock open;

  Events(Database database) {
    this.database = database;
  }

  long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
    if (events.isEmpty() && checkpoints.isEmpty()) {
      return 0;
    }
    return write(
        connection -> {
          long added = events.isEmpty() ? 0 : append(connection, events);
          keep(connection, checkpoints);
          return added;
        });
  }

  /** Changes events; when that fails, the open block has events that are not there. */
  private <T> T write(Database.Work<T> work) {
    return database.write(work, () -> open = null);
  }

  private long append(DuckDBConnection connection, List<StoredEvent> events) throws SQLException {
    OpenBlock block = open;
    if (block == null) {
      block = BlockIndex.open(connection);
      open = block;
    }
    List<StoredEvent> fresh =
        fresh(connection, events, Math.max(block.newest(), BlockIndex.newest(connection)));
    if (fresh.isEmpty()) {
      return 0;
    }
    try (DuckDBAppender appender = connection.createAppender("events")) {
      for (StoredEvent event : fresh) {
        EventTable.append(appender, event, block.number());
        block.add(event);
        if (block.isFull()) {
          block.close(connection, connection.getCatalog());
        }
      }
    }
    return fresh.size();
  }

  /**
   * Those that are not there yet, in the order of their times.
   *
   * @param newest time of the newest that is there
   */
  private static List<StoredEvent> fresh(
      DuckDBConnection connection, List<StoredEvent> events, long newest) throws SQLException {
    Set<String> ids = new HashSet<>();
    List<StoredEvent> fresh = new ArrayList<>(events.size());
    for (StoredEvent event : events) {
      if (ids.add(event.id())) {
        fresh.add(event);
      }
    }
    fresh.sort(Comparator.comparingLong(event -> event.event().timestamp()));
    int late = 0;
    while (late < fresh.size() && fresh.get(late).event().timestamp() <= newest) {
      late++;
    }
    if (late > 0) {
      Set<String> known = known(connection, fresh.subList(0, late));
      fresh.removeIf(event -> known.contains(event.id()));
    }
    return fresh;
  }

  /**
   * The ids that are there. An event that is there has the same time and offset; by these DuckDB
   * passes over all row groups that cannot have it.
   */
  private static Set<String> known(DuckDBConnection connection, List<StoredEvent> events)
      throws SQLException {
    Span times = new Span();
    Span offsets = new Span();
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE temp.incoming");
      try (DuckDBAppender appender = connection.createAppender("temp", "main", "incoming")) {
        for (StoredEvent event : events) {
          appender.beginRow().append(event.id()).endRow();
          times.add(event.event().timestamp());
          offsets.add(event.event().position().offset());
        }
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM temp.incoming WHERE id IN (SELECT id FROM events WHERE time BETWEEN ?"
                + " AND ? AND source_offset BETWEEN ? AND ?)")) {
      select.setLong(1, times.least);
      select.setLong(2, times.greatest);
      select.setLong(3, offsets.least);
      select.setLong(4, offsets.greatest);
      Set<String> known = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1));
        }
      }
      return known;
    }
  }

  /** From a least to a greatest number. */
  private static final class Span {
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    void add(long value) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
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

  void regroup(Map<String, String> groups) {
    if (groups.isEmpty()) {
      return;
    }
    write(
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

  /**
   * Changes events without the open block, which is read anew the next time.
   *
   * @param work sees to the index itself
   */
  <T> T rewrite(Database.Work<T> work) {
    return database.write(
        connection -> {
          open = null;
          return work.with(connection);
        },
        () -> open = null);
  }

  long remove(EventQuery query) {
    if (!database.hasFile()) {
      return rewrite(
          connection -> {
            long removed = copyOrDelete(connection, "DELETE FROM events WHERE ", query);
            BlockIndex.forgetEmpty(connection);
            return removed;
          });
    }
    return database.read(connection -> Search.count(connection, query)) == 0
        ? 0
        : database.replace(
            connection -> {
              open = null;
              long before = Search.count(connection, EventQuery.all());
              long kept =
                  copyOrDelete(
                      connection, "INSERT INTO fresh.events FROM events WHERE NOT ", query);
              BlockIndex.copy(connection, "fresh");
              return before - kept;
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
            open = null;
            try (Statement statement = connection.createStatement()) {
              long kept = statement.executeLargeUpdate("INSERT INTO fresh.events FROM events");
              BlockIndex.copy(connection, "fresh");
              return kept;
            }
          });
    }
  }
}
