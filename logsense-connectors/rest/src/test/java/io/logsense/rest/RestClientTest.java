package io.logsense.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest {
  private static final String SECRET = "s3cr3t-t0k3n";
  private static final int LIMIT = 100_000;

  @Test
  void credentialsAreSentAndTheAnswerIsReturned() throws Exception {
    try (HttpDouble server =
        new HttpDouble(
            exchange ->
                HttpDouble.answer(
                    exchange,
                    200,
                    exchange.getRequestHeaders().getFirst("Authorization").getBytes(UTF_8)))) {
      Answer answer = client(server, Duration.ofSeconds(30)).call("POST", "/x", new byte[0]);
      assertThat(answer.succeeded()).isTrue();
      assertThat(answer.body()).asString().isEqualTo(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOfAccessIsForTheOperator(int status) throws Exception {
    try (HttpDouble server = answering(status, "{\"error\":{\"reason\":\"no such user\"}}")) {
      assertThatThrownBy(() -> client(server, Duration.ofSeconds(30)).call("GET", "/", new byte[0]))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
          .hasMessageContaining("no such user")
          .hasMessageNotContaining(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aFailureMayBeTriedAgain(int status) throws Exception {
    try (HttpDouble server = answering(status, "<html>overloaded</html>")) {
      assertThatThrownBy(() -> client(server, Duration.ofSeconds(30)).call("GET", "/", new byte[0]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(status + ": <html>overloaded");
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (HttpDouble server =
        new HttpDouble(
            exchange -> {
              calls.incrementAndGet();
              exchange.getResponseHeaders().add("Location", "/elsewhere");
              HttpDouble.answer(exchange, 302, new byte[0]);
            })) {
      Answer answer = client(server, Duration.ofSeconds(30)).call("GET", "/", new byte[0]);
      assertThatThrownBy(() -> answer.orRefuse("the search"))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("302");
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void aRateLimitIsKeptWithoutAsking() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (HttpDouble server =
        new HttpDouble(
            exchange -> {
              calls.incrementAndGet();
              exchange.getResponseHeaders().add("X-RateLimit-Remaining", "0");
              exchange.getResponseHeaders().add("X-RateLimit-Reset", "3000");
              HttpDouble.answer(exchange, 200, "{}".getBytes(UTF_8));
            })) {
      RestClient client = client(server, Duration.ofSeconds(30));
      assertThat(client.call("GET", "/", new byte[0]).status()).isEqualTo(200);
      assertThatThrownBy(() -> client.call("GET", "/", new byte[0]))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("the rate limit is reached; it is reset in (2999|3000) s");
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void anAnswerThatIsTooLongIsNotReadToItsEnd() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (HttpDouble server =
        new HttpDouble(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try {
                while (true) {
                  exchange.getResponseBody().write(new byte[10_000]);
                }
              } catch (IOException e) {
                stopped.countDown();
              }
            })) {
      assertThatThrownBy(() -> client(server, Duration.ofSeconds(30)).call("GET", "/", new byte[0]))
          .isInstanceOf(TooLargeException.class)
          .hasMessage("the answer is larger than 100000 bytes");
      stopped.await();
    }
  }

  @Test
  void anAnswerThatNeverEndsTakesNoLongerThanTheTimeOut() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (HttpDouble server =
        new HttpDouble(
            exchange -> {
              exchange.sendResponseHeaders(200, 10);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              end.await();
            })) {
      assertThatThrownBy(() -> client(server, Duration.ofMillis(300)).call("GET", "/", new byte[0]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not answer within PT0.3S");
      end.countDown();
    }
  }

  private static RestClient client(HttpDouble server, Duration timeout) {
    return new RestClient(
        server.uri(), timeout, LIMIT, () -> Map.of("Authorization", SECRET), null);
  }

  private static HttpDouble answering(int status, String body) throws IOException {
    return new HttpDouble(exchange -> HttpDouble.answer(exchange, status, body.getBytes(UTF_8)));
  }
}
