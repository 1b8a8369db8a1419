package io.logsense.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.vector.VectorEntry;
import io.logsense.api.vector.VectorMatch;
import io.logsense.api.vector.VectorQuery;
import io.logsense.api.vector.VectorStore;
import io.logsense.testkit.VectorStoreContract;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgVectorStoreTest extends VectorStoreContract {
  private static TestServer server;
  private static HikariDataSource pool;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = TestServer.start();
    pool = TestServer.pool(server.address().getPort());
    server.removePgVector();
    assertThatThrownBy(() -> PgVectorStore.open(pool, "none", "m", 2))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining("has no pgvector");
    server.installPgVector();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      pool.close();
      server.close();
    }
  }

  @Override
  protected VectorStore create(String modelId, int dimension) {
    return PgVectorStore.open(pool, server.schema(), modelId, dimension);
  }

  @Test
  void isThereWhenItIsOpenedAgainWithItsDimensionOnly() {
    String schema = server.schema();
    PgVectorStore.open(pool, schema, "m", 2)
        .upsert(List.of(VectorEntry.of("a", new float[] {1, 0})));

    assertThat(PgVectorStore.open(pool, schema, "m", 2).size()).isEqualTo(1);
    assertThat(PgVectorStore.open(pool, schema, "n", 3).size()).isZero();
    assertThatThrownBy(() -> PgVectorStore.open(pool, schema, "m", 3))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
        .hasMessageContaining("2 components");
  }

  @Test
  void keepsMetadataOfAnyCharacters() {
    Map<String, String> metadata =
        Map.of("", "", "a\0b", "\"\\,{}' \uF8FE=", "\uF8FE", "=\uF8FE=x", "k", "NULL");
    VectorStore store = create("m", 2);
    store.upsert(List.of(VectorEntry.of("i\0d", new float[] {1, 0}, metadata)));

    VectorQuery query = VectorQuery.near(new float[] {1, 0});
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      List<VectorMatch> found = store.search(query.where(entry.getKey(), "x", entry.getValue()));
      assertThat(found).extracting(VectorMatch::id).containsExactly("i\0d");
      assertThat(found.get(0).metadata()).isEqualTo(metadata);
    }
    assertThat(store.search(query.where("k", "null"))).isEmpty();
    assertThat(store.remove(List.of("i\0d"))).isEqualTo(1);
  }

  @Test
  void takesMoreComponentsThanTheIndexDoes() {
    VectorStore store = create("m", 3_000);
    float[] vector = new float[3_000];
    vector[2_999] = 1;
    store.upsert(List.of(VectorEntry.of("a", vector)));

    assertThat(store.search(VectorQuery.near(vector))).hasSize(1);
  }
}
