package io.logsense.duckdb;

import static io.logsense.duckdb.TestEvents.builder;
import static io.logsense.duckdb.TestEvents.event;
import static io.logsense.duckdb.TestEvents.events;
import static io.logsense.duckdb.TestEvents.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.purge.Subject;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockIndexTest {
  private static final EventQuery ALL = EventQuery.all();
  private static final int BLOCKS = 3;
  private static final int EVENTS = BLOCKS * OpenBlock.EVENTS + 100;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("events.duckdb");
  }

  /** Closed blocks that would be looked through. */
  private List<Integer> candidates(EventQuery query) {
    Database database = new Database(file(), 256L << 20, 1);
    try (database) {
      return database.snapshot(
          connection -> {
            int open = BlockIndex.openBlock(connection);
            return BlockIndex.candidates(connection, query).stream()
                .map(BlockIndex.Candidate::block)
                .filter(block -> block != open)
                .sorted()
                .toList();
          });
    }
  }

  @Test
  void passesOverBlocksThatCannotHaveWhatIsSought() {
    try (DuckDbStore store = DuckDbStore.open(file())) {
      for (int n = 0; n < EVENTS; n += 1_000) {
        store.append(events(n, Math.min(EVENTS, n + 1_000)), Map.of());
      }
    }
    assertThat(candidates(ALL)).containsExactly(1, 2, 3);
    assertThat(candidates(ALL.text("item"))).containsExactly(1, 2, 3);
    assertThat(candidates(ALL.text("nobody"))).isEmpty();
    assertThat(candidates(ALL.text("~"))).isEmpty();
    assertThat(candidates(ALL.service("service-1"))).hasSize(3);
    assertThat(candidates(ALL.service("service-2"))).isEmpty();
    assertThat(candidates(ALL.traceId("trace-1025"))).containsExactly(2);
    assertThat(candidates(ALL.atLeast(Severity.FATAL))).isEmpty();
    assertThat(candidates(ALL.between(0, TestEvents.START + 1))).containsExactly(1);
  }

  @Test
  void answersAsIfEveryEventWereLookedAt() {
    Random random = new Random(23);
    List<StoredEvent> all = new ArrayList<>();
    for (int n = 0; n < EVENTS; n++) {
      // Out of order, and some without a time.
      int at = n + random.nextInt(3_000);
      LogEvent event =
          builder(at)
              .timestamp(
                  random.nextInt(100) == 0
                      ? LogEvent.NO_TIMESTAMP
                      : TestEvents.START + at * TestEvents.SECOND)
              .service("service-" + (n < 5_000 ? n % 2 : n % 3))
              .message(HostileTexts.next(random))
              .build();
      String stack = random.nextInt(10) == 0 ? HostileTexts.next(random) : "";
      all.add(event("e" + n, "g" + n % 5, event, stack));
    }
    try (DuckDbStore store = DuckDbStore.open(file())) {
      int next = 0;
      while (next < EVENTS) {
        int end = Math.min(EVENTS, next + 1 + random.nextInt(3_000));
        store.append(all.subList(next, end), Map.of());
        next = end;
      }
      for (int i = 0; i < 80; i++) {
        String text = HostileTexts.next(random);
        EventQuery query = ALL.text(text).limit(1 + random.nextInt(i % 10 == 0 ? 20_000 : 40));
        if (i % 3 == 0) {
          query = query.service("service-" + random.nextInt(4));
        }
        if (i % 5 == 0) {
          query = query.traceId("trace-" + random.nextInt(3_000));
        }
        if (i % 7 == 0) {
          query = query.atLeast(Severity.ERROR);
        }
        assertSame(store, query, all);
      }
    }
  }

  private static void assertSame(DuckDbStore store, EventQuery query, List<StoredEvent> all) {
    List<StoredEvent> expected = all.stream().filter(event -> fulfils(event, query)).toList();
    assertThat(ids(store.find(query)))
        .as(query.text() + " limit " + query.limit())
        .isEqualTo(
            expected.stream()
                .sorted(
                    Comparator.comparingLong((StoredEvent e) -> e.event().timestamp())
                        .reversed()
                        .thenComparing(StoredEvent::id))
                .limit(query.limit())
                .map(StoredEvent::id)
                .toList());
    assertThat(store.count(query)).isEqualTo(expected.size());
    assertThat(store.countByGroup(query).values().stream().mapToLong(n -> n).sum())
        .isEqualTo(expected.size());
  }

  private static boolean fulfils(StoredEvent stored, EventQuery query) {
    LogEvent event = stored.event();
    String text = query.text().orElse("");
    return event.severity().number() >= query.severity().number()
        && query.service().map(event.service()::equals).orElse(true)
        && query.traceId().map(event.traceId()::equals).orElse(true)
        && (HostileTexts.contains(event.message(), text)
            || HostileTexts.contains(stored.stackTrace(), text));
  }

  @Test
  void endsABlockEarlyWhenItsTextsAreLong() {
    Random random = new Random(5);
    List<StoredEvent> noise =
        Stream.generate(
                () -> {
                  StringBuilder text = new StringBuilder();
                  for (int i = 0; i < 2_000; i++) {
                    text.append(Long.toHexString(random.nextLong()));
                  }
                  return text.toString();
                })
            .limit(30)
            .map(text -> event(text.substring(0, 16), "g", builder(1).message(text).build(), ""))
            .toList();
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(noise, Map.of());
      for (StoredEvent event : noise) {
        String message = event.event().message();
        assertThat(store.find(ALL.text(message.substring(17_000, 17_030)))).containsExactly(event);
      }
    }
    assertThat(candidates(ALL)).hasSizeGreaterThan(3);
    String last = noise.get(0).event().message();
    assertThat(candidates(ALL.text(last.substring(9_000, 9_030)))).hasSizeBetween(1, 3);
  }

  @Test
  void goesOnWithTheOpenBlockWhenItIsOpenedAgain() {
    for (int n = 0; n < 9_000; n += 3_000) {
      try (DuckDbStore store = DuckDbStore.open(file())) {
        store.append(events(n, n + 3_000), Map.of());
      }
    }
    assertThat(candidates(ALL.text("item 2999 "))).containsExactly(1);
    try (DuckDbStore store = DuckDbStore.open(file())) {
      for (int n = 0; n < 9_000; n += 250) {
        assertThat(ids(store.find(ALL.text("ITEM " + n + " ")))).containsExactly("event-" + n);
      }
    }
  }

  @Test
  void hasNothingOfAnAppendThatFails() {
    Map<String, Checkpoint> failing =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Checkpoint>> entrySet() {
            throw new IllegalStateException("a map that cannot be read");
          }
        };
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 3_000), Map.of());
      assertThatThrownBy(() -> store.append(events(3_000, 20_000), failing))
          .hasMessageContaining("a map that");
      store.append(events(30_000, 32_000), Map.of());
      assertThat(store.count(ALL)).isEqualTo(5_000);
      assertThat(ids(store.find(ALL.text("item 2999 ")))).containsExactly("event-2999");
      assertThat(ids(store.find(ALL.text("item 30007 ")))).containsExactly("event-30007");
    }
    assertThat(candidates(ALL)).containsExactly(1);
    assertThat(candidates(ALL.traceId("trace-1500"))).isEmpty();
  }

  @Test
  void forgetsTheTextsOfWhatIsRemoved() {
    String secret = "mallory@example.com";
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 6_000), Map.of());
      store.append(List.of(event("m", "g", builder(6_000).message(secret).build(), "")), Map.of());
      store.append(events(6_001, EVENTS), Map.of());
    }
    assertThat(candidates(ALL.text(secret))).containsExactly(2);
    try (DuckDbStore store = DuckDbStore.open(file())) {
      assertThat(store.remove(ALL.text(secret))).isEqualTo(1);
      assertThat(ids(store.find(ALL.text("item 6001 ")))).containsExactly("event-6001");
    }
    assertThat(candidates(ALL.text(secret))).isEmpty();
    assertThat(candidates(ALL)).containsExactly(1, 2, 3);
  }

  @Test
  void forgetsTheTextsOfAPerson() {
    String person = "mallory@example.com";
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(0, 6_000), Map.of());
      store.append(
          List.of(event("m", "g", builder(6_000).message("of " + person).build(), "")), Map.of());
      store.append(events(6_001, EVENTS), Map.of());

      store.purge(Subject.of(person));
    }
    assertThat(candidates(ALL.text(person))).isEmpty();
    assertThat(candidates(ALL)).containsExactly(1, 2, 3);
  }

  @Test
  void goesOnWhenWholeBlocksAreRemoved() {
    for (boolean hasFile : new boolean[] {false, true}) {
      try (DuckDbStore store = hasFile ? DuckDbStore.open(file()) : DuckDbStore.inMemory()) {
        store.append(events(0, EVENTS), Map.of());
        long end = TestEvents.START + 3L * OpenBlock.EVENTS * TestEvents.SECOND;

        assertThat(store.remove(ALL.between(0, end))).isEqualTo(BLOCKS * OpenBlock.EVENTS);
        store.append(events(20_000, 26_000), Map.of());

        assertThat(store.count(ALL)).isEqualTo(6_100);
        assertThat(ids(store.find(ALL.text("item 25999 ")))).containsExactly("event-25999");
        assertThat(ids(store.find(ALL.text("item 20000 ")))).containsExactly("event-20000");
        assertThat(ids(store.find(ALL.text("item 12300 ")))).containsExactly("event-12300");
        assertThat(store.count(ALL.text("added"))).isEqualTo(6_100);
        store.remove(ALL);
        store.append(events(0, 5_000), Map.of());
        assertThat(store.count(ALL.text("added"))).isEqualTo(5_000);
      }
    }
  }

  @Test
  void indexesWhatComesFromParquet() {
    Path parquet = directory.resolve("p.parquet");
    try (DuckDbStore store = DuckDbStore.inMemory()) {
      store.append(events(0, EVENTS), Map.of());
      store.export(parquet, ALL);
    }
    try (DuckDbStore store = DuckDbStore.open(file())) {
      store.append(events(100, 9_000), Map.of());
      assertThat(store.load(parquet)).isEqualTo(EVENTS - 8_900);
      store.append(events(EVENTS, EVENTS + 5_000), Map.of());
      assertThat(store.load(parquet)).isZero();
      for (int n = 0; n < EVENTS + 5_000; n += 500) {
        assertThat(ids(store.find(ALL.text("item " + n + " ")))).containsExactly("event-" + n);
      }
    }
    assertThat(candidates(ALL.traceId("trace-2500"))).hasSize(1);
  }

  /** A file of the first version: without blocks. */
  @Test
  void takesOverAFileOfTheFirstVersion() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE logsense_schema AS SELECT 1::INTEGER AS version;"
              + "CREATE TABLE checkpoints (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);"
              + "CREATE TABLE documents (kind VARCHAR, id VARCHAR, json VARCHAR NOT NULL,"
              + " PRIMARY KEY (kind, id));"
              + "INSERT INTO checkpoints VALUES ('p', '7');"
              + "CREATE TABLE events (time BIGINT NOT NULL, id VARCHAR NOT NULL,"
              + " severity UTINYINT NOT NULL, service VARCHAR NOT NULL,"
              + " environment VARCHAR NOT NULL, version VARCHAR NOT NULL,"
              + " commit_id VARCHAR NOT NULL, logger VARCHAR NOT NULL, thread VARCHAR NOT NULL,"
              + " group_id VARCHAR NOT NULL, trace_id VARCHAR NOT NULL,"
              + " request_id VARCHAR NOT NULL, message VARCHAR NOT NULL,"
              + " stack_trace VARCHAR NOT NULL, attributes MAP(VARCHAR, VARCHAR) NOT NULL,"
              + " source VARCHAR NOT NULL, source_offset BIGINT NOT NULL, line BIGINT NOT NULL,"
              + " lines INTEGER NOT NULL);"
              + "INSERT INTO events SELECT 1700000000000000000 + i * 1000000000, 'event-' || i,"
              + " if(i % 10 = 0, 17, 9), 'service-' || i % 2, '', '', '', 'com.shop.Cart', '',"
              + " 'group-' || i % 3, 'trace-' || i // 4, '', 'item ' || i || ' added', '',"
              + " MAP {'user': 'u' || i}, 'orders/0', i * 100, i, 1"
              + " FROM range(10000) numbers(i)");
    }
    try (DuckDbStore store = DuckDbStore.open(file())) {
      assertThat(store.find(ALL.text("ITEM 4711 "))).containsExactly(event(4_711));
      assertThat(store.find(ALL.traceId("trace-1500")))
          .containsExactly(event(6_003), event(6_002), event(6_001), event(6_000));
      assertThat(store.append(events(9_000, 11_000), Map.of())).isEqualTo(1_000);
      assertThat(store.count(ALL)).isEqualTo(11_000);
      assertThat(store.checkpoints()).containsEntry("p", new Checkpoint("7"));
      assertThat(store.find(ALL.text("item 10999"))).containsExactly(event(10_999));
    }
    assertThat(candidates(ALL.traceId("trace-1500"))).containsExactly(2);
  }
}
