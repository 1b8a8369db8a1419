package io.logsense.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * An embedder that looks into Redis before it asks another one, so that processes embed a text once
 * for all of them. Thread-safe.
 *
 * <pre>{@code
 * Embedder embedder =
 *     EmbeddingCache.builder(RedisEmbeddingCache.builder(model, "redis.internal", 6379).build()).build();
 * }</pre>
 *
 * <p>No call fails, and none waits long, because of Redis: when it cannot be reached, refuses or
 * answers nonsense, the text is embedded, and Redis is left alone for {@link Builder#pause}.
 * Meanwhile vectors are remembered in memory, {@link Builder#memory} of them, and written to Redis
 * the next time they are asked for when it is back.
 *
 * <p>Texts are not kept: a key has the id of the model and 128 bits of the text's SHA-256. What is
 * found is used only if it is a unit vector of the model's dimension; who can write to that Redis
 * can still choose vectors, so let nobody else write there.
 */
public final class RedisEmbeddingCache implements Embedder, Measured, Purgeable {
  private static final int CHUNK = 256;

  private final Embedder embedder;
  private final RedisClient redis;
  private final SetParams expiry;
  private final long pauseNanos;
  private final Map<String, float[]> memory;
  private volatile long awaySince;
  private volatile boolean away;
  private final LongAdder found = new LongAdder();
  private final LongAdder embedded = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private RedisEmbeddingCache(Builder builder) {
    embedder = builder.embedder;
    pauseNanos = builder.pause.toNanos();
    expiry = SetParams.setParams().px(builder.timeToLive.toMillis());
    int most = builder.memory;
    memory =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > most;
          }
        };
    redis = client(builder);
  }

  private static RedisClient client(Builder builder) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxWait(builder.timeout);
    DefaultJedisClientConfig.Builder client =
        DefaultJedisClientConfig.builder()
            .timeoutMillis((int) Math.min(Integer.MAX_VALUE, builder.timeout.toMillis()))
            .user(builder.user)
            .password(builder.password)
            .database(builder.database)
            .clientName("logsense");
    if (builder.ssl) {
      client.sslOptions(SslOptions.defaults());
    }
    return RedisClient.builder()
        .hostAndPort(builder.host, builder.port)
        .poolConfig(pool)
        .clientConfig(client.build())
        .build();
  }

  /** A cache in front of {@code embedder}, in the Redis at that address. */
  public static Builder builder(Embedder embedder, String host, int port) {
    return new Builder(embedder, host, port);
  }

  /** That of the embedder behind. */
  @Override
  public ModelCard model() {
    return embedder.model();
  }

  @Override
  public float[][] embed(List<String> texts) {
    float[][] rows = new float[texts.size()][];
    for (int from = 0; from < rows.length; from += CHUNK) {
      embed(texts.subList(from, Math.min(rows.length, from + CHUNK)), rows, from);
    }
    return rows;
  }

  private void embed(List<String> texts, float[][] rows, int from) {
    List<String> keys =
        texts.stream().map(text -> VectorBytes.key(embedder.model().id(), text)).toList();
    boolean asked = look(keys, rows, from);
    Map<String, float[]> unwritten = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (rows[from + i] == null) {
        float[] remembered = remembered(keys.get(i));
        if (remembered == null) {
          missing.put(keys.get(i), texts.get(i));
        } else {
          unwritten.put(keys.get(i), remembered);
        }
      }
    }
    found.add(keys.size() - missing.size());
    if (!missing.isEmpty()) {
      float[][] made = embedder.embed(List.copyOf(missing.values()));
      embedded.add(made.length);
      int next = 0;
      for (String key : missing.keySet()) {
        unwritten.put(key, made[next++]);
      }
    }
    if (!unwritten.isEmpty() && !(asked && write(unwritten))) {
      remember(unwritten);
    }
    for (int i = 0; i < keys.size(); i++) {
      if (rows[from + i] == null) {
        rows[from + i] = requireNonNull(unwritten.get(keys.get(i))).clone();
      }
    }
  }

  /** Fills in the rows that Redis has; false when it was not asked or did not answer. */
  private boolean look(List<String> keys, float[][] rows, int from) {
    if (away && System.nanoTime() - awaySince < pauseNanos) {
      return false;
    }
    try {
      List<byte[]> values =
          redis.mget(keys.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new));
      for (int i = 0; i < values.size(); i++) {
        rows[from + i] = VectorBytes.vector(values.get(i), embedder.model().dimension());
      }
      away = false;
      return true;
    } catch (RuntimeException e) { // whatever it is, the cache must not fail the call
      failed();
      return false;
    }
  }

  private boolean write(Map<String, float[]> vectors) {
    try (Pipeline pipeline = redis.pipelined()) {
      vectors.forEach(
          (key, vector) -> pipeline.set(key.getBytes(UTF_8), VectorBytes.of(vector), expiry));
      for (Object answer : pipeline.syncAndReturnAll()) {
        if (answer instanceof RuntimeException refused) {
          throw refused;
        }
      }
      return true;
    } catch (RuntimeException e) { // as above: of a Redis that is full or read-only, for instance
      failed();
      return false;
    }
  }

  private void failed() {
    failures.increment();
    redis.getPool().clear(); // its other idle connections are as good as this one
    awaySince = System.nanoTime();
    away = true;
  }

  private float @Nullable [] remembered(String key) {
    synchronized (memory) {
      return memory.get(key);
    }
  }

  private void remember(Map<String, float[]> vectors) {
    synchronized (memory) {
      memory.putAll(vectors);
    }
  }

  /** All vectors of all models that are kept in that Redis: a key does not tell its text. */
  @Override
  public long mentions(Subject subject) {
    return keys().size() + (long) rememberedHere();
  }

  /** Removes all vectors of all models, as a key does not tell its text. */
  @Override
  public long purge(Subject subject) {
    int here;
    synchronized (memory) {
      here = memory.size();
      memory.clear();
    }
    List<byte[]> keys = keys();
    try {
      for (int from = 0; from < keys.size(); from += CHUNK) {
        redis.del(keys.subList(from, Math.min(keys.size(), from + CHUNK)).toArray(byte[][]::new));
      }
    } catch (JedisException e) {
      throw unreachable(e);
    }
    return keys.size() + (long) here;
  }

  private int rememberedHere() {
    synchronized (memory) {
      return memory.size();
    }
  }

  private List<byte[]> keys() {
    ScanParams all = new ScanParams().match(VectorBytes.PREFIX + '*').count(CHUNK);
    Map<String, byte[]> keys = new TreeMap<>(); // a scan may tell of a key twice
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    try {
      do {
        ScanResult<byte[]> some = redis.scan(cursor, all);
        some.getResult().forEach(key -> keys.put(new String(key, UTF_8), key));
        cursor = some.getCursorAsBytes();
      } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
      return List.copyOf(keys.values());
    } catch (JedisException e) {
      throw unreachable(e);
    }
  }

  private static LogSenseException unreachable(JedisException e) {
    return new LogSenseException(
        Category.TRANSIENT, "Redis does not answer; vectors there are not purged: " + e, e);
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.counter(
            "logsense.embedding.redis.found",
            "{text}",
            "Texts whose vector was remembered.",
            found::sum),
        Measure.counter(
            "logsense.embedding.redis.embedded",
            "{text}",
            "Texts that had to be embedded.",
            embedded::sum),
        Measure.counter(
            "logsense.embedding.redis.failures",
            "{call}",
            "Calls of Redis that failed, each followed by a pause.",
            failures::sum),
        Measure.gauge(
            "logsense.embedding.redis.away",
            "1",
            "1 while Redis cannot be used, else 0.",
            () -> away ? 1 : 0));
  }

  /** Closes the connections, and the embedder behind. */
  @Override
  public void close() {
    redis.close();
    embedder.close();
  }

  /** Describes a cache. */
  public static final class Builder {
    private final Embedder embedder;
    private final String host;
    private final int port;
    private int database;
    private boolean ssl;
    private @Nullable String user;
    private @Nullable String password;
    private Duration timeout = Duration.ofMillis(500);
    private Duration pause = Duration.ofSeconds(5);
    private Duration timeToLive = Duration.ofDays(30);
    private int memory = 10_000;

    private Builder(Embedder embedder, String host, int port) {
      this.embedder = embedder;
      this.host = host;
      this.port = port;
    }

    /** Sets the number of the database. Default 0. */
    public Builder database(int value) {
      database = value;
      return this;
    }

    /** Speaks TLS; the JVM's trust store says whom to believe. Default: not. */
    public Builder ssl() {
      ssl = true;
      return this;
    }

    /** Sets who logs in; {@code name} null for a server with a password alone. */
    public Builder credentials(@Nullable String name, String secret) {
      user = name;
      password = secret;
      return this;
    }

    /** Sets how long to wait for a connection or an answer. Default 500 ms. */
    public Builder timeout(Duration value) {
      timeout = positive("timeout", value);
      return this;
    }

    /** Sets how long Redis is left alone after a failure. Default 5 s. */
    public Builder pause(Duration value) {
      pause = positive("pause", value);
      return this;
    }

    /** Sets how long Redis keeps a vector after it was computed. Default 30 days. */
    public Builder timeToLive(Duration value) {
      timeToLive = positive("timeToLive", value);
      return this;
    }

    /**
     * Sets how many vectors are remembered here while Redis is away; those asked for last stay.
     * Default 10,000: 17 MB for 384 numbers.
     */
    public Builder memory(int value) {
      if (value < 0) {
        throw usage("memory is " + value + "; it must not be negative");
      }
      memory = value;
      return this;
    }

    /** The cache; Redis is asked with the first text. */
    public RedisEmbeddingCache build() {
      return new RedisEmbeddingCache(this);
    }

    private static Duration positive(String name, Duration value) {
      if (value.toMillis() < 1 || value.toSeconds() > TimeUnit.DAYS.toSeconds(10_000)) {
        throw usage(name + " is " + value + "; it must be 1 ms to 10,000 days");
      }
      return value;
    }

    private static LogSenseException usage(String message) {
      return new LogSenseException(Category.USAGE, message);
    }
  }
}
