package io.logsense.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.MonitoredResource;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.audit.AuditLog;
import com.google.cloud.logging.v2.LoggingSettings;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import io.logsense.testkit.Faults;
import io.logsense.testkit.SourceContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcpLoggingSourceTest extends SourceContract {
  private static final QueryPlan BOUNDED = QueryPlan.bounded().lookBack(Duration.ZERO);
  private static final QueryPlan FOLLOWING =
      QueryPlan.following().lookBack(Duration.ZERO).interval(Duration.ofMillis(20));

  private final LoggingServer server;
  private long now = Instant.parse("2020-02-29T12:00:00Z").toEpochMilli();
  private Duration timeout = Duration.ofSeconds(30);

  GcpLoggingSourceTest() throws IOException {
    server = new LoggingServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected List<String> partitions() {
    return List.of("projects/shop", "projects/pay");
  }

  @Override
  protected void write(String partition, List<byte[]> records) {
    for (byte[] record : records) {
      server.add(entry(partition).setTextPayload(new String(record, UTF_8)).build());
    }
  }

  private LogEntry.Builder entry(String partition) {
    now++;
    return LogEntry.newBuilder()
        .setLogName(partition + "/logs/stdout")
        .setInsertId("id-" + now)
        .setTimestamp(Timestamps.fromMillis(now));
  }

  @Override
  protected LogSource open(boolean follow) {
    return builder().plan(follow ? FOLLOWING : BOUNDED).build();
  }

  private GcpLoggingSource.Builder builder() {
    return GcpLoggingSource.builder("projects/shop", "projects/pay")
        .pageSize(40)
        .requestTimeout(timeout)
        .clock(() -> Instant.ofEpochMilli(now))
        .connection(
            () ->
                LoggingSettings.newBuilder()
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(
                        LoggingSettings.defaultGrpcTransportProviderBuilder()
                            .setEndpoint(server.authority())
                            .setChannelConfigurator(channel -> channel.usePlaintext())
                            .build()));
  }

  @Override
  protected byte[] written(byte[] record) {
    LogEntry.Builder entry = LogEntry.newBuilder();
    try {
      JsonFormat.parser().merge(new String(record, UTF_8), entry);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return entry.getTextPayload().getBytes(UTF_8);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.ANY_BYTES));
  }

  @Override
  protected Optional<Faults> faults() {
    timeout = Duration.ofSeconds(5);
    return Optional.of(server);
  }

  @Test
  void aRecordIsTheEntryInTheFormOfItsMessages() throws Exception {
    Value message = Value.newBuilder().setStringValue("a\nb").build();
    server.add(
        entry("projects/shop")
            .setSeverity(LogSeverity.ERROR)
            .setTrace("projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736")
            .setResource(
                MonitoredResource.newBuilder()
                    .setType("k8s_container")
                    .putLabels("container_name", "cart"))
            .setTimestamp(Timestamps.fromNanos(now * 1_000_000 + 42))
            .setJsonPayload(Struct.newBuilder().putFields("message", message))
            .build());
    now++;
    try (PartitionReader reader = open(false).open("projects/shop", Checkpoint.START)) {
      RecordBatch batch = reader.poll(Duration.ZERO);
      assertThat(texts(batch))
          .containsExactly(
              "{\"insertId\":\"id-1582977600001\",\"jsonPayload\":{\"message\":\"a\\nb\"},"
                  + "\"resource\":{\"type\":\"k8s_container\","
                  + "\"labels\":{\"container_name\":\"cart\"}},"
                  + "\"timestamp\":\"2020-02-29T12:00:00.001000042Z\",\"severity\":\"ERROR\","
                  + "\"logName\":\"projects/shop/logs/stdout\","
                  + "\"trace\":\"projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736\"}");
      assertThat(batch.time(0)).isEqualTo((now - 1) * 1_000_000 + 42);
      assertThat(batch.offset(0))
          .isEqualTo(
              RecordBuffer.offsetOf(
                  "projects/shop/logs/stdout/1582977600001000042/id-1582977600001"));
    }
  }

  @Test
  void payloadsOfAnyTypeComeThrough() throws Exception {
    AuditLog audit = AuditLog.newBuilder().setMethodName("storage.delete").build();
    server.add(entry("projects/shop").setProtoPayload(Any.pack(audit)).build());
    Any unknown = Any.newBuilder().setTypeUrl("type.googleapis.com/a.B").build();
    server.add(entry("projects/shop").setProtoPayload(unknown).build());
    try (PartitionReader reader = open(false).open("projects/shop", Checkpoint.START)) {
      List<String> texts = texts(reader.poll(Duration.ZERO));
      assertThat(texts.get(0)).contains("\"methodName\":\"storage.delete\"");
      assertThat(texts.get(1)).contains("{\"@type\":\"type.googleapis.com/a.B\"}");
    }
  }

  @Test
  void aPageTokenThatIsForgottenIsReplaced() throws Exception {
    write("projects/shop", Collections.nCopies(150, "m".getBytes(UTF_8)));
    List<String> read = new ArrayList<>();
    int refused = 0;
    try (PartitionReader reader = open(false).open("projects/shop", Checkpoint.START)) {
      for (boolean more = true; more; ) {
        try {
          RecordBatch batch = reader.poll(Duration.ZERO);
          more = batch != null;
          read.addAll(more ? texts(batch) : List.of());
          server.forgetTokens = refused == 0;
        } catch (IOException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(read).hasSize(150).doesNotHaveDuplicates();
  }

  @Test
  void theFilterIsAskedForBesideTheTimes() throws Exception {
    LogSource source = builder().filter("severity>=ERROR OR a=1").plan(BOUNDED).build();
    try (PartitionReader reader = source.open("projects/pay", Checkpoint.START)) {
      reader.poll(Duration.ZERO);
    }
    assertThat(server.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getResourceNamesList()).containsExactly("projects/pay");
              assertThat(request.getOrderBy()).isEqualTo("timestamp asc");
              assertThat(request.getFilter())
                  .isEqualTo(
                      "(severity>=ERROR OR a=1) AND timestamp>=\"1970-01-01T00:00:00Z\""
                          + " AND timestamp<=\"2020-02-29T12:00:00Z\"");
            });
  }

  @Test
  void refusalsAreForTheOperatorAndFailuresAreNot() throws Exception {
    for (Status refusal :
        List.of(Status.PERMISSION_DENIED, Status.UNAUTHENTICATED, Status.INVALID_ARGUMENT)) {
      server.failure = refusal.withDescription("because");
      try (PartitionReader reader = open(false).open("projects/pay", Checkpoint.START)) {
        assertThatThrownBy(() -> reader.poll(Duration.ZERO))
            .isInstanceOfSatisfying(
                LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
            .hasMessageContaining("because");
      }
    }
    server.failure = Status.UNAVAILABLE;
    try (PartitionReader reader = open(false).open("projects/pay", Checkpoint.START)) {
      assertThatThrownBy(() -> reader.poll(Duration.ZERO)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aUriNamesAProjectOrAView() throws Exception {
    LogSourceProvider provider =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.scheme().equals("gcp-logging"))
            .findAny()
            .orElseThrow();
    URI view = URI.create("gcp-logging://shop/locations/eu/buckets/b/views/v?filter=a%3D1");
    assertThat(provider.open(URI.create("gcp-logging://shop?from=1h"), true).partitions())
        .containsExactly("projects/shop");
    assertThat(provider.open(view, false).id())
        .isEqualTo("gcp-logging://projects/shop/locations/eu/buckets/b/views/v?filter=a=1");
    assertThatThrownBy(() -> provider.open(URI.create("gcp-logging:///"), false))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("it must be like gcp-logging://project");
  }

  private static List<String> texts(RecordBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      texts.add(new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8));
    }
    return texts;
  }
}
