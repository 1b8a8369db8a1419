package io.logsense.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.event.LogEvent;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.DocumentStore.Document;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStoreProvider;
import io.logsense.api.store.StoredEvent;
import io.logsense.testkit.SampleEvents;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the contracts do not ask. */
class PostgresStoreTest {
  private static final EventQuery ALL = EventQuery.all();
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isOpenedByItsUri() {
    LogStoreProvider provider =
        ServiceLoader.load(LogStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.scheme().equals("postgresql"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> provider.open(URI.create("postgresql:nothing")))
        .hasMessageContaining("must be like");
    assertThatThrownBy(() -> provider.open(URI.create("postgresql://me:secret@host/db")))
        .hasMessageContaining("leave it out")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> provider.open(URI.create("postgresql://host/db?passwd=x")))
        .hasMessageContaining("no option 'passwd'");

    String uri = "postgresql://127.0.0.1:" + server.address().getPort() + "/postgres";
    Map<String, String> environment = Map.of("PGUSER", "postgres", "PGPASSWORD", "postgres");
    URI full = URI.create(uri + "?schema=by_uri&connections=2&timeout=30s&sslmode=disable");
    try (PostgresStore store = PostgresStoreProvider.open(full, environment)) {
      assertThat(store.append(List.of(SampleEvents.complete("e")), Map.of())).isEqualTo(1);
    }
    try (PostgresStore store = PostgresStore.open(server.source(), "by_uri")) {
      assertThat(store.count(ALL)).isEqualTo(1);
    }
  }

  @Test
  void saysThatNoServerIsThere() {
    assertThatThrownBy(
            () -> PostgresStoreProvider.open(URI.create("postgresql://127.0.0.1:1/db"), Map.of()))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void takesTextsOfAnyLengthInColumnsWithAnIndex() {
    String random =
        new java.util.Random(1)
            .ints(5_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    LogEvent event = LogEvent.builder().timestamp(1).service(random).traceId(random).build();
    try (PostgresStore store = PostgresStore.open(server.source(), server.schema())) {
      store.append(List.of(new StoredEvent("e", random, event, "")), Map.of());

      assertThat(store.find(ALL.service(random).group(random).traceId(random))).hasSize(1);
      assertThat(store.find(ALL.service(random + "x"))).isEmpty();
    }
  }

  @Test
  void replacesHalfOfASurrogatePair() {
    try (PostgresStore store = PostgresStore.open(server.source(), server.schema())) {
      store.append(List.of(SampleEvents.of("e", "g", 1, "a\uD83Db\uF8FEc\0d\uDD25")), Map.of());

      assertThat(store.find(ALL))
          .extracting(found -> found.event().message())
          .containsExactly("a\uFFFDb\uF8FEc\0d\uFFFD");
      assertThat(store.count(ALL.text("\uF8FEC\0D"))).isEqualTo(1);
    }
  }

  @Test
  void refusesADocumentThatIsNoJson() {
    try (PostgresStore store = PostgresStore.open(server.source(), server.schema())) {
      assertThatThrownBy(() -> store.put(List.of(new Document("report", "1", "secret"))))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
          .hasMessageNotContaining("secret");
      assertThat(store.list("report")).isEmpty();
    }
  }

  @Test
  void refusesTablesOfANewerVersion() throws SQLException {
    PostgresStore.open(server.source(), "newer").close();
    server.execute("UPDATE newer.logsense_schema SET version = 99");

    assertThatThrownBy(() -> PostgresStore.open(server.source(), "newer"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("use a newer one");
  }

  @Test
  void leavesEverythingWhenTheTablesCannotBeMade() throws SQLException {
    server.execute("CREATE SCHEMA taken; CREATE TABLE taken.documents (a integer)");

    assertThatThrownBy(() -> PostgresStore.open(server.source(), "taken"))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("documents");
    assertThatThrownBy(() -> server.execute("SELECT * FROM taken.events"))
        .hasMessageContaining("does not exist");
    server.execute("SELECT a FROM taken.documents");
  }

  @Test
  void goesOnWhenTheServerEndsItsConnections() throws Exception {
    List<StoredEvent> events = new SampleEvents(1).next(3_000);
    try (HikariDataSource pool = TestServer.pool(server.address().getPort());
        PostgresStore store = PostgresStore.open(pool, server.schema())) {
      AtomicBoolean done = new AtomicBoolean();
      Thread killer =
          new Thread(
              () -> {
                while (!done.get()) {
                  try {
                    server.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                            + " state <> 'idle' AND pid <> pg_backend_pid()");
                  } catch (SQLException e) {
                    // It was asked once more than the server had time for.
                  }
                }
              });
      killer.start();
      int refused = 0;
      for (int i = 0; i < 60; i++) {
        try {
          store.append(events.subList(i * 50, i * 50 + 50), Map.of("p", new Checkpoint("" + i)));
        } catch (LogSenseException e) {
          assertThat(e.category()).isEqualTo(Category.TRANSIENT);
          refused++;
          i--;
        }
        if (refused == 20) {
          done.set(true);
        }
      }
      done.set(true);
      killer.join();

      assertThat(store.count(ALL)).isEqualTo(3_000);
      assertThat(store.checkpoints()).containsEntry("p", new Checkpoint("59"));
    }
  }
}
