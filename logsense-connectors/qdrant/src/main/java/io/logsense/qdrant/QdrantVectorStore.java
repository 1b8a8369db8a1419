package io.logsense.qdrant;

import static java.util.Objects.requireNonNull;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in a collection of Qdrant, 1.16 or newer, which other processes may use too; over gRPC.
 *
 * <pre>{@code
 * try (QdrantVectorStore store =
 *     QdrantVectorStore.builder(URI.create("http://127.0.0.1:6334"), "groups", card.id(), card.dimension())
 *         .open()) {
 *   store.upsert(entries);
 * }
 * }</pre>
 *
 * <p>What Qdrant does otherwise than {@link VectorStore} asks, and what is done about it:
 *
 * <ul>
 *   <li>Its ids are numbers and UUIDs: those of entries are hashed, and kept beside the vector.
 *   <li>It does not say how many entries it removed: those that are there are counted before. Of
 *       two that remove one entry at the same moment, both may count it.
 *   <li>Where the limit cuts between equal scores, it chooses otherwise than by id.
 *   <li>In a cluster with replicas, a search may ask one that is behind.
 * </ul>
 *
 * <p>Thread-safe. Every call is made once: nothing is tried again here.
 */
public final class QdrantVectorStore implements VectorStore, Purgeable, AutoCloseable {
  private static final int BATCH = 1_000;
  private static final int BATCH_BYTES = 4 << 20;

  /** What may come with a point, in a question or an answer. */
  private static final int ENVELOPE = 1_024;

  private static final Comparator<VectorMatch> BEST_FIRST =
      Comparator.comparingDouble(VectorMatch::score).reversed().thenComparing(VectorMatch::id);

  private final String modelId;
  private final int dimension;
  private final int messageBytes;
  private final String collection;
  private final QdrantCalls calls;

  private QdrantVectorStore(Builder builder, QdrantCalls calls) {
    this.modelId = builder.modelId;
    this.dimension = builder.dimension;
    this.messageBytes = builder.messageBytes;
    this.collection = builder.collection;
    this.calls = calls;
  }

  /**
   * A store to be described.
   *
   * @param uri of the server's gRPC interface, such as {@code http://127.0.0.1:6334} or {@code
   *     https://qdrant.example.com}; {@code https} is TLS with what the JVM trusts, the port is
   *     6334 where none is named
   * @param collection its name, of at most 255 characters; made if it is not there
   * @param dimension 1 to 65,536
   */
  public static Builder builder(URI uri, String collection, String modelId, int dimension) {
    return new Builder(uri, collection, modelId, dimension);
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
    return count(Filter.getDefaultInstance());
  }

  @Override
  public void upsert(Collection<VectorEntry> entries) {
    Map<String, VectorEntry> last = new LinkedHashMap<>();
    for (VectorEntry entry : entries) {
      check(entry.vector().length, "entry '" + entry.id() + "'");
      last.put(entry.id(), entry);
    }
    UpsertPoints.Builder batch = UpsertPoints.newBuilder();
    int bytes = 0;
    for (VectorEntry entry : last.values()) {
      PointStruct point = QdrantPoints.point(entry);
      int size = point.getSerializedSize();
      checkSize(entry, size);
      if (batch.getPointsCount() == BATCH || bytes + (long) size > BATCH_BYTES) {
        send(batch);
        batch.clear();
        bytes = 0;
      }
      batch.addPoints(point);
      bytes += size;
    }
    send(batch);
  }

  private void send(UpsertPoints.Builder batch) {
    if (batch.getPointsCount() > 0) {
      UpsertPoints points = batch.setCollectionName(collection).setWait(true).build();
      finished(calls.points(qdrant -> qdrant.upsert(points)));
    }
  }

  @Override
  public int remove(Collection<String> ids) {
    return removeAll(ids.stream().map(QdrantPoints::id).distinct().toList());
  }

  /** {@inheritDoc} All entries are read for it. */
  @Override
  public long mentions(Subject subject) {
    return new Mentions(calls, collection).of(subject).size();
  }

  /**
   * {@inheritDoc} Qdrant frees their place on its disk and writes over it later: its log of writes
   * and its segments have them until it prunes these, and its snapshots for good.
   */
  @Override
  public long purge(Subject subject) {
    return removeAll(new Mentions(calls, collection).of(subject));
  }

  private int removeAll(List<PointId> points) {
    int removed = 0;
    for (int from = 0; from < points.size(); from += BATCH) {
      removed += removeSome(points.subList(from, Math.min(from + BATCH, points.size())));
    }
    return removed;
  }

