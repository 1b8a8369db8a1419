package io.logsense.chroma;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Vectors in a collection of Chroma, which other processes may use too.
 *
 * <pre>{@code
 * VectorStore store =
 *     ChromaVectorStore.builder(URI.create("http://127.0.0.1:8000"), "groups", "bge-small-en-v1.5-q", 384)
 *         .open();
 * }</pre>
 *
 * <p>What Chroma does otherwise than {@link VectorStore} asks, and what is done about it:
 *
 * <ul>
 *   <li>It merges the metadata of an entry with that of the same id: keys that the new entry does
 *       not have are read and removed with it. Who replaces one entry at the same moment from two
 *       processes may keep keys of both.
 *   <li>Keys that begin with {@code $} or {@code chroma:} mean something to it: all keys have
 *       {@code m.} before them there.
 *   <li>The effort belongs to the collection: it is set when that is made, and those of queries
 *       count for nothing.
 *   <li>It does not say how many entries it removed: those that are there are counted before.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ChromaVectorStore implements VectorStore, Purgeable {
  private static final String MODEL = "logsense.model";
  private static final String DIMENSION = "logsense.dimension";
  private static final int CHUNK = 1000;

  /** From one page to the next, which overlaps it: so many may be removed in between. */
  private static final int STEP = CHUNK - 100;

  /** Of one reading: where entries come and go without end, it must have one. */
  private static final int STEPS_BACK = 100;

  private static final int CANDIDATES = 200;
  private static final Comparator<VectorMatch> BEST_FIRST =
      Comparator.comparingDouble(VectorMatch::score).reversed().thenComparing(VectorMatch::id);

  private final String modelId;
  private final int dimension;
  private final ChromaApi api;
  private final String collection;

  private ChromaVectorStore(Builder builder) {
    modelId = builder.modelId;
    dimension = builder.dimension;
    api = new ChromaApi(builder.uri, builder.headers, builder.timeout);
    String collections =
        "/api/v2/tenants/" + builder.tenant + "/databases/" + builder.database + "/collections";
    Described found = api.get(collections + "/" + builder.name, ChromaVectorStore::described);
    if (found == null) {
      found =
          api.post(collections, json -> describe(json, builder.name), ChromaVectorStore::described);
    }
    if (!found.metadata.getOrDefault(MODEL, "").equals(modelId)
        || !found.metadata.getOrDefault(DIMENSION, "").equals("" + dimension)) {
      throw usage(
          "the collection '%s' holds vectors of model '%s' with %s numbers, not of '%s' with %d; name another"
              .formatted(
                  builder.name,
                  found.metadata.getOrDefault(MODEL, "unknown"),
                  found.metadata.getOrDefault(DIMENSION, "unknown"),
                  modelId,
                  dimension));
    }
    collection = collections + "/" + found.id + "/";
  }

  /**
   * A store to be described.
   *
   * @param uri of the server, such as {@code http://127.0.0.1:8000}
   * @param collection its name: 3 to 512 of {@code [a-zA-Z0-9._-]}; made if it is not there
   */
  public static Builder builder(URI uri, String collection, String modelId, int dimension) {
    return new Builder(uri, collection, modelId, dimension);
  }

  /** What Chroma says of a collection. */
  private static final class Described {
    private String id = "";
    private final Map<String, String> metadata = new HashMap<>();
  }

  private static Described described(JsonParser json) throws IOException {
    Described found = new Described();
    ChromaApi.fields(
        json,
        name -> {
          if (name.equals("id")) {
            found.id = json.getText();
          } else if (name.equals("metadata")) {
            ChromaApi.fields(json, key -> found.metadata.put(key, json.getText()));
          } else {
            json.skipChildren();
          }
        });
    return found;
  }

  private void describe(JsonGenerator json, String name) throws IOException {
    json.writeStringField("name", name);
    // Of two that come at once, one makes it and the other gets it.
    json.writeBooleanField("get_or_create", true);
    json.writeObjectFieldStart("metadata");
    json.writeStringField(MODEL, modelId);
    json.writeStringField(DIMENSION, "" + dimension);
    json.writeEndObject();
    json.writeObjectFieldStart("configuration");
    json.writeObjectFieldStart("hnsw");
    json.writeStringField("space", "cosine");
    json.writeNumberField("ef_construction", CANDIDATES);
    json.writeNumberField("ef_search", CANDIDATES);
    json.writeEndObject();
    json.writeEndObject();
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
  public long size() {
    Long count = api.get(collection + "count", JsonParser::getLongValue);
    if (count == null) {
      throw new LogSenseException(Category.EXTERNAL, "the collection is no longer there");
    }
    return count;
  }

  @Override
  public void upsert(Collection<VectorEntry> entries) {
    Map<String, VectorEntry> last = new LinkedHashMap<>();
    for (VectorEntry entry : entries) {
      check(entry.vector().length, "entry '" + entry.id() + "'");
      last.remove(entry.id());
      last.put(entry.id(), entry);
    }
    List<VectorEntry> all = List.copyOf(last.values());
    for (int from = 0; from < all.size(); from += CHUNK) {
      upsertSome(all.subList(from, Math.min(all.size(), from + CHUNK)));
    }
  }

  private void upsertSome(List<VectorEntry> entries) {
    Map<String, Set<String>> before = keys(entries.stream().map(VectorEntry::id).toList());
    api.post(
        collection + "upsert",
        json -> {
          ChromaJson.ids(json, entries.stream().map(VectorEntry::id).toList());
          json.writeArrayFieldStart("embeddings");
          for (VectorEntry entry : entries) {
            ChromaJson.vector(json, entry.vector());
          }
          json.writeEndArray();
          json.writeArrayFieldStart("metadatas");
          for (VectorEntry entry : entries) {
            ChromaJson.metadata(json, entry, before.getOrDefault(entry.id(), Set.of()));
          }
          json.writeEndArray();
        },
        json -> true);
  }

  /** The keys of the metadata of those entries that are there, by id. */
  private Map<String, Set<String>> keys(List<String> ids) {
    ChromaPage page =
        api.post(
            collection + "get",
            json -> {
              ChromaJson.ids(json, ids);
              ChromaJson.include(json, "metadatas");
            },
            json -> ChromaPage.flat(json));
    Map<String, Set<String>> keys = new HashMap<>();
    for (int i = 0; i < page.ids().size(); i++) {
      keys.put(page.ids().get(i), page.metadata(i).keySet());
    }
    return keys;
  }

  @Override
  public int remove(Collection<String> ids) {
    List<String> all = List.copyOf(new LinkedHashSet<>(ids));
    int removed = 0;
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> some =
          List.copyOf(keys(all.subList(from, Math.min(all.size(), from + CHUNK))).keySet());
      if (!some.isEmpty()) {
        api.post(collection + "delete", json -> ChromaJson.ids(json, some), json -> true);
        removed += some.size();
      }
    }
    return removed;
  }

  /** {@inheritDoc} All entries are read for it. */
  @Override
  public long mentions(Subject subject) {
    return naming(subject).size();
  }

  /**
   * {@inheritDoc} The server's log of writes keeps them until it is pruned: {@code chroma vacuum}.
   */
  @Override
  public long purge(Subject subject) {
    return remove(naming(subject));
  }

  /**
   * The ids of all entries that mention it. Pages are read by offset, and what others remove
   * meanwhile moves the rest up: each page has to show something of the one before, or the reading
   * steps back. New entries come last.
   */
  private List<String> naming(Subject subject) {
    Set<String> naming = new LinkedHashSet<>();
    Set<String> before = Set.of();
    int from = 0;
    int steps = 0;
    while (true) {
      ChromaPage page = page(from);
      List<String> ids = page.ids();
      if (from > 0 && Collections.disjoint(before, ids)) {
        if (++steps > STEPS_BACK) {
          throw new LogSenseException(
              Category.TRANSIENT,
              "entries are removed faster than they can be read; try again when fewer are");
        }
        from = Math.max(0, from - STEP);
        continue;
      }
      for (int i = 0; i < ids.size(); i++) {
        if (isNamed(subject, ids.get(i), page.metadata(i))) {
          naming.add(ids.get(i));
        }
      }
      if (ids.size() < CHUNK) {
        return List.copyOf(naming);
      }
      before = Set.copyOf(ids);
      from += STEP;
    }
  }

  private ChromaPage page(int from) {
    return api.post(
        collection + "get",
        json -> {
          json.writeNumberField("limit", CHUNK);
          json.writeNumberField("offset", from);
          ChromaJson.include(json, "metadatas");
        },
        json -> ChromaPage.flat(json));
  }

  private static boolean isNamed(Subject subject, String id, Map<String, String> metadata) {
    return subject.isIn(id) || subject.isIn(metadata);
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] vector = query.vector();
    check(vector.length, "the query");
    ChromaPage page =
        api.post(
            collection + "query",
            json -> {
              json.writeArrayFieldStart("query_embeddings");
              ChromaJson.vector(json, vector);
              json.writeEndArray();
              json.writeNumberField("n_results", query.limit());
              ChromaJson.where(json, query.filter());
              ChromaJson.include(json, "metadatas", "distances");
            },
            json -> ChromaPage.nested(json));
    List<VectorMatch> matches = new ArrayList<>();
    for (int i = 0; i < page.ids().size(); i++) {
      double score = Math.min(1, Math.max(0, 1 - page.distance(i)));
      matches.add(new VectorMatch(page.ids().get(i), score, page.metadata(i)));
    }
    matches.sort(BEST_FIRST);
    return matches;
  }

  private void check(int length, String what) {
    if (length != dimension) {
      throw usage(what + " has " + length + " numbers; this store holds vectors of " + dimension);
    }
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }

  /** Describes a store. */
  public static final class Builder {
    private final URI uri;
    private final String name;
    private final String modelId;
    private final int dimension;
    private String tenant = "default_tenant";
    private String database = "default_database";
    private Duration timeout = Duration.ofSeconds(10);
    private Map<String, String> headers = Map.of();

    private Builder(URI uri, String name, String modelId, int dimension) {
      this.uri = requireNonNull(uri, "uri");
      this.name = word("collection", name);
      this.modelId = requireNonNull(modelId, "modelId");
      this.dimension = dimension;
      if (uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw usage("the URI of Chroma must be like http://127.0.0.1:8000");
      }
      if (dimension < 1) {
        throw usage("the dimension of a vector store is " + dimension + "; give at least 1");
      }
    }

    /** Sets the tenant. Default {@code default_tenant}. */
    public Builder tenant(String value) {
      tenant = word("tenant", value);
      return this;
    }

    /** Sets the database. Default {@code default_database}. */
    public Builder database(String value) {
      database = word("database", value);
      return this;
    }

    /** Sends a token with every call, as {@code x-chroma-token}. Default: none. */
    public Builder token(String value) {
      headers = Map.of("x-chroma-token", value);
      return this;
    }

    /** Sets how long a call may take. Default 10 s. */
    public Builder timeout(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw usage("timeout is " + value + "; it must be positive");
      }
      timeout = value;
      return this;
    }

    /**
     * The store; its collection is made if it is not there.
     *
     * @throws LogSenseException (usage) when the collection is of another model or dimension;
     *     (transient or external) when the server cannot be reached or refuses
     */
    public ChromaVectorStore open() {
      return new ChromaVectorStore(this);
    }

    /** Names are parts of paths. */
    private static String word(String what, String value) {
      boolean plain =
          !value.isEmpty()
              && value
                  .chars()
                  .allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || "._-".indexOf(c) >= 0)
              && !value.startsWith(".");
      if (!plain) {
        throw usage(
            what
                + " is '"
                + value
                + "'; it may have letters, digits, dots, dashes and underscores");
      }
      return value;
    }
  }
}
