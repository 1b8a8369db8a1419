package io.logsense.duckdb;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;

/**
 * The columns of an event, in one place: to create, to write and to read.
 *
 * <p>The time is a {@code BIGINT} of nanoseconds, because {@code TIMESTAMP_NS} cannot hold the ends
 * of that range, and {@link LogEvent#NO_TIMESTAMP} is one. The severity is its number. Texts that
 * repeat (service, group, logger, source) cost next to nothing: DuckDB keeps each once per row
 * group of 122,880 events. The last column, which is none of the event, is its block in the {@link
 * BlockIndex}.
 */
final class EventTable {
  /** The columns of the event itself with their types, for {@code CREATE TABLE}. */
  static final String DEFINITION =
      """
      time BIGINT NOT NULL,
      id VARCHAR NOT NULL,
      severity UTINYINT NOT NULL,
      service VARCHAR NOT NULL,
      environment VARCHAR NOT NULL,
      version VARCHAR NOT NULL,
      commit_id VARCHAR NOT NULL,
      logger VARCHAR NOT NULL,
      thread VARCHAR NOT NULL,
      group_id VARCHAR NOT NULL,
      trace_id VARCHAR NOT NULL,
      request_id VARCHAR NOT NULL,
      message VARCHAR NOT NULL,
      stack_trace VARCHAR NOT NULL,
      attributes MAP(VARCHAR, VARCHAR) NOT NULL,
      source VARCHAR NOT NULL,
      source_offset BIGINT NOT NULL,
      line BIGINT NOT NULL,
      lines INTEGER NOT NULL
      """;

  /** The columns of the event itself, in the order of {@link #append} and {@link #read}. */
  static final String COLUMNS =
      "time, id, severity, service, environment, version, commit_id, logger, thread, group_id,"
          + " trace_id, request_id, message, stack_trace, attributes, source, source_offset, line,"
          + " lines";

  private static final NavigableMap<Integer, Severity> SEVERITIES = severities();

  private EventTable() {}

  private static NavigableMap<Integer, Severity> severities() {
    NavigableMap<Integer, Severity> byNumber = new TreeMap<>();
    for (Severity severity : Severity.values()) {
      byNumber.put(severity.number(), severity);
    }
    return byNumber;
  }

  static void append(DuckDBAppender appender, StoredEvent stored, int block) throws SQLException {
    LogEvent event = stored.event();
    SourcePosition position = event.position();
    appender
        .beginRow()
        .append(event.timestamp())
        .append(stored.id())
        .append((byte) event.severity().number())
        .append(event.service())
        .append(event.environment())
        .append(event.version())
        .append(event.commit())
        .append(event.logger())
        .append(event.thread())
        .append(stored.group())
        .append(event.traceId())
        .append(event.requestId())
        .append(event.message())
        .append(stored.stackTrace())
        .append(event.attributes())
        .append(position.source())
        .append(position.offset())
        .append(position.line())
        .append(position.lines())
        .append(block)
        .endRow();
  }

  static StoredEvent read(ResultSet row) throws SQLException {
    LogEvent.Builder event =
        LogEvent.builder()
            .timestamp(row.getLong(1))
            .severity(SEVERITIES.floorEntry((int) row.getShort(3)).getValue())
            .service(row.getString(4))
            .environment(row.getString(5))
            .version(row.getString(6))
            .commit(row.getString(7))
            .logger(row.getString(8))
            .thread(row.getString(9))
            .traceId(row.getString(11))
            .requestId(row.getString(12))
            .message(row.getString(13))
            .position(
                new SourcePosition(
                    row.getString(16), row.getLong(17), row.getLong(18), row.getInt(19)));
    ((Map<?, ?>) row.getObject(15))
        .forEach((name, value) -> event.attribute((String) name, (String) value));
    return new StoredEvent(row.getString(2), row.getString(10), event.build(), row.getString(14));
  }
}
