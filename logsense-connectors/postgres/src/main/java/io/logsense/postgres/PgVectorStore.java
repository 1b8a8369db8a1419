package io.logsense.postgres;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Vectors in PostgreSQL with pgvector, 0.8 or newer: a table for each model, with an HNSW index by
 * cosine.
 *
 * <p>Threads: as many at once as the data source gives connections. A search with a filter goes on
 * along the index until enough entries satisfy it (pgvector's iterative scan, in strict order), or
 * it has seen 20,000 of them. An approximate search may order equal scores otherwise than by id
 * where the limit cuts between them.
 *
 * <p>An index takes up to 2,000 components; with more, every search compares all entries.
 */
public final class PgVectorStore implements VectorStore, Purgeable {
  private static final int ROWS = 1_000;
  private static final int INDEXED = 2_000;
  private static final int MAX_COMPONENTS = 16_000;

  /**
   * The most that pgvector keeps in view; its own default is less than what a limit may ask for.
   */
  private static final int MAX_EFFORT = 1_000;

  private static final int EFFORT = 100;
  private static final int DIGEST = 16;

  private final Database database;
  private final String modelId;
  private final int dimension;
  private final String name;
  private final String table;

  private PgVectorStore(DataSource source, String schema, String modelId, int dimension) {
    this.database = new Database(source, schema);
    this.modelId = modelId;
    this.dimension = dimension;
    // A name has at most 63 bytes; that of a model may have more.
    this.name = "vectors_" + digest(modelId);
    this.table = database.table(name);
    database.run(this::prepare);
  }

  private static String digest(String modelId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(modelId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new LogSenseException(Category.EXTERNAL, "this JVM has no SHA-256", e);
    }
  }

  private String index(String purpose) {
    return "CREATE INDEX IF NOT EXISTS " + name + '_' + purpose + " ON " + table;
  }

  /**
   * The vectors of a model in a schema of a database; both the schema and the table are made if
   * they are not there.
   *
   * @param source stays the caller's
   * @throws LogSenseException (usage) when the database has no pgvector, or vectors of another
   *     dimension under this model; (transient or external) when the server cannot be reached or
   *     refuses
   */
  public static PgVectorStore open(
      DataSource source, String schema, String modelId, int dimension) {
    requireNonNull(modelId, "modelId");
    if (dimension < 1 || dimension > MAX_COMPONENTS) {
      throw usage(
          "the dimension of a vector store is " + dimension + "; give 1 to " + MAX_COMPONENTS);
    }
    return new PgVectorStore(source, schema, modelId, dimension);
  }

  private boolean prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('logsense schema'))");
      extension(statement);
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + database.schema());
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + " (id text COLLATE \"C\" PRIMARY KEY, embedding vector("
              + dimension
              + ") NOT NULL, labels text[] NOT NULL)");
      statement.execute(index("labels") + " USING gin (labels)");
      if (dimension <= INDEXED) {
        statement.execute(index("nearest") + " USING hnsw (embedding vector_cosine_ops)");
      }
      return checkDimension(statement);
    }
  }

  private static void extension(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT (SELECT count(*) FROM pg_extension WHERE extname = 'vector'), (SELECT count(*)"
                + " FROM pg_available_extensions WHERE name = 'vector')")) {
      row.next();
      if (row.getInt(1) > 0) {
        return;
      }
      if (row.getInt(2) == 0) {
        throw usage(
            "this PostgreSQL has no pgvector: install it on the server, or use another store of"
                + " vectors");
      }
    }
    statement.execute("CREATE EXTENSION IF NOT EXISTS vector");
  }

  private boolean checkDimension(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT atttypmod FROM pg_attribute WHERE attrelid = '"
                + table.replace("'", "''")
                + "'::regclass AND attname = 'embedding'")) {
      row.next();
      if (row.getInt(1) != dimension) {
        throw usage(
            table
                + " has vectors of "
                + row.getInt(1)
                + " components of the model "
                + modelId
                + "; this store is to have "
                + dimension);
      }
      return true;
    }
  }

  @Override
  public String modelId() {
    return modelId;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void upsert(Collection<VectorEntry> entries) {
    Map<String, VectorEntry> last = new HashMap<>();
    for (VectorEntry entry : entries) {
      check(entry.vector().length, "entry '" + entry.id() + "'");
      last.put(entry.id(), entry);
    }
    List<VectorEntry> rows = last.values().stream().sorted(comparing(VectorEntry::id)).toList();
    for (int i = 0; i < rows.size(); i += ROWS) {
      insert(rows.subList(i, Math.min(i + ROWS, rows.size())));
    }
  }

  private void insert(List<VectorEntry> rows) {
    database.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "INSERT INTO "
                      + table
                      + " SELECT id, embedding::vector, labels::text[] FROM unnest(?::text[],"
                      + " ?::text[], ?::text[]) AS incoming(id, embedding, labels) ON CONFLICT"
                      + " (id) DO UPDATE SET embedding = excluded.embedding, labels ="
                      + " excluded.labels")) {
            statement.setArray(1, texts(connection, rows.stream().map(VectorEntry::id)));
            statement.setArray(
                2, array(connection, rows.stream().map(row -> literal(row.vector()))));
            statement.setArray(
                3, array(connection, rows.stream().map(row -> labels(row.metadata()))));
            return statement.executeUpdate();
          }
        });
  }

  private static Array texts(Connection connection, Stream<String> texts) throws SQLException {
    return array(connection, texts.map(PgText::encode));
  }

  private static Array array(Connection connection, Stream<String> encoded) throws SQLException {
    return connection.createArrayOf("text", encoded.toArray());
  }

  private static String literal(float[] vector) {
    return Arrays.toString(vector);
  }

  private static String labels(Map<String, String> metadata) {
    return PgText.array(
        metadata.entrySet().stream().map(e -> PgText.pair(e.getKey(), e.getValue())).toList());
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] vector = query.vector();
    check(vector.length, "the query");
    Map<String, Set<String>> filter = query.filter().anyOf();
    int effort = Math.max(query.limit(), query.effort() == 0 ? EFFORT : query.effort());
    String conditions = "labels && ?::text[] AND ".repeat(filter.size());
    List<VectorMatch> found = new ArrayList<>();
    database.run(
        connection -> {
          try (Statement settings = connection.createStatement()) {
            settings.execute("SET LOCAL hnsw.ef_search = " + Math.min(effort, MAX_EFFORT));
            settings.execute("SET LOCAL hnsw.iterative_scan = strict_order");
            settings.execute("SET LOCAL jit = off");
          }
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT id, labels, embedding <=> ?::vector AS distance FROM "
                      + table
                      + " WHERE "
                      + conditions
                      + "true ORDER BY distance LIMIT "
                      + query.limit())) {
            statement.setString(1, literal(vector));
            int next = 2;
            for (Map.Entry<String, Set<String>> allowed : filter.entrySet()) {
              statement.setArray(
                  next++,
                  array(
                      connection,
                      allowed.getValue().stream()
                          .map(value -> PgText.pair(allowed.getKey(), value))));
            }
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.add(match(rows));
              }
            }
          }
          return true;
        });
    found.sort(
        comparing(VectorMatch::score, Comparator.reverseOrder()).thenComparing(VectorMatch::id));
    return found;
  }

  private static VectorMatch match(ResultSet row) throws SQLException {
    Map<String, String> metadata = new HashMap<>();
    for (String label : (String[]) row.getArray(2).getArray()) {
      int end = PgText.endOfFirst(label);
      metadata.put(
          PgText.decode(label.substring(0, end)),
          PgText.decode(label.substring(end + PgText.SEPARATOR.length())));
    }
    double score = Math.max(0, 1 - row.getDouble(3));
    return new VectorMatch(PgText.decode(row.getString(1)), Math.min(1, score), metadata);
  }

  @Override
  public int remove(Collection<String> ids) {
    return database.run(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("DELETE FROM " + table + " WHERE id = ANY (?)")) {
            statement.setArray(1, texts(connection, ids.stream()));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public long mentions(Subject subject) {
    return mentions().count(subject);
  }

  /** {@inheritDoc} By {@code VACUUM FULL}: others wait meanwhile, and the index is built again. */
  @Override
  public long purge(Subject subject) {
    return mentions().purge(subject);
  }

  private Mentions mentions() {
    return new Mentions(database, Map.of(table, "id, array_to_string(labels, E'\\n')"));
  }

  @Override
  public long size() {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private void check(int components, String what) {
    if (components != dimension) {
      throw usage(
          what
              + " has "
              + components
              + " components, and vectors of "
              + modelId
              + " have "
              + dimension);
    }
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }
}
