package io.logsense.qdrant;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.logsense.testkit.VectorStoreContract;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a double of the server, over real connections. */
class QdrantVectorStoreTest extends VectorStoreContract {
  private static final String KEY = "correct-horse";
  private static final VectorQuery EAST = VectorQuery.near(new float[] {1, 0});

  /** It tells of every connection that a test breaks. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final List<QdrantVectorStore> opened = new ArrayList<>();
  private QdrantDouble server;

  @BeforeAll
  static void silence() {
    GRPC.setLevel(Level.OFF);
  }

  @BeforeEach
  void start() throws Exception {
    server = new QdrantDouble(KEY);
  }

  @AfterEach
  void stop() throws Exception {
    opened.forEach(QdrantVectorStore::close);
    server.stop();
  }

  private QdrantVectorStore.Builder builder(String collection, String modelId, int dimension) {
    return QdrantVectorStore.builder(server.uri(), collection, modelId, dimension).apiKey(KEY);
  }

  private QdrantVectorStore open(QdrantVectorStore.Builder builder) {
    QdrantVectorStore store = builder.open();
    opened.add(store);
    return store;
  }

  private QdrantVectorStore open(String collection) {
    return open(builder(collection, "m", 2));
  }

  @Override
  protected VectorStore create(String modelId, int dimension) {
    return open(builder("c-" + UUID.randomUUID(), modelId, dimension));
  }

  private static VectorEntry east(String id) {
    return VectorEntry.of(id, new float[] {1, 0});
  }

  private static void assertFails(Category category, String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(text)
        .hasMessageNotContaining(KEY)
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(category));
  }

  @Test
  void whatOneProcessStoredIsFoundByAnother() {
    open("shared")
        .upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("service", "shop"))));

    assertThat(open("shared").search(EAST))
        .containsExactly(new VectorMatch("a", 1, Map.of("service", "shop")));
  }

  @Test
  void ofManyThatMakeACollectionAtOnceAllHaveIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Long> opener =
          () -> {
            try (QdrantVectorStore store = builder("together", "m", 2).open()) {
              return store.size();
            }
          };
      for (Future<Long> size : threads.invokeAll(nCopies(16, opener))) {
        assertThat(size.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aCollectionOfOtherVectorsIsRefused() throws Exception {
    open("owned");

    assertFails(Category.USAGE, "'m' with 2 numbers", () -> builder("owned", "n", 2).open());
    assertFails(Category.USAGE, "of 'm' with 3", () -> builder("owned", "m", 3).open());
  }

  @Test
  void aCollectionOfAnotherDistanceOrOfNoKnownModelIsRefused() {
    CreateCollection.Builder creation =
        CreateCollection.newBuilder()
            .setVectorsConfig(
                VectorsConfig.newBuilder()
                    .setParams(VectorParams.newBuilder().setSize(2).setDistance(Distance.Dot)));
    server.put(creation.setCollectionName("dot").build());
    creation.getVectorsConfigBuilder().getParamsBuilder().setDistance(Distance.Cosine);
    server.put(creation.setCollectionName("old").build());

    assertFails(Category.USAGE, "2 numbers by Dot", () -> builder("dot", "m", 2).open());
    assertFails(Category.USAGE, "before 1.16", () -> builder("old", "m", 2).open());
  }

  @Test
  void anIndexThatIsMissingIsMade() {
    open("half").upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("k", "v"))));
    server.collection("half").indexed().clear();

    assertThat(open("half").search(EAST.where("k", "v"))).hasSize(1);
  }

  @Test
  void ofAnEntryThatIsReplacedNothingIsLeft() {
    VectorStore store = open("groups");
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("old", "1", "both", "1"))));
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("both", "2"))));

    assertThat(store.search(EAST)).containsExactly(new VectorMatch("a", 1, Map.of("both", "2")));
  }

  @Test
  void idsKeysAndValuesMayBeAnyText() {
    VectorStore store = open("groups");
    Map<String, String> metadata =
        Map.of("a=b", "=c", "\\", "\\=", "a.b[]\"", "", "", "\"}", "\\=", "\u0000\uD83D\uDD25'");
    String id = "tm1:\"\\/\u4E2D {}";
    store.upsert(List.of(VectorEntry.of(id, new float[] {1, 0}, metadata), east("")));

    assertThat(store.search(EAST))
        .containsExactly(new VectorMatch("", 1, Map.of()), new VectorMatch(id, 1, metadata));
    metadata.forEach(
        (key, value) -> {
          assertThat(store.search(EAST.where(key, value))).hasSize(1);
          assertThat(store.search(EAST.where(key, "other"))).isEmpty();
        });
    assertThat(store.search(EAST.where("a", "b==c"))).isEmpty();
    assertThat(store.remove(List.of(id))).isEqualTo(1);
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    VectorStore store = open("groups");
    store.upsert(
        List.of(VectorEntry.of("a\uD83D", new float[] {1, 0}, Map.of("\uDD25", "b\uD83D"))));

    assertThat(store.search(EAST.where("\uDD25", "b\uD83D")))
        .containsExactly(new VectorMatch("a\uFFFD", 1, Map.of("\uFFFD", "b\uFFFD")));
    assertThat(store.remove(List.of("a\uD83D"))).isEqualTo(1);
  }

  @Test
  void manyEntriesGoInBatchesOfBoundedCountAndSize() {
    List<VectorEntry> many = IntStream.range(0, 2_500).mapToObj(i -> east("e" + i)).toList();
    QdrantVectorStore store = open("many");
    store.upsert(many);
    assertThat(server.collection("many").batches()).containsExactly(1_000, 1_000, 500);
    assertThat(store.size()).isEqualTo(2_500);
    assertThat(store.remove(many.stream().map(VectorEntry::id).toList())).isEqualTo(2_500);

    Map<String, String> metadata = Map.of("text", "x".repeat(1 << 20));
    open("large")
        .upsert(
            IntStream.range(0, 5)
                .mapToObj(i -> VectorEntry.of("e" + i, new float[] {1, 0}, metadata))
                .toList());
    assertThat(server.collection("large").batches()).containsExactly(3, 2);
  }

  @Test
  void aHugeValueIsKeptAndOneThatNoAnswerCouldHoldIsRefused() {
    QdrantVectorStore store = open("huge");
    Map<String, String> metadata = Map.of("text", "\u4E2D".repeat(2_000_000));
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, metadata)));
    assertThat(store.search(EAST)).containsExactly(new VectorMatch("a", 1, metadata));

    QdrantVectorStore narrow = open(builder("huge", "m", 2).messageBytes(1 << 20));
    assertFails(Category.LIMIT, "raise it, or ask for fewer", () -> narrow.search(EAST));
    assertFails(
        Category.LIMIT,
        "entry 'b' has",
        () -> narrow.upsert(List.of(VectorEntry.of("b", new float[] {1, 0}, metadata))));
    assertThat(narrow.size()).isEqualTo(1);
  }

  @Test
  void aSubjectIsPurgedFromEveryPageHoweverLargeItsPoints() {
    QdrantVectorStore store = open(builder("people", "m", 2).messageBytes(1 << 20));
    Subject subject = Subject.of("jane.roe@example.com");
    store.upsert(
        IntStream.range(0, 2_500)
            .mapToObj(i -> east(i % 10 == 0 ? "e" + i + " JANE.ROE@example.com" : "e" + i))
            .toList());
    assertThat(store.purge(subject)).isEqualTo(250);

    Map<String, String> metadata = Map.of("text", "x".repeat(600_000) + subject.identifier());
    store.upsert(
        IntStream.range(0, 3)
            .mapToObj(i -> VectorEntry.of("large" + i, new float[] {1, 0}, metadata))
            .toList());
    assertThat(store.mentions(subject)).isEqualTo(3);
    assertThat(store.purge(subject)).isEqualTo(3);
    assertThat(store.mentions(subject)).isZero();
    assertThat(store.size()).isEqualTo(2_250);
  }

  @Test
  void whatWasStoredIsThereAfterARestartWithoutAPause() throws Exception {
    QdrantVectorStore store = open("groups");
    store.upsert(List.of(east("a")));
    server.stop();
    for (int i = 0; i < 5; i++) {
      assertFails(Category.TRANSIENT, "UNAVAILABLE", () -> store.upsert(List.of(east("b"))));
    }
    server.startAgain();

    store.upsert(List.of(east("b")));
    assertThat(store.search(EAST)).extracting(VectorMatch::id).containsExactly("a", "b");
  }

  @Test
  void aCallThatIsUnderWayWhenTheServerGoesFails() throws Exception {
    QdrantVectorStore store = open("groups");
    server.silent(true);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> stopped =
          thread.submit(
              () -> {
                server.awaitCall();
                server.stop();
                return true;
              });
      assertFails(Category.TRANSIENT, "fails", () -> store.search(EAST));
      assertThat(stopped.get()).isTrue();
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNoHang() {
    QdrantVectorStore store = open(builder("groups", "m", 2).timeout(Duration.ofMillis(200)));
    store.upsert(List.of(east("a")));
    server.silent(true);
    assertFails(Category.TRANSIENT, "DEADLINE_EXCEEDED", () -> store.search(EAST));
    assertFails(Category.TRANSIENT, "DEADLINE_EXCEEDED", store::size);
    assertFails(
        Category.TRANSIENT,
        "DEADLINE_EXCEEDED",
        () -> builder("groups", "m", 2).timeout(Duration.ofMillis(200)).open());

    server.silent(false);
    assertThat(open("groups").search(EAST)).hasSize(1);
  }

  @Test
  void anInterruptEndsACall() {
    QdrantVectorStore store = open("groups");
    server.silent(true);
    Thread.currentThread().interrupt();
    assertFails(Category.TRANSIENT, "CANCELLED", () -> store.search(EAST));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aServerThatIsNotThereOrSpeaksAnotherProtocolIsNoHang() throws Exception {
    URI tls = URI.create("https://127.0.0.1:" + server.uri().getPort());
    assertFails(
        Category.TRANSIENT,
        "UNAVAILABLE",
        () -> QdrantVectorStore.builder(tls, "groups", "m", 2).apiKey(KEY).open());
    server.stop();
    assertFails(Category.TRANSIENT, "UNAVAILABLE", () -> builder("groups", "m", 2).open());
  }

  @Test
  void aWrongKeyIsRefusedAndNotRepeated() {
    assertFails(
        Category.EXTERNAL,
        "Invalid API key",
        () -> builder("groups", "m", 2).apiKey("wrong").open());
    assertFails(
        Category.EXTERNAL,
        "Must provide an API key",
        () -> QdrantVectorStore.builder(server.uri(), "groups", "m", 2).open());
    assertFails(Category.USAGE, "ASCII", () -> builder("groups", "m", 2).apiKey(KEY + "\n"));
  }

  @Test
  void aCollectionThatIsGoneIsAFailureOfTheServersSide() {
    QdrantVectorStore store = open("groups");
    server.drop("groups");

    assertFails(Category.EXTERNAL, "doesn't exist", store::size);
    assertFails(Category.EXTERNAL, "doesn't exist", () -> store.upsert(List.of(east("a"))));
    assertFails(Category.EXTERNAL, "INVALID_ARGUMENT", () -> builder("a/b", "m", 2).open());
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    for (String uri : List.of("localhost:6334", "ftp://host", "http://user:pw@host", "http:///x")) {
      assertFails(
          Category.USAGE,
          "http://127.0.0.1:6334",
          () -> QdrantVectorStore.builder(URI.create(uri), "groups", "m", 2));
    }
    assertFails(Category.USAGE, "65536", () -> builder("groups", "m", 65_537));
    assertFails(Category.USAGE, "positive", () -> builder("g", "m", 2).timeout(Duration.ZERO));
    assertFails(Category.USAGE, "messageBytes", () -> builder("g", "m", 2).messageBytes(1));
  }
}
