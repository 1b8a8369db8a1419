package io.logsense.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordBuffer;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for both search engines, asked of the real ones. */
abstract class SearchSourceContract extends SourceContract {
  private static final AtomicInteger INDEXES = new AtomicInteger();
  private static final Instant START = Instant.parse("2020-02-29T12:00:00Z");
  private static final QueryPlan FOLLOWING =
      QueryPlan.following().interval(Duration.ofMillis(50)).recordBytes(1 << 16);
  private static final QueryPlan BOUNDED = QueryPlan.bounded().recordBytes(1 << 16);

  private final String index = "logs-" + INDEXES.incrementAndGet();
  private Optional<FaultyProxy> proxy = Optional.empty();
  private int written;

  abstract SearchServer server();

  abstract SearchSource.Builder source(URI server);

  @AfterEach
  void stopProxy() throws IOException {
    if (proxy.isPresent()) {
      proxy.get().close();
    }
  }

  @Override
  protected List<String> partitions() {
    return List.of(index);
  }

  @Override
  protected void write(String partition, List<byte[]> records) throws Exception {
    List<String> documents = new ArrayList<>();
    for (byte[] record : records) {
      documents.add(document(START.plusMillis(written++).toString(), new String(record, UTF_8)));
    }
    bulk(partition, documents);
  }

  private static String document(String time, String message) {
    byte[] json =
        Json.object(
            fields -> {
              fields.writeStringField("@timestamp", time);
              fields.writeStringField("message", message);
            });
    return new String(json, UTF_8);
  }

  private void bulk(String to, List<String> documents) throws Exception {
    StringBuilder lines = new StringBuilder();
    documents.forEach(document -> lines.append("{\"index\":{}}\n").append(document).append('\n'));
    assertThat(server().call("POST", "/" + to + "/_bulk?refresh=true", lines.toString()))
        .contains("\"errors\":false");
  }

