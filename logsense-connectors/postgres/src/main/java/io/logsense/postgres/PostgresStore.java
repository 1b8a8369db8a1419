package io.logsense.postgres;

import static java.util.Comparator.comparing;

import io.logsense.api.LogSenseException;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Events and documents in PostgreSQL, 12 or newer.
 *
 * <pre>{@code
 * LogStore store = PostgresStore.open(dataSource, "logsense");
 * }</pre>
 *
 * <p>Threads: as many at once as the data source gives connections; several processes may share the
 * tables. Each call takes a connection and gives it back. Time-outs are those of the data source:
 * set {@code socketTimeout}, or a call to a server that is gone waits for ever.
 *
 * <p>Cost: an append is one statement for each 5,000 events. Queries by time, errors, service,
 * group and trace have an index; a text is looked for in all events that fulfil the rest, newest
 * first.
 *
 * <p>What is removed is deleted, and overwritten when PostgreSQL vacuums and uses its place again;
 * {@code VACUUM FULL} on the table does that at once.
 */
public final class PostgresStore implements LogStore, DocumentStore, Purgeable {
  private static final int ROWS = 5_000;
  private static final String NEWEST_FIRST = " ORDER BY time DESC, id";

  private final Database database;
  private final Runnable atClose;
  private final String events;
  private final String checkpoints;
  private final String documents;
  private final Mentions mentions;

  PostgresStore(DataSource source, String schema, Runnable atClose) {
    database = new Database(source, schema);
    this.atClose = atClose;
    events = database.table("events");
    checkpoints = database.table("checkpoints");
    documents = database.table("documents");
    mentions =
        new Mentions(
            database,
            Map.of(
                events,
                EventTable.TEXTS,
                checkpoints,
                "name, value",
                documents,
                "CASE WHEN kind <> '" + SPENDING + "' THEN concat_ws(E'\\n', id, content) END"));
    database.run(connection -> Schema.prepare(database, connection));
  }

  /**
   * The store in a schema of a database. Both it and its tables are made if they are not there.
   *
   * @param source stays the caller's: closing the store does not close it
   * @throws LogSenseException (transient) when the server cannot be reached; (external) when it
   *     refuses, or a newer version made the tables
   */
  public static PostgresStore open(DataSource source, String schema) {
    return new PostgresStore(source, schema, () -> {});
  }

  @Override
  public long append(List<StoredEvent> added, Map<String, Checkpoint> upTo) {
    // In one order for all writers, since each waits for others that add the same.
    List<StoredEvent> sorted = added.stream().sorted(comparing(StoredEvent::id)).toList();
    Map<String, Checkpoint> byName = new TreeMap<>(upTo);
    return database.run(
        connection -> {
          long fresh = 0;
          for (int i = 0; i < sorted.size(); i += ROWS) {
            fresh += insert(connection, sorted.subList(i, Math.min(i + ROWS, sorted.size())));
          }
          keep(connection, byName);
          return fresh;
        });
  }

