package io.logsense.duckdb;

import static java.util.Objects.requireNonNull;

import io.logsense.api.event.Severity;
import io.logsense.api.store.EventQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/**
 * Which blocks of events may hold what a query asks for. A block is some thousand events that came
 * one after the other; {@code blocks} has its times and its worst severity, {@code block_filters}
 * its {@link BlockFilter}, a row for each line. The last block, of the number after the greatest in
 * {@code blocks}, is open: it is looked through always.
 *
 * <p>The index says too much at most, never too little: whoever asks it looks at the events still.
 */
final class BlockIndex {
  static final String DEFINITION =
      "CREATE TABLE blocks (block INTEGER NOT NULL, events INTEGER NOT NULL, oldest BIGINT NOT"
          + " NULL, newest BIGINT NOT NULL, worst UTINYINT NOT NULL);"
          + " CREATE TABLE block_filters (block INTEGER NOT NULL, line SMALLINT NOT NULL,"
          + " lines SMALLINT NOT NULL, "
          + IntStream.range(0, BlockFilter.WORDS)
              .mapToObj(word -> "w" + word + " BIGINT NOT NULL USING COMPRESSION uncompressed")
              .collect(Collectors.joining(", "))
          + ")";

  /** What of an event is in the index, as {@link OpenBlock#add(ResultSet)} reads it. */
  static final String INDEXED = "block, time, severity, service, trace_id, message, stack_trace";

  /** How many blocks are built at once. */
  private static final int SLICE = 16;

  private BlockIndex() {}

  /**
   * A block that may hold what is sought.
   *
   * @param newest no event in it is newer
   */
  record Candidate(int block, int events, long newest) {}

  /** The blocks that may hold what is sought, the newest first, and the open one before them. */
  static List<Candidate> candidates(DuckDBConnection connection, EventQuery query)
      throws SQLException {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(openBlock(connection), OpenBlock.EVENTS, Long.MAX_VALUE));
    String keys = BlockKeys.of(query).sql();
    String filtered = keys.isEmpty() ? "" : " AND block IN (" + keys + ")";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT block, events, newest FROM blocks WHERE newest >= ? AND oldest <= ?"
                + " AND worst >= ?"
                + filtered
                + " ORDER BY newest DESC")) {
      statement.setLong(1, query.from());
      statement.setLong(2, query.to());
      statement.setInt(3, query.severity() == Severity.UNSPECIFIED ? 0 : query.severity().number());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          candidates.add(new Candidate(rows.getInt(1), rows.getInt(2), rows.getLong(3)));
        }
      }
    }
    return candidates;
  }

  /** The open block, with what is in it. */
  static OpenBlock open(DuckDBConnection connection) throws SQLException {
    int number = openBlock(connection);
    return requireNonNull(build(connection, "", List.of(number)).get(number));
  }

  /** The number of the block where events are added. */
  static int openBlock(DuckDBConnection connection) throws SQLException {
    return (int) number(connection, "SELECT coalesce(max(block), 0) + 1 FROM blocks");
  }

  /** Time of the newest event that is not in the open block. */
  static long newest(DuckDBConnection connection) throws SQLException {
    return number(connection, "SELECT coalesce(max(newest), " + Long.MIN_VALUE + ") FROM blocks");
  }

  private static long number(DuckDBConnection connection, String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Indexes all blocks from one on, which ends the last of them. */
  static void completeFrom(DuckDBConnection connection, int first) throws SQLException {
    int last =
        (int)
            number(
                connection, "SELECT coalesce(max(block), 0) FROM events WHERE block >= " + first);
    write(
        connection,
        connection.getCatalog(),
        IntStream.rangeClosed(first, last).boxed().toList(),
        last);
  }

  /**
   * Copies the index to a catalog where events were copied to. Blocks that have fewer events there
   * are indexed anew, so that nothing tells of those that were left out or deleted before.
   */
  static void copy(DuckDBConnection connection, String catalog) throws SQLException {
    Set<Integer> changed = new TreeSet<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT block FROM blocks LEFT JOIN (SELECT block, count(*) AS copied FROM "
                  + catalog
                  + ".events GROUP BY block) USING (block)"
                  + " WHERE coalesce(copied, 0) <> blocks.events")) {
        while (rows.next()) {
          changed.add(rows.getInt(1));
        }
      }
      String unchanged = changed.isEmpty() ? "" : " WHERE NOT " + in(changed);
      for (String table : List.of("blocks", "block_filters")) {
        statement.execute(
            "INSERT INTO %s.main.%s FROM %s%s".formatted(catalog, table, table, unchanged));
      }
    }
    write(connection, catalog, List.copyOf(changed), openBlock(connection) - 1);
  }

  /** Forgets blocks of which all events were deleted. */
  static void forgetEmpty(DuckDBConnection connection) throws SQLException {
    int last = openBlock(connection) - 1;
    try (Statement statement = connection.createStatement()) {
      for (String table : List.of("blocks", "block_filters")) {
        statement.execute(
            "DELETE FROM %s WHERE block <> %d AND block NOT IN (SELECT block FROM events)"
                .formatted(table, last));
      }
    }
  }

  /**
   * Writes the index of some blocks.
   *
   * @param last is written even if it has no events, since it tells where the open block is
   */
  private static void write(
      DuckDBConnection connection, String catalog, List<Integer> blocks, int last)
      throws SQLException {
    String prefix = '"' + catalog.replace("\"", "\"\"") + "\".main.";
    for (int from = 0; from < blocks.size(); from += SLICE) {
      List<Integer> slice = blocks.subList(from, Math.min(from + SLICE, blocks.size()));
      for (OpenBlock block : build(connection, prefix, slice).values()) {
        if (block.events() > 0 || block.number() == last) {
          block.close(connection, catalog);
        }
      }
    }
  }

  private static Map<Integer, OpenBlock> build(
      DuckDBConnection connection, String prefix, List<Integer> numbers) throws SQLException {
    Map<Integer, OpenBlock> blocks = new TreeMap<>();
    numbers.forEach(number -> blocks.put(number, new OpenBlock(number)));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + INDEXED + " FROM " + prefix + "events WHERE " + in(numbers))) {
      while (rows.next()) {
        requireNonNull(blocks.get(rows.getInt(1))).add(rows);
      }
    }
    return blocks;
  }

  /** That a block is one of some. */
  static String in(Collection<Integer> blocks) {
    return blocks.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "block IN (", ")"));
  }
}
