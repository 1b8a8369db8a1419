package io.logsense.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import io.logsense.rest.DatadogDouble.Log;
import io.logsense.testkit.Faults;
import io.logsense.testkit.SourceContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatadogSourceTest extends SourceContract {
  private static final QueryPlan BOUNDED = QueryPlan.bounded().lookBack(Duration.ZERO);
  private static final QueryPlan FOLLOWING =
      QueryPlan.following().lookBack(Duration.ZERO).interval(Duration.ofMillis(20));

  private final DatadogDouble server;
  private long now = Instant.parse("2020-02-29T12:00:00Z").toEpochMilli();
  private Duration timeout = Duration.ofSeconds(30);

  DatadogSourceTest() throws IOException {
    server = new DatadogDouble();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected List<String> partitions() {
    return List.of(DatadogSource.PARTITION);
  }

  @Override
  protected void write(String partition, List<byte[]> records) {
    for (byte[] record : records) {
      add(new String(record, UTF_8), "[]", "{}");
    }
  }

  private void add(String message, String tags, String attributes) {
    now++;
    server.add(new Log(now, "id-" + now, message, tags, attributes));
  }

  @Override
  protected LogSource open(boolean follow) {
    return builder().plan(follow ? FOLLOWING : BOUNDED).build();
  }

  private DatadogSource.Builder builder() {
    return DatadogSource.builder()
        .keys(DatadogDouble.API_KEY, DatadogDouble.APPLICATION_KEY)
        .endpoint(server.uri())
        .pageSize(40)
        .requestTimeout(timeout)
        .clock(() -> Instant.ofEpochMilli(now));
  }

  @Override
  protected byte[] written(byte[] record) {
    return field(record, "message").getBytes(UTF_8);
  }

  private static String field(byte[] record, String field) {
    String[] value = new String[1];
    try {
      Json.read(
          record,
          (name, json) -> {
            if (name.equals(field)) {
              value[0] = json.getText();
            }
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return value[0];
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.ANY_BYTES));
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(DatadogDouble.API_KEY, DatadogDouble.APPLICATION_KEY);
  }

  @Override
  protected Optional<Faults> faults() {
    timeout = Duration.ofSeconds(2);
    return Optional.of(server);
  }

  @Test
  void aRecordIsTheLogAsAnAgentWouldSendIt() throws Exception {
    add(
        "payment\nfailed",
        "[\"env:prod\",\"version:1.4.2\",\"service:other\",\"team:a\"]",
        """
        {"error":{"kind":"java.lang.Error","stack":"java.lang.Error: x\\n\\tat a.B.c(B.java:1)"},
         "message":"not this","logger":{"name":"shop.Cart"},"n":[1,{"a":null}]}""");
    try (PartitionReader reader = open(false).open("logs", Checkpoint.START)) {
      RecordBatch batch = reader.poll(Duration.ZERO);
      assertThat(texts(batch))
          .containsExactly(
              "{\"host\":\"i-0123\",\"message\":\"payment\\nfailed\",\"service\":\"shop\","
                  + "\"level\":\"error\",\"timestamp\":\"2020-02-29T12:00:00.001Z\","
                  + "\"dd.env\":\"prod\",\"dd.version\":\"1.4.2\","
                  + "\"tags\":[\"env:prod\",\"version:1.4.2\",\"service:other\",\"team:a\"],"
                  + "\"error\":{\"kind\":\"java.lang.Error\","
                  + "\"stack\":\"java.lang.Error: x\\n\\tat a.B.c(B.java:1)\"},"
                  + "\"logger\":{\"name\":\"shop.Cart\"},\"n\":[1,{\"a\":null}]}");
      assertThat(batch.time(0)).isEqualTo(now * 1_000_000);
      assertThat(batch.offset(0)).isEqualTo(RecordBuffer.offsetOf("id-" + now));
    }
  }

  @Test
  void aCursorThatIsForgottenIsReplaced() throws Exception {
    for (int i = 0; i < 150; i++) {
      add("m " + i, "[]", "{}");
    }
    List<String> read = new ArrayList<>();
    try (PartitionReader reader = open(false).open("logs", Checkpoint.START)) {
      for (RecordBatch batch = reader.poll(Duration.ZERO);
          batch != null;
          batch = reader.poll(Duration.ZERO)) {
        read.addAll(texts(batch));
        server.forgetCursors = true;
      }
    }
    assertThat(read).hasSize(150).doesNotHaveDuplicates();
  }

  @Test
  void whatIsAskedForIsWhatTheOptionsSay() throws Exception {
    add("m", "[]", "{}");
    LogSource source =
        builder().query("status:error").indexes(List.of("main", "web")).plan(BOUNDED).build();
    source.open("logs", new Checkpoint((now - 10) + ":")).poll(Duration.ZERO);
    assertThat(server.requests)
        .containsExactly(
            "{\"filter\":{\"query\":\"status:error\",\"from\":\""
                + (now - 10)
                + "\",\"to\":\""
                + now
                + "\",\"indexes\":[\"main\",\"web\"]},\"sort\":\"timestamp\",\"page\":{\"limit\":40}}");
    assertThat(source.id()).isEqualTo("datadog://datadoghq.com/main,web?query=status:error");
  }

  @Test
  void wrongKeysAreForTheOperatorAndNeverShown() {
    LogSource source = builder().keys("wr0ng-1", "wr0ng-2").build();
    assertThatThrownBy(() -> source.open("logs", Checkpoint.START).poll(Duration.ZERO))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("refuses access with status 403")
        .hasMessageContaining("Forbidden")
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void aUriNeedsKeysInTheEnvironment() {
    URI uri = URI.create("datadog://datadoghq.eu/main?query=a&interval=1m");
    Map<String, String> environment = Map.of("DD_API_KEY", "a", "DD_APP_KEY", "b");
    assertThat(new DatadogProvider(environment).open(uri, true).id())
        .isEqualTo("datadog://datadoghq.eu/main?query=a");
    assertThat(
            new DatadogProvider(
                    Map.of("DD_API_KEY", "a", "DD_APP_KEY", "b", "DD_SITE", "ddog-gov.com"))
                .open(URI.create("datadog:///main"), false)
                .id())
        .isEqualTo("datadog://ddog-gov.com/main?query=*");
    assertThatThrownBy(() -> new DatadogProvider(Map.of("DD_API_KEY", "a")).open(uri, true))
        .isInstanceOf(LogSenseException.class)
        .hasMessage("Datadog needs a key: set DD_APP_KEY in the environment");
  }

  private static List<String> texts(RecordBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      texts.add(new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8));
    }
    return texts;
  }
}
