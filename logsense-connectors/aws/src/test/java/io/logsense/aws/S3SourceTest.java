package io.logsense.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.logsense.api.LogSenseException;
import io.logsense.api.source.ArchivedSource;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSource;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.QueryPlan;
import io.logsense.api.source.RecordBatch;
import io.logsense.aws.Records.Record;
import io.logsense.testkit.Faults;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.InMemoryLogSource;
import io.logsense.testkit.SourceContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against S3Proxy, a server of S3's protocol. */
class S3SourceTest extends SourceContract {
  private static final String BUCKET = "logs";
  private static final int OBJECT_RECORDS = 30;
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static S3Proxy server;
  private static URI uri;
  private static S3Client client;

  private final String prefix = "test-" + TESTS.incrementAndGet() + '/';
  private final AtomicInteger objects = new AtomicInteger();
  private FaultyProxy proxy;

  @BeforeAll
  static void startServer() throws Exception {
    Properties settings = new Properties();
    server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("transient-nio2", settings))
            .awsAuthentication(AuthenticationType.AWS_V4, Access.KEY, Access.SECRET)
            .ignoreUnknownHeaders(true)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getPort());
    client = Access.to(uri).client(S3Client.builder().forcePathStyle(true));
    client.createBucket(request -> request.bucket(BUCKET));
  }

  @AfterAll
  static void stopServer() throws Exception {
    client.close();
    server.stop();
  }

  @BeforeEach
  void start() throws IOException {
    proxy =
        FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  @Override
  protected List<String> partitions() {
    return List.of("s3://" + BUCKET + '/' + prefix);
  }

  @Override
  protected void write(String partition, List<byte[]> records) throws IOException {
    for (int i = 0; i < records.size(); i += OBJECT_RECORDS) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (byte[] record : records.subList(i, Math.min(records.size(), i + OBJECT_RECORDS))) {
        content.write(record);
        content.write('\n');
      }
      int object = objects.incrementAndGet();
      byte[] bytes = content.toByteArray();
      put("%06d.log".formatted(object), object % 2 == 0 ? gzip(bytes) : bytes);
    }
  }

  private void put(String name, byte[] content) {
    client.putObject(
        request -> request.bucket(BUCKET).key(prefix + name), RequestBody.fromBytes(content));
  }

  private void put(String name, String content) {
    put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  @Override
  protected LogSource open(boolean follow) {
    return source(follow).build();
  }

  private S3Source.Builder source(boolean follow) {
    QueryPlan plan = follow ? QueryPlan.following() : QueryPlan.bounded();
    return S3Source.builder(BUCKET)
        .prefix(prefix)
        .pathStyle(true)
        .access(Access.to(URI.create("http://" + proxy.authority())))
        .plan(plan.interval(Duration.ofMillis(20)));
  }

  private PartitionReader reader(boolean follow, Checkpoint from) throws IOException {
    return open(follow).open(partitions().get(0), from);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.LINE_FEEDS));
  }

  @Override
  protected Optional<Faults> faults() {
    return Optional.of(new Access.WithoutSilence(proxy));
  }

  @Override
  protected Set<String> secrets() {
    return Set.of(Access.SECRET);
  }

  @Test
  void recordsHaveTheirLineAndTheirByte() throws Exception {
    put("a.log", "one\r\ntwo\n\nfour");
    List<Record> records;
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      records = Records.toEnd(reader);
      assertThat(reader.labels()).containsEntry("aws.s3.bucket", BUCKET);
    }
    assertThat(records).extracting(Record::text).containsExactly("one", "two", "", "four");
    assertThat(records).extracting(Record::line).containsExactly(1L, 2L, 3L, 4L);
    assertThat(records)
        .extracting(record -> record.offset() - records.get(0).offset())
        .containsExactly(0L, 5L, 9L, 10L);
  }

  @Test
  void inTheMiddleOfBigObjectsReadingGoesOnExactly() throws Exception {
    String content =
        String.join("\n", IntStream.range(0, 40_000).mapToObj(i -> "line number " + i).toList());
    put("a.log", content);
    put("b.log.gz", gzip(content.getBytes(StandardCharsets.UTF_8)));
    List<Record> all = new ArrayList<>();
    List<Checkpoint> positions = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      for (RecordBatch batch = reader.poll(Records.PATIENCE);
          batch != null;
          batch = reader.poll(Records.PATIENCE)) {
        all.addAll(Records.copy(batch));
        positions.add(reader.position());
        counts.add(all.size());
      }
    }
    assertThat(all).hasSize(80_000);
    assertThat(positions).hasSizeGreaterThan(10);
    for (int i = 0; i < positions.size(); i += 3) {
      try (PartitionReader reader = reader(false, positions.get(i))) {
        assertThat(Records.toEnd(reader)).isEqualTo(all.subList(counts.get(i), all.size()));
      }
    }
  }

  @Test
  void objectsThatComeWithEarlierKeysAreRead() throws Exception {
    put("m.log", "middle");
    Checkpoint position;
    try (PartitionReader reader = reader(true, Checkpoint.START)) {
      assertThat(Records.next(reader, 1)).extracting(Record::text).containsExactly("middle");
      put("a.log", "early");
      assertThat(Records.next(reader, 1)).extracting(Record::text).containsExactly("early");
      position = reader.position();
    }
    put("b.log", "between");
    put("z.log", "last");
    try (PartitionReader reader = reader(false, position)) {
      assertThat(Records.texts(reader)).containsExactly("between", "last");
    }
  }

  @Test
  void whatIsOverwrittenIsReadAgain() throws Exception {
    put("a.log", "old");
    try (PartitionReader reader = reader(true, Checkpoint.START)) {
      assertThat(Records.next(reader, 1)).extracting(Record::text).containsExactly("old");
      put("a.log", "old\nnew");
      assertThat(Records.next(reader, 2)).extracting(Record::text).containsExactly("old", "new");
    }
  }

  @Test
  void whatIsOverwrittenWhileItIsReadIsReadFromItsBeginning() throws Exception {
    put("a.log", "old\n".repeat(100_000));
    Checkpoint position;
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      Records.next(reader, 1);
      position = reader.position();
    }
    put("a.log", "new");
    try (PartitionReader reader = reader(false, position)) {
      assertThat(Records.texts(reader)).containsExactly("new");
    }
  }

  @Test
  void membersOfGzipThatFollowEachOtherAreAllRead() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // So many that some end where a buffer does.
    for (int i = 0; i < 20_000; i++) {
      bytes.write(gzip(("member " + i + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    put("a.gz", bytes.toByteArray());
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      assertThat(Records.texts(reader)).hasSize(20_000).endsWith("member 19999");
    }
  }

  @Test
  void whatIsDamagedIsSaidOnceAndTheRestIsRead() throws Exception {
    String line = "a line of a damaged object\n";
    byte[] whole = gzip(line.repeat(50_000).getBytes(StandardCharsets.UTF_8));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    put("a.gz", half);
    put("b.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3});
    put("c.log", "fine");
    List<String> texts = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      boolean ended = false;
      while (!ended) {
        try {
          texts.addAll(Records.texts(reader));
          ended = true;
        } catch (IOException e) {
          failures.add(e.getMessage());
        }
      }
    }
    assertThat(failures).hasSize(2);
    assertThat(failures.get(0)).contains("a.gz is damaged behind");
    assertThat(failures.get(1)).contains("b.zst is neither text nor gzip");
    assertThat(texts).endsWith("fine").hasSizeLessThan(50_000);
  }

  /** As S3 answers of an object in Glacier, which S3Proxy has none of. */
  @Test
  void whatIsArchivedIsSaidOnceThoughReadingBeginsAgainBehindIt() throws Exception {
    Instant modified = Instant.now();
    HttpServer glacier =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    glacier.createContext(
        "/",
        exchange -> {
          boolean listing = String.valueOf(exchange.getRequestURI().getQuery()).contains("list");
          boolean begun = String.valueOf(exchange.getRequestURI().getQuery()).contains("start-");
          String object =
              "<Contents><Key>a.log</Key><LastModified>%s</LastModified><ETag>\"e\"</ETag>"
                  + "<Size>3</Size></Contents>";
          String answer =
              listing
                  ? "<ListBucketResult><IsTruncated>false</IsTruncated>"
                      + (begun ? "" : object.formatted(modified))
                      + "</ListBucketResult>"
                  : "<Error><Code>InvalidObjectState</Code><Message>archived</Message></Error>";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(listing ? 200 : 403, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    glacier.start();
    try {
      LogSource source =
          S3Source.builder(BUCKET)
              .pathStyle(true)
              .access(Access.to(URI.create("http://127.0.0.1:" + glacier.getAddress().getPort())))
              .build();
      Checkpoint position = Checkpoint.START;
      try (PartitionReader reader = source.open("s3://" + BUCKET + '/', position)) {
        assertThatThrownBy(() -> reader.poll(Records.PATIENCE))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("a.log is left out");
        position = reader.position();
        assertThat(reader.poll(Records.PATIENCE)).isNull();
      }
      try (PartitionReader reader = source.open("s3://" + BUCKET + '/', position)) {
        assertThat(Records.texts(reader)).isEmpty();
      }
    } finally {
      glacier.stop(0);
    }
  }

  @Test
  void aReaderOpenedWhereAnotherSaidWhatIsDamagedIsBehindIt() throws Exception {
    put("a.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3});
    put("b.log", "fine");
    Checkpoint position;
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      assertThatThrownBy(() -> Records.texts(reader)).hasMessageContaining("a.zst is neither");
      position = reader.position();
    }
    try (PartitionReader reader = reader(false, position)) {
      assertThat(Records.texts(reader)).containsExactly("fine");
    }
  }

  @Test
  void emptyObjectsAndThoseOfBeforeAreLeftOut() throws Exception {
    put("a.log", "");
    put("b.log", "b");
    QueryPlan later = QueryPlan.bounded().from(Instant.now().plusSeconds(60));
    try (PartitionReader reader =
        source(false).plan(later).build().open(partitions().get(0), Checkpoint.START)) {
      assertThat(Records.texts(reader)).isEmpty();
    }
    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("b");
    }
  }

  @Test
  void manyObjectsWithLongNamesAreRemembered() throws Exception {
    String name = "\u00e9".repeat(80) + "/" + "%".repeat(70);
    for (int i = 0; i < 40; i++) {
      put(name + i, "line " + i);
    }
    List<Record> all = new ArrayList<>();
    Checkpoint position = Checkpoint.START;
    // Each reader reads one object.
    for (int i = 0; i < 5; i++) {
      try (PartitionReader reader = reader(false, position)) {
        all.addAll(Records.next(reader, 1));
        position = reader.position();
        assertThat(position.value()).hasSizeLessThanOrEqualTo(Checkpoint.MAX_LENGTH);
      }
    }
    try (PartitionReader reader = reader(false, position)) {
      all.addAll(Records.toEnd(reader));
    }
    assertThat(all.stream().map(Record::text).distinct()).hasSize(40);
    assertThat(all.stream().map(Record::offset).distinct()).hasSize(40);
  }

  @Test
  void ofDatesOnlyThoseThatMayBeNewAreListed() throws Exception {
    put("2020/01/01/a.log", "ancient");
    put(LocalDate.now(ZoneOffset.UTC).toString().replace('-', '/') + "/a.log", "new");
    QueryPlan plan = QueryPlan.bounded().from(Instant.now().minusSeconds(60));
    try (PartitionReader reader =
        source(false)
            .dates("yyyy/MM/dd/")
            .plan(plan)
            .build()
            .open(partitions().get(0), Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("new");
    }
  }

  @Test
  void whatWasArchivedCanBeReadAgain() throws Exception {
    InMemoryLogSource orders = InMemoryLogSource.of("orders").add("orders", "one", "two");
    AwsAccess access = Access.to(uri);
    LogSource archived =
        new ArchivedSource(
            orders,
            S3Archive.in(BUCKET, prefix, access).pathStyle(true),
            InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z")));
    try (PartitionReader reader = archived.open("orders", Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("one", "two");
    }

    try (PartitionReader reader = reader(false, Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("one", "two");
    }
    LogSource nowhere =
        new ArchivedSource(
            orders, S3Archive.in("none", "", access).pathStyle(true), InstantSource.system());
    PartitionReader reader = nowhere.open("orders", Checkpoint.START);
    reader.poll(Records.PATIENCE);
    assertThatThrownBy(() -> reader.acknowledge(reader.position()))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("s3://none/");
  }

  @Test
  void aBucketThatIsNotThereIsSaid() {
    assertThatThrownBy(
            () -> {
              try (PartitionReader reader =
                  S3Source.builder("no-such-bucket")
                      .pathStyle(true)
                      .access(Access.to(uri))
                      .build()
                      .open("s3://no-such-bucket/", Checkpoint.START)) {
                reader.poll(Records.PATIENCE);
              }
            })
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("there is no such thing");
  }

  @Test
  void aUriOpensIt() throws Exception {
    put("a.log", "from a URI");
    LogSource source =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.scheme().equals("s3"))
            .findFirst()
            .orElseThrow()
            .open(
                URI.create(
                    "s3://%s/%s?region=%s&path-style=true&dates=yyyy&endpoint=%s"
                        .formatted(BUCKET, prefix, Access.REGION, uri)),
                false);
    try (PartitionReader reader = source.open(partitions().get(0), Checkpoint.START)) {
      assertThat(Records.texts(reader)).containsExactly("from a URI");
    }
  }
}
