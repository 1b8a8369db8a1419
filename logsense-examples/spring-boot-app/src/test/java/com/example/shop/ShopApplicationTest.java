package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ShopApplicationTest {
  private static final Path LOG = Path.of("target/shop.log");
  private static final int REQUESTS = 5;

  @LocalServerPort private int port;

  @BeforeAll
  static void begin() throws IOException {
    Files.deleteIfExists(LOG);
  }

  @Test
  void whatGoesWrongIsCountedByProblem() throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      get("/orders/" + i);
      get("/orders/" + (4711 + i));
      get("/recommendations/c-" + 77 * i);
      get("/stock/" + i);
    }
    await().until(() -> counts().values().stream().filter(n -> n == REQUESTS).count() == 3);
    assertThat(counts())
        .containsOnlyKeys(
            "IllegalStateException: no price",
            "IllegalArgumentException: unknown customer c-<*>",
            "stock of item <*> is <*>, which cannot be");

    Map<String, Object> problem = first("$.groups[?(@.title =~ /.*no price/)]");
    String id = (String) problem.get("id");
    assertThat(id).startsWith("jf1:");
    assertThat((String) problem.get("location")).startsWith("com.example.shop.Prices.lookUp(");
    assertThat(get("/actuator/logsense/" + id))
        .contains("at com.example.shop.OrderController.order(");
    assertThat(get("/actuator/metrics/logsense.events")).contains("\"value\":");
    assertThat(Files.readAllLines(LOG))
        .filteredOn(line -> line.contains("no price"))
        .hasSize(REQUESTS)
        .allSatisfy(
            line ->
                assertThat(JsonPath.<String>read(line, "$.logsense.fingerprint")).isEqualTo(id));
  }

  private Map<String, Integer> counts() throws Exception {
    List<Map<String, Object>> groups = JsonPath.read(get("/actuator/logsense"), "$.groups");
    return groups.stream()
        .collect(
            java.util.stream.Collectors.toMap(
                group -> (String) group.get("title"), group -> (Integer) group.get("count")));
  }

  private Map<String, Object> first(String path) throws Exception {
    List<Map<String, Object>> found = JsonPath.read(get("/actuator/logsense"), path);
    return found.get(0);
  }

  private String get(String path) throws Exception {
    URI address = URI.create("http://localhost:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