  private long insert(Connection connection, List<StoredEvent> rows) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + events
                + " ("
                + EventTable.COLUMNS
                + ") "
                + EventTable.ROWS
                + " ON CONFLICT DO NOTHING")) {
      EventTable.bind(connection, statement, rows);
      return statement.executeLargeUpdate();
    }
  }

  private void keep(Connection connection, Map<String, Checkpoint> byName) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + checkpoints
                + " SELECT * FROM unnest(?::text[], ?::text[])"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")) {
      statement.setArray(1, texts(connection, byName.keySet().stream()));
      statement.setArray(2, texts(connection, byName.values().stream().map(Checkpoint::value)));
      statement.executeUpdate();
    }
  }

  private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.map(PgText::encode).toArray());
  }

  @Override
  public Map<String, Checkpoint> checkpoints() {
    Map<String, Checkpoint> byName = new TreeMap<>();
    query(
        "SELECT name, value FROM " + checkpoints,
        statement -> {},
        row ->
            byName.put(
                PgText.decode(row.getString(1)), new Checkpoint(PgText.decode(row.getString(2)))));
    return byName;
  }

  @Override
  public List<StoredEvent> find(EventQuery query) {
    Condition condition = new Condition(query);
    List<StoredEvent> found = new ArrayList<>();
    query(
        "SELECT "
            + EventTable.COLUMNS
            + " FROM "
            + events
            + " WHERE "
            + condition.sql()
            + NEWEST_FIRST
            + " LIMIT "
            + query.limit(),
        condition::bind,
        row -> found.add(EventTable.read(row)));
    return found;
  }

  @Override
  public long count(EventQuery query) {
    Condition condition = new Condition(query);
    List<Long> count = new ArrayList<>();
    query(
        "SELECT count(*) FROM " + events + " WHERE " + condition.sql(),
        condition::bind,
        row -> count.add(row.getLong(1)));
    return count.get(0);
  }

  @Override
  public Map<String, Long> countByGroup(EventQuery query) {
    Condition condition = new Condition(query);
    Map<String, Long> counts = new HashMap<>();
    query(
        "SELECT group_id, count(*) FROM "
            + events
            + " WHERE "
            + condition.sql()
            + " GROUP BY group_id",
        condition::bind,
        row -> counts.put(PgText.decode(row.getString(1)), row.getLong(2)));
    return counts;
  }

  @Override
  public void regroup(Map<String, String> groups) {
    update(
        "UPDATE "
            + events
            + " SET group_id = later FROM unnest(?::text[], ?::text[]) AS regrouped(earlier, later)"
            + " WHERE left(group_id, 64) = left(earlier, 64) AND group_id = earlier",
        statement -> {
          Connection connection = statement.getConnection();
          statement.setArray(1, texts(connection, groups.keySet().stream()));
          statement.setArray(2, texts(connection, groups.values().stream()));
        });
  }

  @Override
  public long remove(EventQuery query) {
    Condition condition = new Condition(query);
    return update("DELETE FROM " + events + " WHERE " + condition.sql(), condition::bind);
  }

  @Override
  public void put(Collection<Document> added) {
    // The last of an id, in one order for all writers.
    Map<List<String>, Document> last = new HashMap<>();
    added.forEach(document -> last.put(List.of(document.kind(), document.id()), document));
    List<Document> rows =
        last.values().stream()
            .sorted(comparing(Document::kind).thenComparing(Document::id))
            .toList();
    update(
        "INSERT INTO "
            + documents
            + " SELECT kind, id, content::json"
            + " FROM unnest(?::text[], ?::text[], ?::text[]) AS incoming(kind, id, content)"
            + " ON CONFLICT (kind, id) DO UPDATE SET content = excluded.content",
        statement -> {
          Connection connection = statement.getConnection();
          statement.setArray(1, texts(connection, rows.stream().map(Document::kind)));
          statement.setArray(2, texts(connection, rows.stream().map(Document::id)));
          statement.setArray(3, texts(connection, rows.stream().map(Document::json)));
        });
  }

  @Override
  public Optional<Document> get(String kind, String id) {
    return documents(kind, " AND id = ?", PgText.encode(id)).stream().findFirst();
  }

  @Override
  public List<Document> list(String kind) {
    return documents(kind, " ORDER BY id");
  }

  private List<Document> documents(String kind, String rest, String... values) {
    List<Document> found = new ArrayList<>();
    query(
        "SELECT id, content FROM " + documents + " WHERE kind = ?" + rest,
        statement -> bind(statement, kind, values),
        row ->
            found.add(
                new Document(
                    kind, PgText.decode(row.getString(1)), PgText.decode(row.getString(2)))));
    return found;
  }

  private static void bind(PreparedStatement statement, String kind, String... values)
      throws SQLException {
    statement.setString(1, kind);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 2, values[i]);
    }
  }

  @Override
  public boolean remove(String kind, String id) {
    return update(
            "DELETE FROM " + documents + " WHERE kind = ? AND id = ?",
            statement -> bind(statement, kind, PgText.encode(id)))
        > 0;
  }

  @Override
  public long mentions(Subject subject) {
    return mentions.count(subject);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of events, documents and checkpoints, by {@code VACUUM FULL}: others wait meanwhile, and the
   * server needs room for the tables once more. Its write-ahead log, replicas and backups follow
   * the server's own rules.
   */
  @Override
  public long purge(Subject subject) {
    return mentions.purge(subject);
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void query(String sql, Parameters parameters, Row each) {
    database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                each.take(rows);
              }
            }
          }
          return true;
        });
  }

  private long update(String sql, Parameters parameters) {
    return database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            return statement.executeLargeUpdate();
          }
        });
  }

  /** Gives up the store; the data source that {@link #open} was given stays as it is. */
  @Override
  public void close() {
    database.close();
    atClose.run();
  }
}
