package io.logsense.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchProviderTest {
  private static final String PAGE =
      """
      {"pit_id":"p2","hits":{"total":7,"hits":[
        {"_index":"i","_id":"1","_score":null,"_source":{"a":[1,{"b":"}"}]},
         "sort":[1582977600123, 4]},
        {"_index":"i","_id":"2","_source":{},"sort":[1582977600123456789, 5]}]}}""";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"opensearch", "elasticsearch"})
  void bothAreFoundByTheirSchemes(String scheme) throws Exception {
    LogSource source = provider(scheme).open(URI.create(scheme + "://host:9201/logs-*"), false);
    assertThat(source.id()).isEqualTo(scheme + "://host:9201/logs-*");
    assertThat(source.partitions()).containsExactly("logs-*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opensearch://host:9200 | it must be like opensearch://host:9200/logs-*",
        "opensearch:///logs | it must be like opensearch://host:9200/logs-*",
        "opensearch://me:pw@host/logs | has a user or a password",
        "opensearch://host/logs?tls=yes | tls is 'yes'; it must be true or false",
        "opensearch://host/logs?pageSize=1 | it must be a number from 2 to 10000",
        "opensearch://host/logs?user=me | there is no option 'user'; there are answerBytes, config",
        "opensearch://host/a/b | index is 'a/b'",
        "opensearch://host/logs?config=/no/such/file | /no/such/file cannot be read",
      })
  void whatIsWrongWithAUriIsSaid(String uri, String problem) {
    assertThatThrownBy(() -> provider("opensearch").open(URI.create(uri), false))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("pw");
  }

  @Test
  void credentialsComeFromTheFileThenFromTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of("OPENSEARCH_USERNAME", "me", "OPENSEARCH_PASSWORD", "word", "OTHER_TOKEN", "no");
    assertThat(new Credentials(Optional.empty(), "OPENSEARCH", environment).authorization())
        .contains("Basic bWU6d29yZA==");
    assertThat(new Credentials(Optional.empty(), "ELASTICSEARCH", environment).authorization())
        .isEmpty();
    assertThat(
            new Credentials(Optional.of(file("apiKey = abc")), "OPENSEARCH", environment)
                .authorization())
        .contains("ApiKey abc");
    assertThatThrownBy(
            () -> new Credentials(Optional.of(file("pasword = abc")), "OPENSEARCH", environment))
        .hasMessageContaining("there is no 'pasword'; there are apiKey, token, username")
        .hasMessageNotContaining("abc");
  }

  @Test
  void certificatesThatCannotBeReadAreNamed() throws Exception {
    Credentials credentials =
        new Credentials(Optional.of(file("ca = /no/such.pem")), "OPENSEARCH", Map.of());
    assertThatThrownBy(credentials::trust)
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("/no/such.pem");
  }

  @Test
  void theOptionsOfAUriReachTheServer() throws Exception {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    try (HttpDouble server =
        new HttpDouble(
            exchange -> {
              calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              calls.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
              calls.add(exchange.getRequestHeaders().getFirst("Authorization"));
              boolean search = exchange.getRequestURI().getPath().equals("/_search");
              HttpDouble.answer(
                  exchange, 200, (search ? PAGE : "{\"pit_id\":\"p1\"}").getBytes(UTF_8));
            })) {
      URI uri =
          URI.create(
              "opensearch://"
                  + server.uri().getAuthority()
                  + "/a%20b-*,c?time=at&query=x:%22y%22&from=2020-01-01T00:00:00Z&pageSize=7"
                  + "&service=shop&config="
                  + file("token = t0k3n"));
      LogSource source = provider("opensearch").open(uri, false);
      try (PartitionReader reader = source.open("a b-*,c", Checkpoint.START)) {
        assertThat(reader.labels()).containsExactly(Map.entry("service", "shop"));
        var batch = reader.poll(Duration.ZERO);
        assertThat(new String(batch.buffer(), 0, batch.end(0), UTF_8))
            .isEqualTo("{\"a\":[1,{\"b\":\"}\"}]}");
        assertThat(batch.time(0)).isEqualTo(1_582_977_600_123_000_000L);
        assertThat(batch.time(1)).isEqualTo(1_582_977_600_123_456_789L);
        assertThat(reader.poll(Duration.ZERO)).isNull();
      }
    }
    assertThat(calls)
        .containsExactly(
            "POST /a%20b-*%2Cc/_search/point_in_time?keep_alive=5m",
            "",
            "Bearer t0k3n",
            "POST /_search?allow_partial_search_results=false",
            "{\"size\":7,\"track_total_hits\":false,\"pit\":{\"id\":\"p1\",\"keep_alive\":\"5m\"},"
                + "\"sort\":[{\"at\":\"asc\"},{\"_seq_no\":\"asc\"}],\"query\":{\"bool\":{\"filter\":["
                + "{\"range\":{\"at\":{\"gte\":1577836800000,\"format\":\"epoch_millis\"}}},"
                + "{\"query_string\":{\"query\":\"x:\\\"y\\\"\"}}]}}}",
            "Bearer t0k3n",
            "DELETE /_search/point_in_time",
            "{\"pit_id\":[\"p2\"]}",
            "Bearer t0k3n");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("credentials-" + text.hashCode()), text);
  }

  private static LogSourceProvider provider(String scheme) {
    return ServiceLoader.load(LogSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.scheme().equals(scheme))
        .findAny()
        .orElseThrow();
  }
}
