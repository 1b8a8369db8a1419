package io.logsense.internal.embed;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one embedder by {@link EmbeddingKey}, evicted by W-TinyLFU (Einziger, Friedman and
 * Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 2017) and by age.
 *
 * <p>Whoever asks for an absent key first embeds it, on his own thread; who asks meanwhile waits.
 * Nobody waits before he has embedded what he owes to others, so there is no circle of waiting.
 */
public final class VectorCache {
  private static final Comparator<EmbeddingKey> BY_KEY =
      Comparator.comparingLong(EmbeddingKey::high).thenComparingLong(EmbeddingKey::low);

  private final Embedder embedder;
  private final InstantSource clock;
  private final Age age;
  private final AsyncCache<EmbeddingKey, CachedVector> cache;

  /**
   * A cache of at most {@code maxEntries} vectors, none of which is older than {@code timeToLive}.
   */
  public VectorCache(Embedder embedder, long maxEntries, Duration timeToLive, InstantSource clock) {
    this.embedder = embedder;
    this.clock = clock;
    age = new Age(timeToLive, clock);
    cache =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .expireAfter(age)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            // Upkeep is short; it needs no thread of the host.
            .executor(Runnable::run)
            .buildAsync();
  }

  /** The rows of {@code texts}, and how many of them had to be embedded. */
  public int embed(List<String> texts, float[][] rows) {
    EmbeddingKey.Maker keys = new EmbeddingKey.Maker(embedder.model());
    List<EmbeddingKey> order = new ArrayList<>(texts.size());
    Map<EmbeddingKey, String> wanted = new LinkedHashMap<>();
    for (String text : texts) {
      String normalised = EmbeddingKey.normalise(text);
      EmbeddingKey key = keys.key(normalised);
      order.add(key);
      wanted.put(key, normalised);
    }
    Load load = new Load(wanted);
    Map<EmbeddingKey, CachedVector> found = Map.of();
    while (found.size() < wanted.size()) {
      // Less than wanted: another caller's embedding failed, and the next round makes it ours.
      found = answer(cache.getAll(wanted.keySet(), (absent, executor) -> load.of(absent)));
      load.rethrow();
    }
    for (int i = 0; i < rows.length; i++) {
      CachedVector vector = found.get(order.get(i));
      rows[i] = vector == null ? new float[0] : vector.row().clone();
    }
    return load.embedded;
  }

  private static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogSenseException(
          Category.TRANSIENT, "interrupted while another thread embeds the same text", e);
    } catch (ExecutionException e) {
      throw new LogSenseException(Category.DEFECT, "the cache of embeddings failed", e);
    }
  }

  /** How many vectors there are. */
  public long size() {
    cache.synchronous().cleanUp();
    return cache.synchronous().estimatedSize();
  }

  /** Forgets all vectors. */
  public void clear() {
    cache.synchronous().invalidateAll();
  }

  /** Writes all vectors to {@code file}, in the order of their keys. */
  public void save(Path file) {
    SortedMap<EmbeddingKey, CachedVector> vectors = new TreeMap<>(BY_KEY);
    vectors.putAll(cache.synchronous().asMap());
    try {
      EmbeddingFile.write(file, embedder.model(), vectors);
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  /** Adds the vectors in {@code file} that are young enough; all or none. Returns how many. */
  public int load(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    Map<EmbeddingKey, CachedVector> vectors;
    try {
      vectors = EmbeddingFile.read(file, embedder.model());
    } catch (IOException e) {
      throw failure("read", file, e);
    }
    vectors.values().removeIf(vector -> age.left(vector) == 0);
    vectors.forEach((key, vector) -> cache.synchronous().asMap().putIfAbsent(key, vector));
    return vectors.size();
  }

  private static LogSenseException failure(String verb, Path file, IOException e) {
    String message = e.getMessage() == null ? "it ends too early" : e.getMessage();
    return new LogSenseException(
        Category.EXTERNAL,
        "cannot "
            + verb
            + " embeddings in "
            + file
            + ": "
            + message
            + "; delete it or name another",
        e);
  }

  /** What one call embeds. Its failure is kept from the cache, which would log it. */
  private final class Load {
    private final Map<EmbeddingKey, String> wanted;
    private int embedded;
    private @Nullable RuntimeException failure;

    Load(Map<EmbeddingKey, String> wanted) {
      this.wanted = wanted;
    }

    CompletableFuture<Map<EmbeddingKey, CachedVector>> of(Set<? extends EmbeddingKey> absent) {
      List<EmbeddingKey> keys = new ArrayList<>(wanted.keySet());
      keys.removeIf(key -> !absent.contains(key));
      try {
        float[][] rows = embedder.embed(keys.stream().map(wanted::get).toList());
        check(rows, keys.size());
        Map<EmbeddingKey, CachedVector> vectors = new HashMap<>();
        for (int i = 0; i < rows.length; i++) {
          vectors.put(keys.get(i), new CachedVector(rows[i], clock.millis()));
        }
        embedded += rows.length;
        return completedFuture(vectors);
      } catch (RuntimeException e) {
        failure = e;
        return completedFuture(Collections.emptyMap());
      }
    }

    private void check(float[][] rows, int expected) {
      int dimension = embedder.model().dimension();
      boolean isDefect = rows.length != expected;
      for (float[] row : rows) {
        isDefect |= row.length != dimension;
      }
      if (isDefect) {
        throw new LogSenseException(
            Category.DEFECT,
            String.format(
                "embedder %s gave %d rows for %d texts, or rows not of %d numbers; report it",
                embedder.model().id(), rows.length, expected, dimension));
      }
    }

    void rethrow() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Lets a vector live from when it was computed, which may have been before a restart. */
  private static final class Age implements Expiry<EmbeddingKey, CachedVector> {
    private final long timeToLive;
    private final InstantSource clock;

    Age(Duration timeToLive, InstantSource clock) {
      this.timeToLive = timeToLive.toMillis();
      this.clock = clock;
    }

    /** Milliseconds that are left of its life. */
    long left(CachedVector vector) {
      return Math.max(0, timeToLive - Math.max(0, clock.millis() - vector.computed()));
    }

    @Override
    public long expireAfterCreate(EmbeddingKey key, CachedVector vector, long now) {
      return TimeUnit.MILLISECONDS.toNanos(left(vector));
    }

    @Override
    public long expireAfterUpdate(EmbeddingKey key, CachedVector vector, long now, long left) {
      return expireAfterCreate(key, vector, now);
    }

    @Override
    public long expireAfterRead(EmbeddingKey key, CachedVector vector, long now, long left) {
      return left;
    }
  }
}
