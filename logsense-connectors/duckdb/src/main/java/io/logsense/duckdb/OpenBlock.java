package io.logsense.duckdb;

import io.logsense.api.event.LogEvent;
import io.logsense.api.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A block of events that is being filled, and what will tell whether it holds what is sought. */
final class OpenBlock {
  /** Events of a block, unless their texts are long. */
  static final int EVENTS = 4096;

  private final BlockFilter filter = new BlockFilter();
  private int number;
  private int events;
  private long oldest;
  private long newest;
  private int worst;

  OpenBlock(int number) {
    begin(number);
  }

  private void begin(int block) {
    number = block;
    events = 0;
    oldest = Long.MAX_VALUE;
    newest = Long.MIN_VALUE;
    worst = 0;
  }

  int number() {
    return number;
  }

  /** Time of the newest event in it; the least number when there is none. */
  long newest() {
    return newest;
  }

  int events() {
    return events;
  }

  boolean isFull() {
    return events >= EVENTS || filter.isFull();
  }

  void add(StoredEvent stored) {
    LogEvent event = stored.event();
    add(event.timestamp(), event.severity().number());
    filter.addTexts(event.message(), stored.stackTrace());
    filter.addValues(event.service(), event.traceId());
  }

  private void add(long time, int severity) {
    events++;
    oldest = Math.min(oldest, time);
    newest = Math.max(newest, time);
    worst = Math.max(worst, severity);
  }

  /** Adds the event of a row of {@link BlockIndex#INDEXED}. */
  void add(ResultSet row) throws SQLException {
    add(row.getLong(2), row.getShort(3));
    filter.addValues(row.getString(4), row.getString(5));
    filter.addTexts(row.getString(6), row.getString(7));
  }

  /** Writes what is known of it, and goes on with the next. */
  void close(DuckDBConnection connection, String catalog) throws SQLException {
    filter.fold();
    try (DuckDBAppender blocks = connection.createAppender(catalog, "main", "blocks");
        DuckDBAppender filters = connection.createAppender(catalog, "main", "block_filters")) {
      blocks
          .beginRow()
          .append(number)
          .append(events)
          .append(oldest)
          .append(newest)
          .append((byte) worst)
          .endRow();
      for (int line = 0; line < filter.lines(); line++) {
        filters.beginRow().append(number).append((short) line).append((short) filter.lines());
        for (int word = 0; word < BlockFilter.WORDS; word++) {
          filters.append(filter.word(line, word));
        }
        filters.endRow();
      }
    }
    filter.clear();
    begin(number + 1);
  }
}
