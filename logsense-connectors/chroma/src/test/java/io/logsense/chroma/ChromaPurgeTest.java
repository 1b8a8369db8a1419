package io.logsense.chroma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge while others remove entries, which a real server cannot be made to do on the page. */
class ChromaPurgeTest {
  private static final Subject JANE = Subject.of("jane.roe@example.com");
  private static final int ENTRIES = 3_500;

  /** What the collection holds, oldest first. */
  private final List<String> ids =
      Collections.synchronizedList(
          IntStream.range(0, ENTRIES)
              .mapToObj(i -> i + (i % 100 == 0 ? " of jane.roe@example.com" : ""))
              .collect(Collectors.toCollection(ArrayList::new)));

  private final JsonFactory json = new JsonFactory();
  private HttpServer server;
  private volatile Runnable afterPage = () -> {};

  @BeforeAll
  static void answerWithoutDelay() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ChromaVectorStore store() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return ChromaVectorStore.builder(uri, "groups", "m", 2).open();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 101, 700, 2_400})
  void noEntryIsPassedOverWhenEarlierOnesGo(int gone) {
    ChromaVectorStore store = store();
    afterPage =
        () -> {
          ids.subList(0, gone).clear();
          afterPage = () -> {};
        };

    assertThat(store.purge(JANE)).isPositive();

    assertThat(ids).isNotEmpty().noneMatch(JANE::isIn);
  }

  @Test
  void noEntryIsPassedOverWhileEachPageLosesSome() {
    ChromaVectorStore store = store();
    afterPage = () -> ids.subList(0, ids.size() > 1_500 ? 150 : 0).clear();

    store.purge(JANE);

    assertThat(ids).isNotEmpty().noneMatch(JANE::isIn);
  }

  @Test
  void entriesThatComeAndGoWithoutEndAreAnError() {
    ChromaVectorStore store = store();
    ids.subList(1_000, ENTRIES).clear();
    afterPage = () -> ids.replaceAll(id -> id + "'");

    assertThatThrownBy(() -> store.purge(JANE))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT))
        .hasMessageContaining("faster than they can be read");
  }

  /** As Chroma does, so far as a purge asks. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<String> named = new ArrayList<>();
    int from = 0;
    int limit = 0;
    if (exchange.getRequestMethod().equals("POST")) {
      try (JsonParser body = json.createParser(exchange.getRequestBody())) {
        for (JsonToken token = body.nextToken(); token != null; token = body.nextToken()) {
          switch (token == JsonToken.FIELD_NAME ? "" : String.valueOf(body.currentName())) {
            case "offset" -> from = body.getIntValue();
            case "limit" -> limit = body.getIntValue();
            default -> {
              if (token == JsonToken.VALUE_STRING) {
                named.add(body.getText());
              }
            }
          }
        }
      }
    }
    if (path.endsWith("/get") && limit > 0) {
      page(exchange, ids.stream().skip(from).limit(limit).toList());
      return;
    }
    if (path.endsWith("/get")) {
      named.retainAll(ids);
      respond(exchange, list(named));
    } else if (path.endsWith("/delete")) {
      ids.removeAll(named);
      respond(exchange, "{}");
    } else {
      respond(
          exchange,
          "{\"id\":\"c\",\"metadata\":{\"logsense.model\":\"m\",\"logsense.dimension\":\"2\"}}");
    }
  }

  private void page(HttpExchange exchange, List<String> page) throws IOException {
    afterPage.run();
    respond(exchange, list(page));
  }

  private static String list(List<String> some) {
    return some.stream()
        .collect(Collectors.joining("\",\"", "{\"ids\":[\"", "\"]}"))
        .replace("[\"\"]", "[]");
  }

  private static void respond(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
