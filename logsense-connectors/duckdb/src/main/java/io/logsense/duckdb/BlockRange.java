package io.logsense.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Blocks from one to another, both inclusive. DuckDB reads no other rows for a range of a column,
 * while it would read all of the row groups in which a list of numbers has one.
 */
record BlockRange(int first, int last) {
  /** As many blocks that are not asked for cost less to read than a query of their own. */
  private static final int GAP = 3;

  /** Takes a {@code first} and a {@code last}. */
  static final String SQL = "block BETWEEN ? AND ?";

  static final BlockRange ALL = new BlockRange(0, Integer.MAX_VALUE);

  /** Few ranges that have all of {@code blocks}, and no great gap between them. */
  static List<BlockRange> of(Collection<Integer> blocks) {
    List<BlockRange> ranges = new ArrayList<>();
    for (int block : new TreeSet<>(blocks)) {
      int end = ranges.size() - 1;
      if (end >= 0 && block - ranges.get(end).last <= GAP + 1) {
        ranges.set(end, new BlockRange(ranges.get(end).first, block));
      } else {
        ranges.add(new BlockRange(block, block));
      }
    }
    return ranges;
  }

  /** Sets the parameters of {@link #SQL}, of which the first is {@code parameter}. */
  void bind(PreparedStatement statement, int parameter) throws SQLException {
    statement.setInt(parameter, first);
    statement.setInt(parameter + 1, last);
  }
}
