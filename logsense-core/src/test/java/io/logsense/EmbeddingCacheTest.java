package io.logsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import io.logsense.api.embed.TextLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddingCacheTest {
  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Counting embedder = new Counting("lengths", 4);
  private final EmbeddingCache cache = cacheOf(embedder);

  /** Embeds a text as its length and first letter, and remembers what it was asked. */
  private static class Counting implements Embedder {
    final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
    private final ModelCard model;
    boolean closed;

    Counting(String id, int dimension) {
      model = new ModelCard(id, dimension, TextLimit.of(512, TextLimit.Unit.TOKENS), 0.9, 0.8);
    }

    @Override
    public ModelCard model() {
      return model;
    }

    @Override
    public float[][] embed(List<String> texts) {
      calls.add(texts);
      return texts.stream().map(this::row).toArray(float[][]::new);
    }

    float[] row(String text) {
      double angle = text.length() + 0.01 * text.hashCode();
      float[] row = new float[model.dimension()];
      row[0] = (float) Math.cos(angle);
      row[1] = (float) Math.sin(angle);
      return row;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private EmbeddingCache cacheOf(Embedder behind) {
    return settings(behind).build();
  }

  private EmbeddingCache.Builder settings(Embedder behind) {
    return EmbeddingCache.builder(behind)
        .clock(InstantSource.tick(() -> now, Duration.ofMillis(1)));
  }

  @Test
  void whatIsMissingIsEmbeddedInOneCallAndInOrder() {
    cache.embed(List.of("b", "d"));
    assertThat(cache.embed(List.of("c", "d", "a", "b", "c")))
        .isDeepEqualTo(
            new float[][] {
              embedder.row("c"),
              embedder.row("d"),
              embedder.row("a"),
              embedder.row("b"),
              embedder.row("c")
            });
    assertThat(embedder.calls).containsExactly(List.of("b", "d"), List.of("c", "a"));
    assertThat(cache.stats().requested()).isEqualTo(7);
    assertThat(cache.stats().embedded()).isEqualTo(4);
    assertThat(cache.stats().hitRate()).isCloseTo(3.0 / 7, Offset.offset(1e-9));
    assertThat(cache.embed(List.of())).isEmpty();
  }

  @Test
  void whiteSpaceDoesNotTellTextsApartButCaseDoes() {
    cache.embed(
        List.of(" no\t route\r\n  to host \u0000", "no route to host", "No route to host", " "));
    assertThat(embedder.calls).containsExactly(List.of("no route to host", "No route to host", ""));
  }

  @Test
  void brokenSurrogatesAreNotTakenForEachOther() {
    cache.embed(List.of("a\uD800", "a\uDC00", "a?", "a\uFFFD"));
    assertThat(cache.stats().embedded()).isEqualTo(4);
  }

  @Test
  void theCallerOwnsTheRows() {
    cache.embed(List.of("a"))[0][0] = 42;
    cache.embed(List.of("a"))[0][0] = 43;
    float[][] twice = cache.embed(List.of("a", "a"));
    assertThat(twice[0]).isEqualTo(embedder.row("a")).isNotSameAs(twice[1]);
  }

  @Test
  void aVectorLivesAWeekFromWhenItWasComputed() {
    cache.embed(List.of("a"));
    now = now.plus(Duration.ofDays(7)).minusMillis(1);
    cache.embed(List.of("a"));
    assertThat(embedder.calls).hasSize(1);
    now = now.plusMillis(1);
    cache.embed(List.of("a"));
    assertThat(embedder.calls).hasSize(2);
  }

  @Test
  void theCacheStaysWithinItsBytes() {
    EmbeddingCache small = settings(embedder).maxBytes(100_000).build();
    for (int i = 0; i < 10_000; i++) {
      small.embed(List.of("text " + i));
    }
    EmbeddingCache.Stats stats = small.stats();
    assertThat(stats.bytes()).isBetween(50_000L, 100_000L);
    assertThat(stats.entries()).isBetween(200L, 400L);
  }

  @Test
  void clearForgetsEverything() {
    cache.embed(List.of("a", "b"));
    cache.clear();
    assertThat(cache.stats().entries()).isZero();
    cache.embed(List.of("a"));
    assertThat(embedder.calls).hasSize(2);
  }

  @Test
  void aTextThatManyThreadsAskForIsEmbeddedOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Counting slow =
        new Counting("slow", 4) {
          @Override
          public float[][] embed(List<String> texts) {
            asked.countDown();
            awaitUninterruptibly(answered);
            return super.embed(texts);
          }
        };
    EmbeddingCache shared = cacheOf(slow);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[][]>> rows = new ArrayList<>();
      rows.add(threads.submit(() -> shared.embed(List.of("a", "b"))));
      asked.await();
      for (int i = 0; i < 3; i++) {
        rows.add(threads.submit(() -> shared.embed(List.of("b", "a"))));
      }
      answered.countDown();
      for (Future<float[][]> row : rows) {
        assertThat(row.get()).hasNumberOfRows(2);
      }
      assertThat(slow.calls).containsExactly(List.of("a", "b"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void batchesThatOverlapInAnyOrderAllEnd() throws Exception {
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "text " + i).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[][]>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        List<String> some = new ArrayList<>(texts);
        Collections.rotate(some, 17 * i);
        all.add(threads.submit(() -> cache.embed(some.subList(0, 100))));
      }
      for (Future<float[][]> rows : all) {
        assertThat(rows.get()).hasNumberOfRows(100);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(embedder.calls.stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void aFailureReachesItsCallerAndAnotherCallerTriesAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    Counting flaky =
        new Counting("flaky", 4) {
          @Override
          public float[][] embed(List<String> texts) {
            if (calls.isEmpty()) {
              calls.add(texts);
              asked.countDown();
              awaitUninterruptibly(waiting);
              throw new LogSenseException(Category.TRANSIENT, "the server is restarting");
            }
            return super.embed(texts);
          }
        };
    EmbeddingCache shared = cacheOf(flaky);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<float[][]> first = threads.submit(() -> shared.embed(List.of("a", "b")));
      asked.await();
      Thread[] second = new Thread[1];
      Future<float[][]> other =
          threads.submit(
              () -> {
                second[0] = Thread.currentThread();
                return shared.embed(List.of("b"));
              });
      await().until(() -> second[0] != null && second[0].getState() == Thread.State.WAITING);
      waiting.countDown();
      assertThatThrownBy(first::get).hasRootCauseMessage("the server is restarting");
      assertThat(other.get()).isDeepEqualTo(new float[][] {flaky.row("b")});
    } finally {
      threads.shutdownNow();
    }
    assertThat(shared.stats().embedded()).isEqualTo(1);
  }

  @Test
  void anEmbedderThatGivesTooFewRowsIsToldSo() {
    Embedder broken =
        new Counting("broken", 4) {
          @Override
          public float[][] embed(List<String> texts) {
            return new float[1][4];
          }
        };
    assertThatThrownBy(() -> cacheOf(broken).embed(List.of("a", "b")))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("broken gave 1 rows for 2 texts");
  }

  @Test
  void vectorsSurviveARestartWithTheirAge() {
    Path file = directory.resolve("cache/vectors.lsev");
    cache.embed(List.of("old"));
    now = now.plus(Duration.ofDays(4));
    cache.embed(List.of("young", "too"));
    cache.save(file);

    EmbeddingCache next = cacheOf(embedder);
    now = now.plus(Duration.ofDays(4));
    assertThat(next.load(file)).isEqualTo(2);
    embedder.calls.clear();
    assertThat(next.embed(List.of("young", "old"))[0]).isEqualTo(embedder.row("young"));
    assertThat(embedder.calls).containsExactly(List.of("old"));
    now = now.plus(Duration.ofDays(3));
    next.embed(List.of("young"));
    assertThat(embedder.calls).hasSize(2);
  }

  @Test
  void equalContentsGiveEqualFiles() throws IOException {
    EmbeddingCache other = cacheOf(embedder);
    cache.embed(List.of("a", "b", "c"));
    other.embed(List.of("c"));
    other.embed(List.of("b", "a"));
    cache.save(directory.resolve("one"));
    other.save(directory.resolve("two"));
    assertThat(directory.resolve("one")).hasSameBinaryContentAs(directory.resolve("two"));
    assertThat(Files.list(directory)).hasSize(2);
  }

  @Test
  void aFileThatDoesNotExistHoldsNothing() {
    assertThat(cache.load(directory.resolve("none"))).isZero();
  }

  @Test
  void aDamagedFileIsRefusedAsAWhole() throws IOException {
    cache.embed(List.of("a", "b", "c"));
    Path file = directory.resolve("vectors");
    cache.save(file);
    byte[] good = Files.readAllBytes(file);
    EmbeddingCache next = cacheOf(embedder);
    for (int i = 0; i < good.length; i++) {
      byte[] damaged = good.clone();
      damaged[i] ^= 0x10;
      refuses(next, file, damaged);
      byte[] cut = new byte[i];
      System.arraycopy(good, 0, cut, 0, i);
      refuses(next, file, cut);
    }
    byte[] longer = new byte[good.length + 1];
    System.arraycopy(good, 0, longer, 0, good.length);
    refuses(next, file, longer);
    assertThat(next.stats().entries()).isZero();
    Files.write(file, good);
    assertThat(next.load(file)).isEqualTo(3);
  }

  private static void refuses(EmbeddingCache cache, Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> cache.load(file))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("cannot read embeddings in " + file + ": it ");
  }

  @Test
  void vectorsOfAnotherModelAreNotTaken() {
    Path file = directory.resolve("vectors");
    cache.embed(List.of("a"));
    cache.save(file);
    assertThatThrownBy(() -> cacheOf(new Counting("other", 4)).load(file))
        .hasMessageContaining(
            "it holds vectors of lengths with 4 numbers (normaliser 1), not of other");
    assertThatThrownBy(() -> cacheOf(new Counting("lengths", 8)).load(file))
        .isInstanceOf(LogSenseException.class);
  }

  @Test
  void anInterruptedWaiterIsFreed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    EmbeddingCache shared =
        cacheOf(
            new Counting("slow", 4) {
              @Override
              public float[][] embed(List<String> texts) {
                asked.countDown();
                awaitUninterruptibly(answered);
                return super.embed(texts);
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<float[][]> first = threads.submit(() -> shared.embed(List.of("a")));
      asked.await();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> shared.embed(List.of("a")))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT));
      assertThat(Thread.interrupted()).isTrue();
      answered.countDown();
      assertThat(first.get()).hasNumberOfRows(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingClosesTheEmbedderBehind() {
    cache.close();
    assertThat(embedder.closed).isTrue();
    assertThat(cache.model()).isEqualTo(embedder.model());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
