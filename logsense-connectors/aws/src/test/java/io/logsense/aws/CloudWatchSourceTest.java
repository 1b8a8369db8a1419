package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SourceContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** Against moto, an emulator of AWS. */
class CloudWatchSourceTest extends SourceContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static ServerProcess moto;
  private static CloudWatchLogsClient client;

  private final List<String> groups =
      List.of("/orders-" + TESTS.incrementAndGet(), "/payments-" + TESTS.get());
  private Instant now = Instant.now().minus(Duration.ofHours(1));
  private FaultyProxy proxy;

  @BeforeAll
  static void startServer() throws Exception {
    moto = MotoServer.start();
    client = Access.to(moto.uri()).client(CloudWatchLogsClient.builder());
  }

  @AfterAll
  static void stopServer() {
    if (moto != null) {
      client.close();
      moto.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    proxy = FaultyProxy.to(moto.address());
    for (String group : groups) {
      client.createLogGroup(request -> request.logGroupName(group));
      createStream(group, "s");
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private static void createStream(String group, String stream) {
    client.createLogStream(request -> request.logGroupName(group).logStreamName(stream));
  }

  @Override
  protected List<String> partitions() {
    return groups;
  }

  @Override
  protected void write(String group, List<byte[]> records) {
    put(group, "s", records.stream().map(r -> new String(r, StandardCharsets.UTF_8)).toList());
  }

  private void put(String group, String stream, List<String> texts) {
    now = now.plusSeconds(1);
    List<InputLogEvent> events =
        texts.stream()
            .map(text -> InputLogEvent.builder().message(text).timestamp(now.toEpochMilli()))
            .map(InputLogEvent.Builder::build)
            .toList();
    client.putLogEvents(
        request -> request.logGroupName(group).logStreamName(stream).logEvents(events));
  }

  @Override
  protected LogSource open(boolean follow) {
    return source(follow).build();
  }

  private CloudWatchSource.Builder source(boolean follow) {
    QueryPlan plan = follow ? QueryPlan.following() : QueryPlan.bounded();
    return CloudWatchSource.builder(groups.toArray(String[]::new))
        .access(Access.to(URI.create("http://" + proxy.authority())))
        .plan(plan.interval(Duration.ofMillis(20)).recordBytes(recordBytes()))
        .pageSize(30)
        .clock(() -> now);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.FOLLOW, Capability.BOUNDED, Capability.REPLAY, Capability.LINE_FEEDS);
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(new Access.WithoutSilence(proxy));
  }

  @Override
  protected int recordBytes() {
    return 64 * 1024;
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(Access.SECRET);
  }

  @Override
  protected void elapse(Duration time) {
    now = now.plus(time);
  }

  @Test
  void eachStreamCanBeAPartition() throws Exception {
    createStream(groups.get(0), "t");
    put(groups.get(0), "s", List.of("a", "b"));
    put(groups.get(0), "t", List.of("c"));
    createStream(groups.get(0), "other");
    CloudWatchSource source =
        CloudWatchSource.builder(groups.get(0))
            .access(Access.to(moto.uri()))
            .eachStream()
            .clock(() -> now)
            .build();

    assertThat(source.partitions())
        .containsExactlyInAnyOrder(
            groups.get(0) + ":s", groups.get(0) + ":t", groups.get(0) + ":other");
    try (PartitionReader reader = source.open(groups.get(0) + ":s", Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("a", "b");
      assertThat(reader.labels()).containsEntry("aws.log.stream.names", "s");
    }
  }

  @Test
  void onlyWhatMatchesIsRead() throws Exception {
    write(groups.get(0), List.of("ERROR a".getBytes(StandardCharsets.UTF_8)));
    write(groups.get(0), List.of("INFO b".getBytes(StandardCharsets.UTF_8)));

    try (PartitionReader reader =
        source(false).filter("ERROR").build().open(groups.get(0), Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("ERROR a");
    }
  }

  @Test
  void aUriOpensIt() throws Exception {
    now = Instant.now().minusSeconds(3600);
    put(groups.get(0), "s", List.of("old"));
    now = Instant.now().minusSeconds(60);
    put(groups.get(0), "s", List.of("new"));
    LogSource source =
        provider()
            .open(
                URI.create(
                    "cloudwatch://eu-west-1/%s?from=10m&service-from-group&endpoint=%s"
                        .formatted(groups.get(0), moto.uri())),
                false);

    assertThat(source.partitions()).containsExactly(groups.get(0));
    try (PartitionReader reader = source.open(groups.get(0), Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("new");
      assertThat(reader.labels()).containsEntry("service", groups.get(0).substring(1));
    }
  }

  @Test
  void aUriThatIsWrongSaysWhy() {
    assertThatThrownBy(() -> provider().open(URI.create("cloudwatch://eu-west-1"), false))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("cloudwatch://eu-west-1//aws/lambda/shop");
    assertThatThrownBy(() -> provider().open(URI.create("cloudwatch://r/g?fliter=x"), false))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("'fliter'");
  }

  private static LogSourceProvider provider() {
    return ServiceLoader.load(LogSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.scheme().equals("cloudwatch"))
        .findFirst()
        .orElseThrow();
  }
}
