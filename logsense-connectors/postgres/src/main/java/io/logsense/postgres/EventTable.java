package io.logsense.postgres;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.SourcePosition;
import io.logsense.api.store.StoredEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The columns of an event, to write many at once and to read. */
final class EventTable {
  /** The columns, in the order of {@link #bind} and {@link #read}. */
  static final String COLUMNS =
      "time, id, severity, service, environment, version, commit_id, logger, thread, group_id,"
          + " trace_id, request_id, message, stack_trace, attribute_names, attribute_values, source,"
          + " source_offset, line, lines";

  /** A parameter for each column: an array with a value for each event. */
  static final String ROWS =
      "SELECT time, id, severity, service, environment, version, commit_id, logger, thread,"
          + " group_id, trace_id, request_id, message, stack_trace, attribute_names::text[],"
          + " attribute_values::text[], source, source_offset, line, lines FROM unnest(?::bigint[],"
          + " ?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
          + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
          + " ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::integer[]) AS incoming("
          + COLUMNS
          + ")";

  private static final NavigableMap<Integer, Severity> SEVERITIES = severities();

  /** What of an event may mention a person: everything but hashes and numbers. */
  static final String TEXTS =
      "message, stack_trace, service, environment, version, commit_id, logger, thread, trace_id,"
          + " request_id, source, array_to_string(attribute_names, E'\\n'),"
          + " array_to_string(attribute_values, E'\\n')";

  private EventTable() {}

  private static NavigableMap<Integer, Severity> severities() {
    NavigableMap<Integer, Severity> byNumber = new TreeMap<>();
    for (Severity severity : Severity.values()) {
      byNumber.put(severity.number(), severity);
    }
    return byNumber;
  }

  /** Sets the parameters of {@link #ROWS}. */
  static void bind(Connection connection, PreparedStatement statement, List<StoredEvent> events)
      throws SQLException {
    Binder binder = new Binder(connection, statement, events);
    binder.add("int8", stored -> stored.event().timestamp());
    binder.text(StoredEvent::id);
    binder.add("int2", stored -> (short) stored.event().severity().number());
    binder.text(stored -> stored.event().service());
    binder.text(stored -> stored.event().environment());
    binder.text(stored -> stored.event().version());
    binder.text(stored -> stored.event().commit());
    binder.text(stored -> stored.event().logger());
    binder.text(stored -> stored.event().thread());
    binder.text(StoredEvent::group);
    binder.text(stored -> stored.event().traceId());
    binder.text(stored -> stored.event().requestId());
    binder.text(stored -> stored.event().message());
    binder.text(StoredEvent::stackTrace);
    binder.add("text", stored -> literal(stored.event().attributes().keySet()));
    binder.add("text", stored -> literal(stored.event().attributes().values()));
    binder.text(stored -> stored.event().position().source());
    binder.add("int8", stored -> stored.event().position().offset());
    binder.add("int8", stored -> stored.event().position().line());
    binder.add("int4", stored -> stored.event().position().lines());
  }

  /** What {@code unnest} gives apart are values, not arrays. */
  private static String literal(Collection<String> texts) {
    return PgText.array(texts.stream().map(PgText::encode).toList());
  }

  private static final class Binder {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<StoredEvent> events;
    private int next = 1;

    Binder(Connection connection, PreparedStatement statement, List<StoredEvent> events) {
      this.connection = connection;
      this.statement = statement;
      this.events = events;
    }

    void text(Function<StoredEvent, String> value) throws SQLException {
      add("text", stored -> PgText.encode(value.apply(stored)));
    }

    void add(String type, Function<StoredEvent, Object> value) throws SQLException {
      statement.setArray(
          next++, connection.createArrayOf(type, events.stream().map(value).toArray()));
    }
  }

  static StoredEvent read(ResultSet row) throws SQLException {
    LogEvent.Builder event =
        LogEvent.builder()
            .timestamp(row.getLong(1))
            .severity(SEVERITIES.floorEntry(row.getInt(3)).getValue())
            .service(text(row, 4))
            .environment(text(row, 5))
            .version(text(row, 6))
            .commit(text(row, 7))
            .logger(text(row, 8))
            .thread(text(row, 9))
            .traceId(text(row, 11))
            .requestId(text(row, 12))
            .message(text(row, 13))
            .position(
                new SourcePosition(
                    text(row, 17), row.getLong(18), row.getLong(19), row.getInt(20)));
    String[] names = texts(row.getArray(15));
    String[] values = texts(row.getArray(16));
    for (int i = 0; i < names.length; i++) {
      event.attribute(PgText.decode(names[i]), PgText.decode(values[i]));
    }
    return new StoredEvent(row.getString(2), text(row, 10), event.build(), text(row, 14));
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return PgText.decode(row.getString(column));
  }

  private static String[] texts(Array array) throws SQLException {
    return (String[]) array.getArray();
  }
}
