package io.logsense.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.embed.Embedder;
import io.logsense.api.purge.Subject;
import io.logsense.api.telemetry.Measure;
import io.logsense.testkit.EmbedderContract;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** Against a real server. */
class RedisEmbeddingCacheTest extends EmbedderContract {
  private static int port;
  private static RedisServer server;

  private final String model = "words-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = startServer();
  }

  private static RedisServer startServer() throws IOException {
    RedisServer next = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").build();
    next.start();
    return next;
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop();
  }

  @BeforeEach
  void forget() {
    try (RedisClient redis = RedisClient.create("127.0.0.1", port)) {
      redis.flushAll();
    }
  }

  @Override
  protected Embedder open() {
    return cache(new CountingWords(model));
  }

  private static RedisEmbeddingCache cache(Embedder embedder) {
    return RedisEmbeddingCache.builder(embedder, "127.0.0.1", port)
        .pause(Duration.ofMillis(1))
        .timeout(Duration.ofSeconds(2))
        .build();
  }

  @Test
  void aSubjectIsPurgedWithAllVectorsButNothingElseOfRedis() {
    Subject subject = Subject.of("jane.roe@example.com");
    CountingWords words = new CountingWords(model);
    try (RedisEmbeddingCache cache = cache(words);
        RedisClient redis = RedisClient.create("127.0.0.1", port)) {
      redis.set("elsewhere", "stays");
      List<String> texts = IntStream.range(0, 700).mapToObj(i -> "text " + i).toList();
      cache.embed(texts);

      assertThat(cache.mentions(subject)).isEqualTo(700);
      assertThat(cache.purge(subject)).isEqualTo(700);
      assertThat(cache.mentions(subject)).isZero();
      assertThat(cache.purge(subject)).isZero();
      assertThat(redis.dbSize()).isEqualTo(1);
      cache.embed(List.of("text 0"));
      assertThat(words.embedded()).hasSize(701);
    }
  }

  @Test
  void whatRedisDoesNotAnswerIsNotCalledPurged() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (RedisEmbeddingCache cache =
        RedisEmbeddingCache.builder(new CountingWords(model), "127.0.0.1", nobody).build()) {
      assertThatThrownBy(() -> cache.purge(Subject.of("jane.roe@example.com")))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("not purged");
    }
  }

  @Test
  void whatOneProcessEmbeddedIsFoundByAnother() {
    CountingWords first = new CountingWords(model);
    CountingWords second = new CountingWords(model);
    try (RedisEmbeddingCache one = cache(first);
        RedisEmbeddingCache other = cache(second)) {
      float[][] rows = one.embed(List.of("disk full", "out of memory", "disk full"));

      assertThat(first.embedded()).containsExactly("disk full", "out of memory");
      assertThat(other.embed(List.of("disk full", "no route", "out of memory")))
          .isDeepEqualTo(
              new float[][] {rows[0], new CountingWords(model).row("no route"), rows[1]});
      assertThat(second.embedded()).containsExactly("no route");
      assertThat(measure(other, "found")).isEqualTo(2);
      assertThat(measure(other, "embedded")).isEqualTo(1);
    }
  }

  @Test
  void anotherModelHasItsOwnVectors() {
    CountingWords other = new CountingWords(model + "-next");
    try (RedisEmbeddingCache one = cache(new CountingWords(model));
        RedisEmbeddingCache next = cache(other)) {
      one.embed(List.of("disk full"));
      next.embed(List.of("disk full"));

      assertThat(other.embedded()).hasSize(1);
    }
  }

  @Test
  void keysHoldNoTextAndExpire() {
    try (RedisEmbeddingCache one = cache(new CountingWords(model));
        RedisClient redis = RedisClient.create("127.0.0.1", port)) {
      one.embed(List.of("disk full of customer 7"));

      List<String> keys = List.copyOf(redis.keys("*"));
      assertThat(keys).hasSize(1);
      assertThat(keys.get(0)).startsWith("logsense:embedding:" + model + ":").doesNotContain("7 ");
      assertThat(keys.get(0)).doesNotContain("disk");
      assertThat(redis.pttl(keys.get(0)))
          .isBetween(Duration.ofDays(29).toMillis(), Duration.ofDays(30).toMillis());
    }
  }

  @Test
  void nonsenseInRedisIsNotBelieved() {
    CountingWords words = new CountingWords(model);
    float[] good = words.row("disk full");
    try (RedisEmbeddingCache cache = cache(words);
        RedisClient redis = RedisClient.create("127.0.0.1", port)) {
      byte[] key = VectorBytes.key(model, "disk full").getBytes(UTF_8);
      float[] notANumber = good.clone();
      notANumber[3] = Float.NaN;
      for (byte[] nonsense :
          List.of(
              new byte[0],
              "hello".getBytes(UTF_8),
              new byte[good.length * Float.BYTES],
              VectorBytes.of(notANumber))) {
        redis.set(key, nonsense);

        assertThat(cache.embed(List.of("disk full"))[0]).isEqualTo(good);
        assertThat(redis.get(key)).isEqualTo(VectorBytes.of(good));
      }
      redis.del(key);
      redis.lpush(key, key);
      assertThat(cache.embed(List.of("disk full"))[0]).isEqualTo(good);
    }
  }

  @Test
  void noCallFailsWhileRedisIsAwayAndVectorsAreRememberedHere() throws IOException {
    CountingWords words = new CountingWords(model);
    CountingWords others = new CountingWords(model);
    try (RedisEmbeddingCache cache = cache(words)) {
      cache.embed(List.of("before"));
      server.stop();
      try {
        for (int i = 0; i < 3; i++) {
          assertThat(cache.embed(List.of("meanwhile"))[0]).isEqualTo(words.row("meanwhile"));
        }
        assertThat(measure(cache, "away")).isEqualTo(1);
        assertThat(measure(cache, "failures")).isPositive();
      } finally {
        server = startServer();
      }
      assertThat(words.embedded()).containsExactly("before", "meanwhile");
      // What was remembered is given to Redis as soon as it is asked for again.
      while (measure(cache, "away") == 1) {
        cache.embed(List.of("meanwhile"));
      }
      assertThat(words.embedded()).containsExactly("before", "meanwhile");
      try (RedisEmbeddingCache other = cache(others)) {
        other.embed(List.of("meanwhile"));
      }
      assertThat(others.embedded()).isEmpty();
    }
  }

  @Test
  void aRedisThatRefusesFailsNoCall() {
    CountingWords words = new CountingWords(model);
    try (RedisEmbeddingCache cache =
            RedisEmbeddingCache.builder(words, "127.0.0.1", port)
                .credentials("nobody", "wrong")
                .build();
        RedisEmbeddingCache nowhere =
            RedisEmbeddingCache.builder(words, "no-such-host.invalid", 1).build()) {
      assertThat(cache.embed(List.of("text"))[0]).isEqualTo(words.row("text"));
      assertThat(nowhere.embed(List.of("text"))[0]).isEqualTo(words.row("text"));
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    RedisEmbeddingCache.Builder builder =
        RedisEmbeddingCache.builder(new CountingWords(model), "127.0.0.1", port);

    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> builder.pause(Duration.ofDays(-1)))
        .isInstanceOf(LogSenseException.class);
    assertThatThrownBy(() -> builder.memory(-1)).isInstanceOf(LogSenseException.class);
  }

  private static double measure(RedisEmbeddingCache cache, String name) {
    return cache.measures().stream()
        .filter(measure -> measure.name().endsWith("." + name))
        .map(Measure::value)
        .findFirst()
        .orElseThrow()
        .getAsDouble();
  }
}
