package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.aws.Records.Record;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SourceContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Against kinesalite, an emulator of Kinesis. */
class KinesisSourceTest extends SourceContract {
  private static final Path KINESALITE =
      ServerProcess.DIRECTORY.resolve("kinesalite/node_modules/kinesalite/cli.js");
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static final String FIRST = "shardId-000000000000";
  private static final String SECOND = "shardId-000000000001";
  private static ServerProcess server;
  private static KinesisClient client;

  private final String stream = "stream-" + TESTS.incrementAndGet();
  private FaultyProxy proxy;

  @BeforeAll
  static void startServer() throws Exception {
    assumeTrue(
        Files.exists(KINESALITE) && ServerProcess.succeeds(Map.of(), "node", "--version"),
        "install npm's kinesalite 3.3.3 into " + ServerProcess.DIRECTORY + "/kinesalite");
    server =
        ServerProcess.start(
            Map.of(),
            port ->
                new String[] {
                  "node",
                  KINESALITE.toString(),
                  "--port",
                  String.valueOf(port),
                  "--createStreamMs",
                  "1",
                  "--updateStreamMs",
                  "1",
                  "--shardLimit",
                  "1000"
                });
    client = Access.to(server.uri()).client(KinesisClient.builder());
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    proxy = FaultyProxy.to(server.address());
    client.createStream(request -> request.streamName(stream).shardCount(2));
    awaitActive();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private void awaitActive() {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                client
                    .describeStreamSummary(request -> request.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatus(),
            StreamStatus.ACTIVE::equals);
  }

  @Override
  protected List<String> partitions() {
    return List.of(FIRST, SECOND);
  }

  @Override
  protected void write(String shard, List<byte[]> records) {
    String hash = shard(shard).hashKeyRange().startingHashKey();
    List<PutRecordsRequestEntry> entries =
        records.stream()
            .map(
                record ->
                    PutRecordsRequestEntry.builder()
                        .data(SdkBytes.fromByteArray(record))
                        .partitionKey("key")
                        .explicitHashKey(hash)
                        .build())
            .toList();
    assertThat(
            client
                .putRecords(request -> request.streamName(stream).records(entries))
                .failedRecordCount())
        .isZero();
  }

  private void write(String shard, String... records) {
    write(
        shard,
        List.of(records).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private Shard shard(String id) {
    return client.listShards(request -> request.streamName(stream)).shards().stream()
        .filter(shard -> shard.shardId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Override
  protected LogSource open(boolean follow) {
    return source(follow).build();
  }

  private KinesisSource.Builder source(boolean follow) {
    QueryPlan plan = follow ? QueryPlan.following() : QueryPlan.bounded();
    return KinesisSource.builder(stream)
        .access(Access.to(URI.create("http://" + proxy.authority())))
        .plan(plan.interval(Duration.ofMillis(20)).recordBytes(recordBytes()))
        .pause(Duration.ZERO)
        .pageSize(30);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.EMPTY_RECORDS));
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

  @Test
  void childrenComeOnceTheirParentHasBeenReadToItsEnd() throws Exception {
    write(FIRST, "before");
    client.splitShard(
        request -> request.streamName(stream).shardToSplit(FIRST).newStartingHashKey("1234567890"));
    awaitActive();
    write("shardId-000000000002", "low");
    write("shardId-000000000003", "high");
    LogSource source = open(true);

    assertThat(source.partitions()).containsExactly(FIRST, SECOND);
    Checkpoint end;
    try (PartitionReader reader = source.open(FIRST, Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("before");
      end = reader.position();
    }
    assertThat(source.partitions())
        .containsExactly(FIRST, SECOND, "shardId-000000000002", "shardId-000000000003");
    try (PartitionReader reader = source.open("shardId-000000000003", Checkpoint.START)) {
      assertThat(Records.next(reader, 1)).extracting(Record::text).containsExactly("high");
    }
    // After a restart, the checkpoint says that the parent is done.
    LogSource restarted = open(true);
    try (PartitionReader reader = restarted.open(FIRST, end)) {
      assertThat(reader.poll(Records.PATIENCE)).isNull();
    }
    assertThat(restarted.partitions()).hasSize(4);
    assertThat(open(false).partitions()).hasSize(4);
  }

  @Test
  void shardsThatWereMergedHaveOneChild() throws Exception {
    write(FIRST, "a");
    write(SECOND, "b");
    client.mergeShards(
        request -> request.streamName(stream).shardToMerge(FIRST).adjacentShardToMerge(SECOND));
    awaitActive();
    write("shardId-000000000002", "merged");
    LogSource source = open(true);

    Records.texts(source.open(FIRST, Checkpoint.START));
    assertThat(source.partitions()).containsExactly(FIRST, SECOND);
    Records.texts(source.open(SECOND, Checkpoint.START));
    assertThat(source.partitions()).containsExactly(FIRST, SECOND, "shardId-000000000002");
  }

  @Test
  void readingBeginsAtATime() throws Exception {
    write(FIRST, "old");
    Instant old = last();
    await().until(() -> Instant.now().isAfter(old.plusMillis(5)));
    write(FIRST, "new");
    QueryPlan plan = QueryPlan.bounded().from(old.plusMillis(1));
    try (PartitionReader reader = source(false).plan(plan).build().open(FIRST, Checkpoint.START)) {
      assertThat(reader.position().value()).startsWith("AT:");
      assertThat(Records.texts(reader)).containsExactly("new");
    }
  }

  private Instant last() throws Exception {
    try (PartitionReader reader = open(false).open(FIRST, Checkpoint.START)) {
      List<Record> records = Records.toEnd(reader);
      return Instant.EPOCH.plusNanos(records.get(records.size() - 1).time());
    }
  }

  @Test
  void subscriptionsOfCloudWatchAreUnpacked() throws Exception {
    String events =
        """
        {"messageType":"DATA_MESSAGE","owner":"123","logGroup":"g","logStream":"s",
         "subscriptionFilters":["f"],"logEvents":[
         {"id":"1","timestamp":1769860800000,"message":"one\\n\\tat x"},
         {"id":"2","timestamp":1769860800001,"message":"two","extractedFields":{"a":["b"]}}]}""";
    String control =
        "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"message\":\"?\"}]}";
    write(FIRST, List.of(gzip(events), gzip(control), gzip("other"), gzip("{\"a\":1}")));
    write(FIRST, "plain");
    List<Record> all = new ArrayList<>();
    try (PartitionReader reader = source(false).unpack().build().open(FIRST, Checkpoint.START)) {
      all.addAll(Records.toEnd(reader));
    }
    assertThat(all).hasSize(5);
    assertThat(all.get(0).text()).isEqualTo("one\n\tat x");
    assertThat(all.get(0).time()).isEqualTo(1769860800000L * 1_000_000);
    assertThat(all.get(1).text()).isEqualTo("two");
    assertThat(all.get(4).text()).isEqualTo("plain");
    assertThat(all.stream().map(Record::offset).distinct()).hasSize(5);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aStreamThatIsNotThereIsSaid() {
    LogSource source = KinesisSource.builder("none").access(Access.to(server.uri())).build();

    assertThatThrownBy(source::partitions)
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("stream none: there is no such thing");
  }

  @Test
  void aUriOpensIt() throws Exception {
    write(FIRST, "from a URI");
    LogSource source =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.scheme().equals("kinesis"))
            .findFirst()
            .orElseThrow()
            .open(
                URI.create(
                    "kinesis://eu-west-1/%s?unpack&pause=0s&endpoint=%s"
                        .formatted(stream, server.uri())),
                false);
    try (PartitionReader reader = source.open(FIRST, Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("from a URI");
      assertThat(reader.labels()).containsEntry("aws.kinesis.stream_name", stream);
    }
  }
}