  private int removeSome(List<PointId> points) {
    long there = count(Filter.newBuilder().addMust(ConditionFactory.hasId(points)).build());
    if (there > 0) {
      DeletePoints deletion =
          DeletePoints.newBuilder()
              .setCollectionName(collection)
              .setPoints(
                  PointsSelector.newBuilder()
                      .setPoints(PointsIdsList.newBuilder().addAllIds(points)))
              .setWait(true)
              .build();
      finished(calls.points(qdrant -> qdrant.delete(deletion)));
    }
    return (int) there;
  }

  /** Of a write that was waited for. */
  private static void finished(PointsOperationResponse response) {
    UpdateStatus status = response.getResult().getStatus();
    if (status != UpdateStatus.Completed) {
      throw new LogSenseException(
          Category.TRANSIENT, "Qdrant took a write and has not finished it: " + status);
    }
  }

  private long count(Filter filter) {
    CountPoints question =
        CountPoints.newBuilder()
            .setCollectionName(collection)
            .setFilter(filter)
            .setExact(true)
            .build();
    return calls.points(qdrant -> qdrant.count(question)).getResult().getCount();
  }

  @Override
  public List<VectorMatch> search(VectorQuery query) {
    float[] vector = query.vector();
    check(vector.length, "the query");
    QueryPoints.Builder question =
        QueryPoints.newBuilder()
            .setCollectionName(collection)
            .setQuery(QueryFactory.nearest(vector))
            .setFilter(QdrantPoints.filter(query.filter()))
            .setLimit(query.limit())
            .setWithPayload(WithPayloadSelectorFactory.enable(true));
    if (query.effort() > 0) {
      question.setParams(
          SearchParams.newBuilder().setHnswEf(Math.max(query.effort(), query.limit())));
    }
    return calls.points(qdrant -> qdrant.query(question.build())).getResultList().stream()
        .map(QdrantPoints::match)
        .sorted(BEST_FIRST)
        .toList();
  }

  private void check(int length, String what) {
    if (length != dimension) {
      throw usage(what + " has " + length + " numbers; this store holds vectors of " + dimension);
    }
  }

  private void checkSize(VectorEntry entry, int bytes) {
    if (bytes > messageBytes - ENVELOPE) {
      throw new LogSenseException(
          Category.LIMIT,
          "entry '%s' has %d bytes, with messageBytes at %d; raise that, or give it less metadata"
              .formatted(entry.id(), bytes, messageBytes));
    }
  }

  private static LogSenseException usage(String message) {
    return new LogSenseException(Category.USAGE, message);
  }

  /** Ends the connection; the collection stays. */
  @Override
  public void close() {
    calls.close();
  }

  /** Describes a store. */
  public static final class Builder {
    private static final int MAX_DIMENSION = 65_536;
    private static final int LEAST_MESSAGE = 64 << 10;

    private final URI uri;
    private final String collection;
    private final String modelId;
    private final int dimension;
    private @Nullable String apiKey;
    private Duration timeout = Duration.ofSeconds(10);
    private int messageBytes = 64 << 20;

    private Builder(URI uri, String collection, String modelId, int dimension) {
      this.uri = requireNonNull(uri, "uri");
      this.collection = requireNonNull(collection, "collection");
      this.modelId = requireNonNull(modelId, "modelId");
      this.dimension = dimension;
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!known || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw usage("the URI of Qdrant must be like http://127.0.0.1:6334, without a user");
      }
      if (dimension < 1 || dimension > MAX_DIMENSION) {
        throw usage(
            "the dimension of a vector store is " + dimension + "; give 1 to " + MAX_DIMENSION);
      }
    }

    /** Sends a key or a token with every call, as {@code api-key}. Default: none. */
    public Builder apiKey(String value) {
      if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw usage("the API key is empty or has other than the visible characters of ASCII");
      }
      apiKey = value;
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
     * Sets how large an entry that is stored and an answer may be, in bytes, 64 KiB or more.
     * Default 64 MiB.
     */
    public Builder messageBytes(int value) {
      if (value < LEAST_MESSAGE) {
        throw usage("messageBytes is " + value + "; give " + LEAST_MESSAGE + " or more");
      }
      messageBytes = value;
      return this;
    }

    /**
     * The store; its collection is made if it is not there.
     *
     * @throws LogSenseException (usage) when the collection is of another model, dimension or
     *     distance; (transient or external) when the server cannot be reached or refuses
     */
    public QdrantVectorStore open() {
      QdrantCalls calls = new QdrantCalls(uri, apiKey, timeout, messageBytes);
      try {
        new QdrantCollection(calls, collection).prepare(modelId, dimension);
        return new QdrantVectorStore(this, calls);
      } catch (RuntimeException e) {
        calls.close();
        throw e;
      }
    }
  }
}
