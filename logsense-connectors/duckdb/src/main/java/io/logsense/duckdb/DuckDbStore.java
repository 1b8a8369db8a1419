package io.logsense.duckdb;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStore;
import io.logsense.api.store.StoredEvent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events and documents in one file of DuckDB, inside the process; or in memory.
 *
 * <pre>{@code
 * try (DuckDbStore store = DuckDbStore.open(Path.of("events.duckdb"))) {
 *   store.find(EventQuery.all().service("shop").atLeast(Severity.ERROR).limit(20));
 * }
 * }</pre>
 *
 * <p>Threads: readers beside one writer; writers wait for each other. One store has the file, of
 * all in this process and others; {@code FILE.lock} says so, and stays.
 *
 * <p>Cost: events that come about in the order of their times are found by time without reading
 * others, and an append looks for duplicates among the events of its own span of time alone. {@link
 * #remove} and {@link #compact} write the whole file anew, so call them daily rather than for each
 * event; they need room for a second file meanwhile.
 *
 * <p>Texts are kept as UTF-8: what is no character (half of a surrogate pair) becomes a question
 * mark.
 */
public final class DuckDbStore implements LogStore, DocumentStore, Purgeable {
  static final int LEAST_MEMORY_MIB = 64;
  private static final long MEBIBYTE = 1024 * 1024;

  private final Database database;
  private final Events events;
  private final Search search;
  private final Parquet parquet;
  private final Documents documents;
  private final Mentions mentions;

  private DuckDbStore(Builder builder) {
    database = new Database(builder.file, builder.memory, builder.threads);
    events = new Events(database);
    search = new Search(database);
    parquet = new Parquet(database, events);
    documents = new Documents(database);
    mentions = new Mentions(database);
  }

  /** Options of a store. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The store in a file, which is made if it is not there.
   *
   * @throws LogSenseException (external) when the file is open already, is damaged, or was made by
   *     a newer version
   */
  public static DuckDbStore open(Path file) {
    return builder().file(file).open();
  }

  /** A store in memory, gone when it is closed. */
  public static DuckDbStore inMemory() {
    return builder().open();
  }

  @Override
  public long append(List<StoredEvent> events, Map<String, Checkpoint> checkpoints) {
    return this.events.append(events, checkpoints);
  }

  @Override
  public Map<String, Checkpoint> checkpoints() {
    return events.checkpoints();
  }

  @Override
  public List<StoredEvent> find(EventQuery query) {
    return search.find(query);
  }

  @Override
  public long count(EventQuery query) {
    return search.count(query);
  }

  @Override
  public Map<String, Long> countByGroup(EventQuery query) {
    return search.countByGroup(query);
  }

  @Override
  public void regroup(Map<String, String> groups) {
    events.regroup(groups);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The file is written anew without them, and takes the place of the old one when it is
   * complete, so no byte of them stays in it, nor of documents removed before.
   */
  @Override
  public long remove(EventQuery query) {
    return events.remove(query);
  }

  @Override
  public long mentions(Subject subject) {
    return mentions.count(subject);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of events, documents and checkpoints. The file is {@linkplain #compact() written anew} also
   * when there are none, as an earlier purge may have been broken off before that.
   */
  @Override
  public long purge(Subject subject) {
    long purged = mentions.delete(subject);
    compact();
    return purged;
  }

  /** Writes the file anew, without what was removed or replaced in it. */
  public void compact() {
    events.compact();
  }

  /**
   * Writes events to a Parquet file, in place of one that is there, in the order of their times;
   * the query's limit does not count.
   *
   * @return how many
   */
  public long export(Path parquet, EventQuery query) {
    return this.parquet.export(parquet, query);
  }

  /**
   * Adds the events of a Parquet file that {@link #export} wrote; those that are here already are
   * passed over.
   *
   * @return how many were new
   * @throws LogSenseException (usage) when the file has other columns, or values that no event has
   */
  public long load(Path parquet) {
    return this.parquet.load(parquet);
  }

  @Override
  public void put(Collection<Document> documents) {
    this.documents.put(documents);
  }

  @Override
  public Optional<Document> get(String kind, String id) {
    return documents.get(kind, id);
  }

  @Override
  public List<Document> list(String kind) {
    return documents.list(kind);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its bytes leave the file with the next {@link #compact} or {@link #remove(EventQuery)}.
   */
  @Override
  public boolean remove(String kind, String id) {
    return documents.remove(kind, id);
  }

  @Override
  public void close() {
    database.close();
  }

  /** Options of a {@link DuckDbStore}. */
  public static final class Builder {
    private @Nullable Path file;
    private long memory = 1024 * MEBIBYTE;
    private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());

    private Builder() {}

    /** The file; without one, the store is in memory. */
    public Builder file(Path path) {
      file = path;
      return this;
    }

    /**
     * How much memory DuckDB may take, outside of the heap; 1 GiB when nothing is said. What needs
     * more goes to files beside the file, or fails.
     *
     * @param bytes at least 64 MiB
     */
    public Builder memory(long bytes) {
      memory = bytes;
      return this;
    }

    /** How many threads DuckDB may use at once; 2 when nothing is said, as far as there are. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /**
     * The store.
     *
     * @throws LogSenseException (usage) when an option is out of bounds; (external) as {@link
     *     DuckDbStore#open}
     */
    public DuckDbStore open() {
      if (memory < LEAST_MEMORY_MIB * MEBIBYTE || threads < 1) {
        throw new LogSenseException(
            Category.USAGE,
            "memory is "
                + memory
                + " bytes with "
                + threads
                + " threads; give at least "
                + LEAST_MEMORY_MIB
                + " MiB and 1 thread");
      }
      return new DuckDbStore(this);
    }
  }
}
