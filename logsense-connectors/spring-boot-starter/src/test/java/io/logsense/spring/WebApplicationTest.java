package io.logsense.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logsense.LogSense;
import io.logsense.Sources;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.finding.Finding;
import io.logsense.api.group.Group;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real application, asked over HTTP. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "logging.file.name=target/web-application/app.log",
      "logging.structured.format.file=ecs",
      "logsense.state-directory=target/web-application",
      "logsense.health.down-at=medium",
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
    })
class WebApplicationTest {
  private static final Path DIRECTORY = Path.of("target/web-application");
  private static final JsonMapper JSON = new JsonMapper();

  @LocalServerPort private int port;
  @Autowired private Queue<Finding> told;

  /** An earlier run, which makes new what it did not know. */
  @BeforeAll
  static void run() throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.deleteIfExists(DIRECTORY.resolve("app.log"));
    Files.deleteIfExists(DIRECTORY.resolve("baselines"));
    long start = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond() - 36_000);
    try (LogSense sense = LogSense.builder().baselines(DIRECTORY.resolve("baselines")).build()) {
      for (int minute = 0; minute < 300; minute++) {
        sense.accept(
            LogEvent.builder()
                .timestamp(start + TimeUnit.MINUTES.toNanos(minute))
                .severity(Severity.WARN)
                .message("stock is low")
                .build());
      }
    }
  }

  @Test
  void aProblemIsFoundWhereItIs() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/sell/" + i).statusCode()).isEqualTo(500);
    }
    await().until(() -> problem().path("count").asInt() == 3);
    JsonNode problem = problem();
    assertThat(problem.path("title").asString()).isEqualTo("IllegalStateException: no price");
    assertThat(problem.path("location").asString()).startsWith(Shop.class.getName() + ".price(");
    assertThat(Instant.parse(problem.path("firstSeen").asString())).isBefore(Instant.now());
    assertThat(problem.path("isNew").asBoolean()).isTrue();

    String id = problem.path("id").asString();
    JsonNode details = json("/actuator/logsense/" + id);
    assertThat(details.path("group").path("count").asInt()).isEqualTo(3);
    assertThat(details.path("severities").path("ERROR").asInt()).isEqualTo(3);
    assertThat(details.path("examples").path(0).path("exception").toString())
        .contains("IllegalStateException: no price", Shop.class.getName() + ".sell");
    assertThat(get("/actuator/logsense/jf1:none").statusCode()).isEqualTo(404);

    List<JsonNode> lines =
        Files.readAllLines(DIRECTORY.resolve("app.log")).stream()
            .map(line -> JSON.readTree(line))
            .filter(line -> line.path("error").path("type").asString("").contains("IllegalState"))
            .toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("logsense").path("new").asBoolean()).isTrue();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("logsense").path("fingerprint").asString()).isEqualTo(id);
              assertThat(line.path("logsense").path("template").asString())
                  .startsWith("Servlet.service() for servlet");
              assertThat(line.path("logsense").path("group").path("count").isNumber()).isTrue();
            });
    assertThat(
            LogSense.builder()
                .inApp("io.logsense.spring")
                .source(Sources.path(DIRECTORY.resolve("app.log")))
                .analyze()
                .groups())
        .extracting(Group::id)
        .contains(id);

    Finding finding = told.peek();
    assertThat(finding.group().id()).isEqualTo(id);
    assertThat(json("/actuator/logsense").path("findings").path(0).path("summary").asString())
        .isEqualTo("New: IllegalStateException: no price");
    HttpResponse<String> health = get("/actuator/health");
    assertThat(health.statusCode()).isEqualTo(503);
    JsonNode said = JSON.readTree(health.body()).path("components").path("logSense");
    assertThat(said.path("status").asString()).isEqualTo("DOWN");
    assertThat(said.path("details").path("findings").path(0).asString())
        .isEqualTo(finding.summary());
    JsonNode meter = json("/actuator/metrics/logsense.findings?tag=kind:new");
    assertThat(meter.path("measurements").path(0).path("value").asDouble()).isEqualTo(1);
  }

  private JsonNode problem() throws Exception {
    for (JsonNode group : json("/actuator/logsense").path("groups")) {
      if (group.path("title").asString().contains("no price")) {
        return group;
      }
    }
    return JSON.createObjectNode();
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Queue<Finding> told() {
      return new ConcurrentLinkedQueue<>();
    }

    @Bean
    Consumer<Finding> listener(Queue<Finding> told) {
      return told::add;
    }

    @Bean
    Shop shop() {
      return new Shop();
    }
  }

  @RestController
  static class Shop {
    @GetMapping("/sell/{item}")
    String sell(@PathVariable String item) {
      return "sold for " + price(item);
    }

    private static String price(String item) {
      throw new IllegalStateException("no price");
    }
  }
}
