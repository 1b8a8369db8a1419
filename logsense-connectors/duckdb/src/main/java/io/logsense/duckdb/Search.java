package io.logsense.duckdb;

import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Answers queries: the {@link BlockIndex} says where, and the {@link Condition} what. The blocks of
 * the newest events come first, more of them each time, until no other can have anything newer.
 */
final class Search {
  private static final String NEWEST_FIRST = " ORDER BY time DESC, id";
  private static final Comparator<StoredEvent> ORDER =
      Comparator.comparingLong((StoredEvent stored) -> stored.event().timestamp())
          .reversed()
          .thenComparing(StoredEvent::id);

  /** How many events are looked through first, for each that is asked for. */
  private static final int FIRST = 4;

  /** How many times more the next time. */
  private static final int GROWTH = 3;

  private final Database database;

  Search(Database database) {
    this.database = database;
  }

  List<StoredEvent> find(EventQuery query) {
    return database.snapshot(
        connection -> newest(connection, query, BlockIndex.candidates(connection, query)));
  }

  private static List<StoredEvent> newest(
      DuckDBConnection connection, EventQuery query, List<BlockIndex.Candidate> candidates)
      throws SQLException {
    List<StoredEvent> found = new ArrayList<>();
    long enough = Math.max(2L * OpenBlock.EVENTS, (long) FIRST * query.limit());
    int next = 0;
    while (next < candidates.size() && !isComplete(found, query, candidates.get(next))) {
      List<Integer> blocks = new ArrayList<>();
      for (long events = 0; events < enough && next < candidates.size(); next++) {
        blocks.add(candidates.get(next).block());
        events += candidates.get(next).events();
      }
      find(connection, query, BlockRange.of(blocks), found);
      found = newest(found, query.limit());
      enough *= GROWTH;
    }
    return found;
  }

  /** The newest, each once: ranges of blocks may have blocks between them that were read before. */
  private static List<StoredEvent> newest(List<StoredEvent> found, int limit) {
    found.sort(ORDER);
    List<StoredEvent> newest = new ArrayList<>();
    for (StoredEvent event : found) {
      if (newest.size() == limit) {
        break;
      }
      if (newest.isEmpty() || !event.equals(newest.get(newest.size() - 1))) {
        newest.add(event);
      }
    }
    return newest;
  }

  /** Whether nothing from {@code next} on can take the place of what was found. */
  private static boolean isComplete(
      List<StoredEvent> found, EventQuery query, BlockIndex.Candidate next) {
    return found.size() == query.limit()
        && found.get(found.size() - 1).event().timestamp() > next.newest();
  }

  /** Which they are is told by the columns that are asked for; only then all columns are read. */
  private static void find(
      DuckDBConnection connection,
      EventQuery query,
      List<BlockRange> ranges,
      List<StoredEvent> found)
      throws SQLException {
    Condition condition = new Condition(query);
    String select =
        "SELECT %s FROM events WHERE %s AND rowid IN (SELECT rowid FROM events WHERE %s AND %s%s LIMIT %d)"
            .formatted(
                EventTable.COLUMNS,
                BlockRange.SQL,
                BlockRange.SQL,
                condition.sql(),
                NEWEST_FIRST,
                query.limit());
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      for (BlockRange range : ranges) {
        range.bind(statement, 1);
        range.bind(statement, 3);
        condition.bind(statement, 5);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(EventTable.read(rows));
          }
        }
      }
    }
  }

  long count(EventQuery query) {
    return database.snapshot(connection -> count(connection, query));
  }

  static long count(DuckDBConnection connection, EventQuery query) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    count(connection, "SELECT '', count(*) FROM events WHERE ", "", query, counts);
    return counts.getOrDefault("", 0L);
  }

  Map<String, Long> countByGroup(EventQuery query) {
    return database.snapshot(
        connection -> {
          Map<String, Long> counts = new HashMap<>();
          count(
              connection,
              "SELECT group_id, count(*) FROM events WHERE ",
              " GROUP BY group_id",
              query,
              counts);
          return counts;
        });
  }

  private static void count(
      DuckDBConnection connection,
      String select,
      String rest,
      EventQuery query,
      Map<String, Long> counts)
      throws SQLException {
    Condition condition = new Condition(query);
    try (PreparedStatement statement =
        connection.prepareStatement(select + BlockRange.SQL + " AND " + condition.sql() + rest)) {
      for (BlockRange range : ranges(connection, query)) {
        range.bind(statement, 1);
        condition.bind(statement, 3);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            counts.merge(rows.getString(1), rows.getLong(2), Long::sum);
          }
        }
      }
    }
  }

  /** Where to count: all over, when nothing is sought that few blocks may have. */
  private static List<BlockRange> ranges(DuckDBConnection connection, EventQuery query)
      throws SQLException {
    if (query.text().isEmpty() && query.traceId().isEmpty()) {
      return List.of(BlockRange.ALL);
    }
    return BlockRange.of(
        BlockIndex.candidates(connection, query).stream()
            .map(BlockIndex.Candidate::block)
            .toList());
  }
}
