package io.logsense;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.telemetry.Measure;
import io.logsense.api.telemetry.Measured;
import io.logsense.internal.embed.VectorCache;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * An embedder that remembers vectors of another one, for models that take milliseconds for a text.
 * Thread-safe.
 *
 * <p>Texts that differ in white space only are one text. Of several threads that ask for one text,
 * one embeds it; of a batch, only what is missing is embedded, in one call and in its order. When
 * the cache is full, texts asked for often stay (W-TinyLFU).
 *
 * <p>Texts are not kept, only 128 bits of their SHA-256.
 */
public final class EmbeddingCache implements Embedder, Measured, Purgeable {
  /** Key, time, headers of objects and the cache's own bookkeeping of one vector, about. */
  private static final int OVERHEAD = 250;

  private final Embedder embedder;
  private final VectorCache vectors;
  private final long bytesEach;
  private final LongAdder requested = new LongAdder();
  private final LongAdder embedded = new LongAdder();

  private EmbeddingCache(Builder builder) {
    embedder = builder.embedder;
    bytesEach = OVERHEAD + (long) Float.BYTES * embedder.model().dimension();
    vectors =
        new VectorCache(
            embedder, Math.max(1, builder.maxBytes / bytesEach), builder.timeToLive, builder.clock);
  }

  /** A builder of a cache in front of {@code embedder}. */
  public static Builder builder(Embedder embedder) {
    return new Builder(embedder);
  }

  /** That of the embedder behind. */
  @Override
  public ModelCard model() {
    return embedder.model();
  }

  @Override
  public float[][] embed(List<String> texts) {
    float[][] rows = new float[texts.size()][];
    embedded.add(vectors.embed(texts, rows));
    requested.add(rows.length);
    return rows;
  }

  /** What the cache has done since it was made, and what it holds. */
  public Stats stats() {
    long entries = vectors.size();
    return new Stats(requested.sum(), embedded.sum(), entries, entries * bytesEach);
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.counter(
            "logsense.embedding.requested",
            "{text}",
            "Texts whose vector was asked for.",
            () -> stats().requested()),
        Measure.counter(
            "logsense.embedding.embedded",
            "{text}",
            "Texts that had to be embedded: the cache had no vector.",
            () -> stats().embedded()),
        Measure.gauge(
            "logsense.embedding.bytes", "By", "Size of the cache.", () -> stats().bytes()));
  }

  /** All vectors, as texts are not kept and any may be of the subject; those behind as well. */
  @Override
  public long mentions(Subject subject) {
    return vectors.size() + (embedder instanceof Purgeable behind ? behind.mentions(subject) : 0);
  }

  /**
   * Forgets all vectors, and the embedder behind what it can; a file that was {@linkplain #save
   * saved} is to be saved again.
   */
  @Override
  public long purge(Subject subject) {
    long purged = vectors.size();
    vectors.clear();
    return purged + (embedder instanceof Purgeable behind ? behind.purge(subject) : 0);
  }

  /** Forgets all vectors. Those that are being embedded meanwhile may still be kept. */
  public void clear() {
    vectors.clear();
  }

  /**
   * Writes the vectors to {@code file} in the format of docs/state.md. A failure or a crash leaves
   * the file that was there.
   *
   * @throws LogSenseException (external) when it cannot be written
   */
  public void save(Path file) {
    vectors.save(file);
  }

  /**
   * Adds the vectors that {@link #save} wrote, with the age they have, and returns how many. A file
   * that does not exist holds none.
   *
   * @throws LogSenseException (external) when the file is damaged, or of another model; the cache
   *     stays as it was
   */
  public int load(Path file) {
    return vectors.load(file);
  }

  /** Closes the embedder behind. */
  @Override
  public void close() {
    embedder.close();
  }

  /**
   * Counts of a cache.
   *
   * @param requested texts asked for, successfully
   * @param embedded how many of them had to be embedded
   * @param entries vectors held
   * @param bytes heap that they take, about
   */
  public record Stats(long requested, long embedded, long entries, long bytes) {
    /** The share of texts that needed no embedding, in [0, 1]; 0 before the first. */
    public double hitRate() {
      return requested == 0 ? 0 : 1 - (double) embedded / requested;
    }
  }

  /** Collects settings. */
  public static final class Builder {
    private final Embedder embedder;
    private long maxBytes = 64L << 20;
    private Duration timeToLive = Duration.ofDays(7);
    private InstantSource clock = InstantSource.system();

    private Builder(Embedder embedder) {
      this.embedder = embedder;
    }

    /** Sets the heap for vectors, about. Default 64 MiB: 37,000 vectors of 384 numbers. */
    public Builder maxBytes(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("maxBytes is " + value + "; it must be at least 1");
      }
      maxBytes = value;
      return this;
    }

    /** Sets how long a vector is used after it was computed. Default 7 days. */
    public Builder timeToLive(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("timeToLive is " + value + "; it must be positive");
      }
      timeToLive = value;
      return this;
    }

    /** Sets where the time comes from. Default the system's clock. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** An empty cache. */
    public EmbeddingCache build() {
      return new EmbeddingCache(this);
    }
  }
}