  @Override
  protected byte[] written(byte[] record) {
    String[] message = new String[1];
    try {
      Json.read(
          record,
          (name, json) -> {
            if (name.equals("message")) {
              message[0] = json.getText();
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return message[0].getBytes(UTF_8);
  }

  @Override
  protected LogSource open(boolean follow) throws Exception {
    create(index, "date", 1);
    return builder()
        .requestTimeout(Duration.ofSeconds(proxy.isPresent() ? 3 : 30))
        .plan((follow ? FOLLOWING : BOUNDED).lookBack(Duration.ZERO))
        .build();
  }

  private SearchSource.Builder builder() {
    String authority =
        proxy.map(FaultyProxy::authority).orElse("127.0.0.1:" + server().address().getPort());
    return source(URI.create("http://" + authority)).index(index).pageSize(40);
  }

  private void create(String name, String timeType, int shards) throws Exception {
    if (server().call("GET", "/_cluster/state/metadata?filter_path=**." + name, "").length() > 2) {
      return;
    }
    server()
        .call(
            "PUT",
            "/" + name,
            """
            {"settings": {"number_of_shards": %d, "number_of_replicas": 0},
             "mappings": {"properties": {"@timestamp": {"type": "%s"}}}}"""
                .formatted(shards, timeType));
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.ANY_BYTES));
  }

  @Override
  protected int recordBytes() {
    return 1 << 16;
  }

  @Override
  protected Optional<Faults> faults() {
    try {
      proxy = Optional.of(FaultyProxy.to(server().address()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return proxy.map(faulty -> faulty);
  }

  @Test
  void documentsOfOneTimeInSeveralShardsComeOnceEach() throws Exception {
    create(index, "date", 3);
    bulk(index, IntStream.range(0, 500).mapToObj(i -> document(START + "", "m " + i)).toList());

    List<String> read = drain(builder().pageSize(7).plan(BOUNDED).build());

    assertThat(read).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void whatIsIndexedLateIsReadOnce() throws Exception {
    write(index, lines(100, 0));
    List<String> read = new ArrayList<>();
    try (PartitionReader reader = open(FOLLOWING.lookBack(Duration.ofSeconds(1)))) {
      read.addAll(until(reader, 100));
      for (int i = 0; i < 6; i++) {
        bulk(index, List.of(document(START.minusMillis(10 * i) + "", "late " + i)));
        write(index, lines(1, 100 + i));
        read.addAll(until(reader, 2));
      }
    }
    assertThat(read).hasSize(112).doesNotHaveDuplicates();
  }

  @Test
  void aPointInTimeThatEndedIsReplaced() throws Exception {
    write(index, lines(200, 0));
    List<String> read = new ArrayList<>();
    int before = pointsInTime();
    SearchSource source = builder().keepAlive("1ms").plan(BOUNDED).build();
    try (PartitionReader reader = source.open(index, Checkpoint.START)) {
      for (RecordBatch batch = reader.poll(Duration.ZERO);
          batch != null;
          batch = reader.poll(Duration.ZERO)) {
        read.addAll(texts(batch));
        endPointsInTime(before);
      }
    }
    assertThat(read).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void pointsInTimeAreGivenBack() throws Exception {
    write(index, lines(100, 0));
    int before = pointsInTime();
    drain(builder().plan(BOUNDED).build());
    open(FOLLOWING).close();
    assertThat(pointsInTime()).isLessThanOrEqualTo(before);
  }

  /** Returns when the points in time that may wait for a millisecond are no more. */
  void endPointsInTime(int before) throws Exception {
    await().until(() -> pointsInTime() <= before);
  }

  private int pointsInTime() throws Exception {
    String statistics = server().call("GET", "/_nodes/stats/indices/search", "");
    return Integer.parseInt(statistics.replaceAll("(?s).*\"open_contexts\":(\\d+).*", "$1"));
  }

  @Test
  void timesAreOfNanosecondsWhereTheIndexHasThem() throws Exception {
    create(index, "date_nanos", 1);
    bulk(
        index,
        List.of(
            document("2020-02-29T12:00:00.123456789Z", "first"),
            document("2020-02-29T12:00:00.123456790Z", "second")));
    try (PartitionReader reader = open(BOUNDED)) {
      RecordBatch batch = reader.poll(Duration.ZERO);
      assertThat(batch.time(0)).isEqualTo(START.getEpochSecond() * 1_000_000_000 + 123_456_789);
      assertThat(batch.time(1)).isEqualTo(START.getEpochSecond() * 1_000_000_000 + 123_456_790);
    }
  }

  @Test
  void aPatternFindsIndexesThatComeLater() throws Exception {
    SearchSource source =
        builder().index("roll-" + index + "-*").plan(FOLLOWING.lookBack(Duration.ZERO)).build();
    try (PartitionReader reader = source.open("roll-" + index + "-*", Checkpoint.START)) {
      assertThat(texts(reader.poll(Duration.ofMillis(200)))).isEmpty();
      for (int i = 0; i < 3; i++) {
        write("roll-" + index + "-" + i, lines(50, 50 * i));
        assertThat(until(reader, 50)).hasSize(50);
      }
    }
  }

  @Test
  void onlyWhatMatchesTheQueryIsRead() throws Exception {
    write(index, List.of("a payment failed".getBytes(UTF_8), "a payment".getBytes(UTF_8)));
    assertThat(drain(builder().query("message:fail*").build()))
        .singleElement()
        .asString()
        .contains("a payment failed");
  }

  @Test
  void onlyWhatIsNewEnoughIsRead() throws Exception {
    write(index, lines(100, 0));
    assertThat(drain(builder().plan(BOUNDED.from(START.plusMillis(90))).build())).hasSize(10);
  }

  @Test
  void aQueryThatIsWrongIsRefusedWithTheReasonOfTheServer() throws Exception {
    write(index, lines(1, 0));
    assertThatThrownBy(() -> drain(builder().query("a:(").build()))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("Failed to parse query [a:(]");
  }

  @Test
  void anIndexThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> drain(builder().index("nowhere").build()))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("no such index [nowhere]");
  }

  @Test
  void aDocumentOfSeveralLinesIsOneLine() throws Exception {
    server()
        .call(
            "POST",
            "/" + index + "/_doc/7?refresh=true",
            "{\r\n  \"@timestamp\": \"%s\",\n  \"message\": \"a\\nb\"\n}".formatted(START));
    try (PartitionReader reader = open(BOUNDED)) {
      RecordBatch batch = reader.poll(Duration.ZERO);
      assertThat(texts(batch).get(0)).doesNotContain("\n", "\r").contains("\"a\\nb\"");
      assertThat(batch.offset(0)).isEqualTo(RecordBuffer.offsetOf(index + "/7"));
    }
  }

  @Test
  void largeDocumentsAreAskedForInSmallerPages() throws Exception {
    String text = "x".repeat(10_000);
    write(index, IntStream.range(0, 60).mapToObj(i -> (text + i).getBytes(UTF_8)).toList());

    assertThat(drain(builder().answerBytes(50_000).build())).hasSize(60).doesNotHaveDuplicates();
    assertThatThrownBy(() -> drain(builder().answerBytes(15_000).build()))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.LIMIT))
        .hasMessageContaining("raise answerBytes");
  }

  private PartitionReader open(QueryPlan plan) throws IOException {
    return builder().plan(plan).build().open(index, Checkpoint.START);
  }

  private static List<byte[]> lines(int count, int from) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> ("line " + i).getBytes(UTF_8))
        .toList();
  }

  private static List<String> drain(SearchSource source) throws Exception {
    List<String> read = new ArrayList<>();
    try (PartitionReader reader = source.open(source.partitions().get(0), Checkpoint.START)) {
      for (RecordBatch batch = reader.poll(Duration.ZERO);
          batch != null;
          batch = reader.poll(Duration.ZERO)) {
        read.addAll(texts(batch));
      }
    }
    return read;
  }

  private static List<String> until(PartitionReader reader, int count) throws Exception {
    List<String> read = new ArrayList<>();
    for (int polls = 0; read.size() < count && polls < 300; polls++) {
      read.addAll(texts(reader.poll(Duration.ofMillis(100))));
    }
    return read;
  }

  private static List<String> texts(RecordBatch batch) {
    return IntStream.range(0, batch.size())
        .mapToObj(i -> new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8))
        .toList();
  }
}
