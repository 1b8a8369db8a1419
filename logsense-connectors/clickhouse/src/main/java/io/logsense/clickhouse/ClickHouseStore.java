package io.logsense.clickhouse;

import io.logsense.api.LogSenseException;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Events in ClickHouse, through its HTTP interface.
 *
 * <pre>{@code
 * LogStore store =
 *     ClickHouseStore.at(URI.create("https://clickhouse.internal:8443"))
 *         .credentials(user, password)
 *         .open();
 * }</pre>
 *
 * <p>ClickHouse has no transactions. An append writes its events first and its checkpoints after
 * them; when it is broken off between the two, its events come again and are not kept again, so the
 * result is that of a transaction, but that a reader may see the events earlier.
 *
 * <p>Threads: any. Of one instance, one changes something at a time; other processes may write at
 * once. An event that two of them append at the same moment is kept once, and counted as new by
 * both.
 *
 * <p>Cost: few large appends are better than many small ones, as each makes parts that ClickHouse
 * has to merge. {@link #regroup} and {@link #remove} rewrite the parts that they change, and wait
 * for it.
 */
public final class ClickHouseStore implements LogStore, Purgeable {
  /** Ids in a parameter: 64 bytes each, and a server takes 128 KiB unless told otherwise. */
  private static final int IDS = 500;

  /**
   * An append is done when the call is, is never mistaken for an earlier one, and may be of many
   * days.
   */
  private static final String INSERTING =
      " SETTINGS async_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 0";

  /** The same event is always of the same day, so the days need not be compared. */
  private static final String ONCE = " SETTINGS do_not_merge_across_partitions_select_final = 1";

  private static final String MUTATING = " SETTINGS mutations_sync = 2";

  /** What of an event may mention a person: everything but hashes and numbers, one text a line. */
  private static final String TEXTS_OF_EVENT =
      "concat(message, '\\n', stack_trace, '\\n', service, '\\n', environment, '\\n', version,"
          + " '\\n', commit_id, '\\n', logger, '\\n', thread, '\\n', trace_id, '\\n', request_id,"
          + " '\\n', source, '\\n', arrayStringConcat(mapKeys(attributes), '\\n'), '\\n',"
          + " arrayStringConcat(mapValues(attributes), '\\n'))";

  private static final String HASH_OF_NAME = "hex(sipHash128(name))";

  private static final String TEXTS_OF_CHECKPOINT = "concat(name, '\\n', value)";

  private final Object writing = new Object();
  private final Server server;
  private final String events;
  private final String checkpoints;

  private ClickHouseStore(Server server, String database, int days) {
    this.server = server;
    String quoted = '`' + database.replace("\\", "\\\\").replace("`", "\\`") + '`';
    events = quoted + ".events";
    checkpoints = quoted + ".checkpoints";
    Schema.prepare(server, quoted, days);
  }

  /**
   * A store to be.
   *
   * @param endpoint of the HTTP interface, such as {@code http://localhost:8123}
   */
  public static Builder at(URI endpoint) {
    return new Builder(endpoint);
  }

  /** How a store is opened. */
  public static final class Builder {
    private static final int DAYS = 90;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI endpoint;
    private String database = "logsense";
    private String user = "";
    private String password = "";
    private int days = DAYS;
    private Duration timeout = TIMEOUT;

    private Builder(URI endpoint) {
      this.endpoint = endpoint;
    }

    /** Where the tables are: {@code logsense} unless given. */
    public Builder database(String value) {
      database = value;
      return this;
    }

    /** Who asks; the server's default user unless given. */
    public Builder credentials(String name, String secret) {
      user = name;
      password = secret;
      return this;
    }

    /**
     * How long events are kept from when they come: 90 days unless given. Of effect when the table
     * is made.
     */
    public Builder days(int value) {
      days = value;
      return this;
    }

    /** How long a call may take: 60 s unless given. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * Opens the store. Its database and tables are made if they are not there.
     *
     * @throws LogSenseException (transient) when the server is not there; (external) when it
     *     refuses, or a newer version made the tables
     */
    public ClickHouseStore open() {
      return new ClickHouseStore(new Server(endpoint, user, password, timeout), database, days);
    }
  }

  /** What is unlike in any two events. */
  private record Key(long time, String id) {
    static Key of(StoredEvent stored) {
      return new Key(stored.event().timestamp(), stored.id());
    }
  }

  @Override
  public long append(List<StoredEvent> added, Map<String, Checkpoint> upTo) {
    // All is read before anything is written, as it may throw.
    Map<Key, StoredEvent> fresh = new LinkedHashMap<>();
    added.forEach(stored -> fresh.putIfAbsent(Key.of(stored), stored));
    RowWriter reached = new RowWriter();
    upTo.forEach((name, checkpoint) -> reached.text(name).text(checkpoint.value()));
    synchronized (writing) {
      fresh.keySet().removeAll(known(List.copyOf(fresh.keySet())));
      if (!fresh.isEmpty()) {
        RowWriter rows = new RowWriter();
        fresh.values().forEach(stored -> EventRow.write(stored, rows));
        insert(events + " (" + EventRow.COLUMNS + ")", rows);
      }
      if (reached.bytes().length > 0) {
        insert(checkpoints + " (name, value)", reached);
      }
    }
    return fresh.size();
  }

  private void insert(String table, RowWriter rows) {
    server.insert("INSERT INTO " + table + INSERTING, rows);
  }

  private Set<Key> known(List<Key> keys) {
    Set<Key> known = new HashSet<>();
    for (int i = 0; i < keys.size(); i += IDS) {
      List<Key> some = keys.subList(i, Math.min(i + IDS, keys.size()));
      known.addAll(
          server.query(
              new Statement(
                      "SELECT time, id FROM "
                          + events
                          + " WHERE time IN {times:Array(Int64)} AND id IN {ids:Array(String)}")
                  .withNumbers("times", some.stream().map(Key::time).toList())
                  .with("ids", some.stream().map(Key::id).toList()),
              row -> new Key(row.int64(), row.text())));
    }
    return known;
  }

  @Override
  public Map<String, Checkpoint> checkpoints() {
    Map<String, Checkpoint> byName = new TreeMap<>();
    server
        .query(
            new Statement("SELECT name, value FROM " + checkpoints + " FINAL"),
            row -> Map.entry(row.text(), new Checkpoint(row.text())))
        .forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
    return byName;
  }

  @Override
  public List<StoredEvent> find(EventQuery query) {
    return select(
        EventRow.COLUMNS, query, " ORDER BY time DESC, id LIMIT " + query.limit(), EventRow::read);
  }

  @Override
  public long count(EventQuery query) {
    return select("toInt64(count())", query, "", RowReader::int64).get(0);
  }

  @Override
  public Map<String, Long> countByGroup(EventQuery query) {
    Map<String, Long> counts = new HashMap<>();
    select(
            "group_id, toInt64(count())",
            query,
            " GROUP BY group_id",
            row -> Map.entry(row.text(), row.int64()))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private <T> List<T> select(
      String what, EventQuery query, String rest, Function<RowReader, T> row) {
    return server.query(
        new Condition(query).in("SELECT " + what + " FROM " + events + " FINAL", rest + ONCE), row);
  }

  /**
   * {@inheritDoc}
   *
   * <p>All ids together may have some 100 KB, as the server takes no more in a parameter; beyond,
   * it refuses, and nothing is changed.
   */
  @Override
  public void regroup(Map<String, String> groups) {
    List<String> earlier = new ArrayList<>();
    List<String> later = new ArrayList<>();
    groups.forEach(
        (from, to) -> {
          earlier.add(from);
          later.add(to);
        });
    if (earlier.isEmpty()) {
      return;
    }
    synchronized (writing) {
      server.run(
          new Statement(
                  "ALTER TABLE "
                      + events
                      + " UPDATE group_id = transform(group_id, {earlier:Array(String)},"
                      + " {later:Array(String)}, group_id) WHERE group_id IN"
                      + " {earlier:Array(String)}"
                      + MUTATING)
              .with("earlier", earlier)
              .with("later", later));
    }
  }

  @Override
  public long remove(EventQuery query) {
    synchronized (writing) {
      long count = count(query);
      if (count > 0) {
        server.run(new Condition(query).in("ALTER TABLE " + events + " DELETE", MUTATING));
      }
      return count;
    }
  }

  @Override
  public long mentions(Subject subject) {
    return mentions(subject, events, "time, id", TEXTS_OF_EVENT)
        + mentions(subject, checkpoints, "name", TEXTS_OF_CHECKPOINT);
  }

  /** Without FINAL: a row that a later one replaced may be on the disk for long. */
  private long mentions(Subject subject, String table, String key, String texts) {
    String count = "SELECT toInt64(uniqExact(" + key + ")) FROM " + table;
    return server.query(naming(subject, count, texts, ""), RowReader::int64).get(0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The server writes the parts of the table anew that mention it, and removes the old ones from
   * its disk after their {@code old_parts_lifetime}, 8 minutes unless set otherwise.
   */
  @Override
  public long purge(Subject subject) {
    synchronized (writing) {
      long count = mentions(subject);
      if (count > 0) {
        server.run(naming(subject, "ALTER TABLE " + events + " DELETE", TEXTS_OF_EVENT, MUTATING));
        removeCheckpoints(subject);
      }
      return count;
    }
  }

  /**
   * With all earlier rows of their names, or the last of those would be the checkpoint again. The
   * names are read first: a subquery would be asked anew for each part of the table, and replicated
   * tables refuse it. They are told by hashes, for the server keeps its last mutations in files.
   */
  private void removeCheckpoints(Subject subject) {
    String select = "SELECT DISTINCT " + HASH_OF_NAME + " FROM " + checkpoints;
    List<String> names =
        server.query(naming(subject, select, TEXTS_OF_CHECKPOINT, ""), RowReader::text);
    String delete = " DELETE WHERE " + HASH_OF_NAME + " IN {names:Array(String)}" + MUTATING;
    for (int i = 0; i < names.size(); i += IDS) {
      server.run(
          new Statement("ALTER TABLE " + checkpoints + delete)
              .with("names", names.subList(i, Math.min(i + IDS, names.size()))));
    }
  }

  private static Statement naming(Subject subject, String before, String texts, String after) {
    return new Statement(before + " WHERE match(" + texts + ", {subject:String})" + after)
        .with("subject", subject.expression());
  }

  /** Gives up the store; a call that is under way ends as it would have. */
  @Override
  public void close() {
    server.close();
  }
}
