package io.logsense.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.LogStoreProvider;
import io.logsense.api.store.StoredEvent;
import io.logsense.testkit.Faults.Fault;
import io.logsense.testkit.FaultyProxy;
import io.logsense.testkit.SampleEvents;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not ask. */
class ClickHouseStoreTest {
  private static final EventQuery ALL = EventQuery.all();
  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isOpenedByItsUri() {
    LogStoreProvider provider =
        ServiceLoader.load(LogStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.scheme().equals("clickhouse"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> provider.open(URI.create("clickhouse:nothing")))
        .hasMessageContaining("must be like");
    assertThatThrownBy(() -> provider.open(URI.create("clickhouse://me:secret@host/db")))
        .hasMessageContaining("leave it out")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> provider.open(URI.create("clickhouse://host/db?passwd=x")))
        .hasMessageContaining("no option 'passwd'");
    assertThatThrownBy(() -> provider.open(URI.create("clickhouse://127.0.0.1:1/db")))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("cannot be opened");

    URI uri = URI.create("clickhouse://" + server.authority() + "/by_uri?days=7&timeout=30s");
    try (ClickHouseStore store = ClickHouseStoreProvider.open(uri, Map.of())) {
      assertThat(store.append(List.of(SampleEvents.complete("e")), Map.of())).isEqualTo(1);
    }
    try (ClickHouseStore store = server.store("by_uri").open()) {
      assertThat(store.count(ALL)).isEqualTo(1);
    }
    assertThat(text("SELECT create_table_query FROM system.tables WHERE database = 'by_uri'"))
        .anyMatch(table -> table.contains("TTL kept + toIntervalDay(7)"));
  }

  @Test
  void takesUserAndPasswordFromTheEnvironment() {
    URI uri = URI.create("clickhouse://" + server.authority() + "/by_user");
    Map<String, String> environment =
        Map.of("CLICKHOUSE_USER", "default", "CLICKHOUSE_PASSWORD", "wrong");

    assertThatThrownBy(() -> ClickHouseStoreProvider.open(uri, environment))
        .isInstanceOfSatisfying(
            LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.EXTERNAL))
        .hasMessageContaining("AUTHENTICATION_FAILED")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void aCheckpointThatCouldNotBeKeptIsKeptWhenItsEventsComeAgain() {
    List<StoredEvent> events = new SampleEvents(1).next(100);
    Map<String, Checkpoint> upTo = Map.of("p", new Checkpoint("100"));
    try (ClickHouseStore store = server.store("halfway").open()) {
      server.sql().run(new Statement("RENAME TABLE halfway.checkpoints TO halfway.away"));
      assertThatThrownBy(() -> store.append(events, upTo))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("UNKNOWN_TABLE");
      server.sql().run(new Statement("RENAME TABLE halfway.away TO halfway.checkpoints"));
      assertThat(store.checkpoints()).isEmpty();

      assertThat(store.append(events, upTo)).as("new events").isZero();

      assertThat(store.count(ALL)).isEqualTo(100);
      assertThat(store.checkpoints()).isEqualTo(upTo);
    }
  }

  @Test
  void severalStoresAppendTheSameAtOnceAndItIsKeptOnce() {
    List<StoredEvent> events = new SampleEvents(1).next(1_200);
    String database = server.database();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                try (ClickHouseStore store = server.store(database).open()) {
                  store.append(events, Map.of());
                }
              }));
    }
    writers.forEach(CompletableFuture::join);

    try (ClickHouseStore store = server.store(database).open()) {
      assertThat(store.count(ALL)).isEqualTo(1_200);
      assertThat(store.find(ALL.limit(2_000))).containsExactlyInAnyOrderElementsOf(events);
      assertThat(store.append(events, Map.of())).isZero();
    }
  }

  @Test
  void aPurgeReachesCheckpointsThatLaterOnesReplaced() {
    Subject subject = Subject.of("jane.roe@example.com");
    Checkpoint named = new Checkpoint("logs/jane.roe@example.com/1");
    Checkpoint other = new Checkpoint("logs/2");
    try (ClickHouseStore store = server.store("replaced").open()) {
      server.sql().run(new Statement("SYSTEM STOP MERGES replaced.checkpoints"));
      store.append(
          List.of(),
          Map.of(
              "of jane.roe@example.com",
              other,
              "earlier",
              named,
              "later",
              other,
              "neither",
              other));
      store.append(List.of(), Map.of("earlier", other, "later", named));

      assertThat(store.mentions(subject)).isEqualTo(3);
      server.sql().run(new Statement("SYSTEM START MERGES replaced.checkpoints"));
      assertThat(store.purge(subject)).isEqualTo(3);

      assertThat(text("SELECT name FROM replaced.checkpoints")).containsExactly("neither");
      assertThat(text("SELECT command FROM system.mutations WHERE database = 'replaced'"))
          .isNotEmpty()
          .noneMatch(subject::isIn);
      assertThat(store.purge(subject)).isZero();
    }
  }

  @Test
  void anEventThatComesAgainStaysInItsLaterGroup() {
    List<StoredEvent> events = List.of(SampleEvents.of("e", "earlier", 1, "m"));
    try (ClickHouseStore store = server.store(server.database()).open()) {
      store.append(events, Map.of());
      store.regroup(Map.of("earlier", "later"));
      store.append(events, Map.of());

      assertThat(store.countByGroup(ALL)).isEqualTo(Map.of("later", 1L));
    }
  }

  @Test
  void takesEventsOfManyDaysAtOnce() {
    List<StoredEvent> events = new ArrayList<>();
    for (int day = 0; day < 150; day++) {
      long time = Duration.ofDays(day).toNanos();
      events.add(SampleEvents.of("day-" + day, "g", time, "m"));
    }
    try (ClickHouseStore store = server.store(server.database()).open()) {
      assertThat(store.append(events, Map.of())).isEqualTo(150);
      assertThat(store.count(ALL)).isEqualTo(150);
    }
  }

  @Test
  void refusesTablesOfANewerVersion() {
    server.store("newer").open().close();
    server.sql().run(new Statement("INSERT INTO newer.logsense_schema SELECT 99"));

    assertThatThrownBy(() -> server.store("newer").open())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("use a newer one");
  }

  @Test
  void goesOnWithTablesThatWereMadeByHalves() {
    server.store("halves").open().close();
    server.sql().run(new Statement("DROP TABLE halves.logsense_schema"));
    server.sql().run(new Statement("DROP TABLE halves.checkpoints"));

    try (ClickHouseStore store = server.store("halves").open()) {
      assertThat(store.checkpoints()).isEmpty();
    }
  }

  @Test
  void doesNotTellTheValuesOfAStatementThatFails() {
    try (ClickHouseStore store = server.store("gone").open()) {
      server.sql().run(new Statement("DROP TABLE gone.events"));

      assertThatThrownBy(() -> store.count(ALL.text("secret")))
          .isInstanceOf(LogSenseException.class)
          .hasMessageContaining("UNKNOWN_TABLE")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void waitsNoLongerThanItsTimeOut() throws IOException {
    try (FaultyProxy proxy = server.proxy();
        ClickHouseStore store =
            ClickHouseStore.at(URI.create("http://" + proxy.authority()))
                .database("silent")
                .timeout(Duration.ofSeconds(5))
                .open()) {
      proxy.inject(Fault.SILENT);

      assertThatThrownBy(() -> store.count(ALL))
          .isInstanceOfSatisfying(
              LogSenseException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT))
          .hasMessageContaining("has not answered for 5 s");
    }
  }

  private static List<String> text(String sql) {
    return server.sql().query(new Statement(sql), RowReader::text);
  }
}
