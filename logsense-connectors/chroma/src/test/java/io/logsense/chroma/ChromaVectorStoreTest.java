package io.logsense.chroma;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.logsense.testkit.VectorStoreContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server; skipped where Chroma is not installed. */
class ChromaVectorStoreTest extends VectorStoreContract {
  @TempDir static Path directory;
  private static @Nullable ChromaServer server;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(ChromaServer.isInstalled(), "run .ci/servers, which installs Chroma's npm package");
    server = ChromaServer.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private static URI uri() {
    return requireNonNull(server).uri();
  }

  @Override
  protected VectorStore create(String modelId, int dimension) {
    return ChromaVectorStore.builder(uri(), "c-" + UUID.randomUUID(), modelId, dimension).open();
  }

  @Test
  void whatOneProcessStoredIsFoundByAnother() {
    String name = "shared-" + UUID.randomUUID();
    ChromaVectorStore.builder(uri(), name, "m", 2)
        .open()
        .upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("service", "shop"))));

    assertThat(
            ChromaVectorStore.builder(uri(), name, "m", 2)
                .open()
                .search(VectorQuery.near(new float[] {1, 0})))
        .containsExactly(new VectorMatch("a", 1, Map.of("service", "shop")));
  }

  @Test
  void aCollectionOfAnotherModelIsRefused() {
    String name = "owned-" + UUID.randomUUID();
    ChromaVectorStore.builder(uri(), name, "m", 2).open();

    assertThatThrownBy(() -> ChromaVectorStore.builder(uri(), name, "n", 2).open())
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining("'m' with 2");
    assertThatThrownBy(() -> ChromaVectorStore.builder(uri(), name, "m", 3).open())
        .isInstanceOf(LogSenseException.class);
  }

  @Test
  void ofAnEntryThatIsReplacedNothingIsLeft() {
    VectorStore store = create("m", 2);
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("old", "1", "both", "1"))));
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0}, Map.of("both", "2"))));

    assertThat(store.search(VectorQuery.near(new float[] {1, 0})))
        .extracting(VectorMatch::metadata)
        .containsExactly(Map.of("both", "2"));
    store.upsert(List.of(VectorEntry.of("a", new float[] {1, 0})));
    assertThat(store.search(VectorQuery.near(new float[] {1, 0})))
        .extracting(VectorMatch::metadata)
        .containsExactly(Map.of());
  }

  @Test
  void idsKeysAndValuesMayBeAnyText() {
    VectorStore store = create("m", 2);
    Map<String, String> metadata =
        Map.of("$and", "$in", "chroma:document", "x", "", "", "\"}", "\u0000\uD83D\uDD25'");
    String id = "tm1:\"\\/\u4E2D {}";
    store.upsert(List.of(VectorEntry.of(id, new float[] {1, 0}, metadata)));
    VectorQuery query = VectorQuery.near(new float[] {1, 0});

    assertThat(store.search(query)).containsExactly(new VectorMatch(id, 1, metadata));
    for (Map.Entry<String, String> one : metadata.entrySet()) {
      assertThat(store.search(query.where(one.getKey(), one.getValue()))).hasSize(1);
      assertThat(store.search(query.where(one.getKey(), "other"))).isEmpty();
    }
    assertThat(store.remove(List.of(id))).isEqualTo(1);
  }

  @Test
  void aServerThatIsNotThereIsNoHang() {
    assertThatThrownBy(
            () ->
                ChromaVectorStore.builder(URI.create("http://127.0.0.1:1"), "groups", "m", 2)
                    .timeout(Duration.ofSeconds(2))
                    .open())
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT));
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    assertThatThrownBy(
            () -> ChromaVectorStore.builder(uri(), "groups", "m", 2).tenant("nobody").open())
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL));
    assertThatThrownBy(() -> ChromaVectorStore.builder(uri(), "../x", "m", 2))
        .isInstanceOf(LogSenseException.class);
  }
}
