package io.logsense.duckdb;

import static io.logsense.duckdb.TestEvents.START;
import static io.logsense.duckdb.TestEvents.builder;
import static io.logsense.duckdb.TestEvents.event;
import static io.logsense.duckdb.TestEvents.events;
import static io.logsense.duckdb.TestEvents.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.store.EventQuery;
import io.logsense.api.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the contract of stores does not ask; files are the affair of {@link StoreFileTest}. */
class DuckDbStoreTest {
  private final DuckDbStore store = DuckDbStore.inMemory();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsTheOrderOfAttributes() {
    LogEvent event = builder(1).attribute("zulu", "1").attribute("alpha", "2").build();
    store.append(List.of(event("id", "g", event, "")), Map.of());

    assertThat(store.find(EventQuery.all()).get(0).event().attributes().keySet())
        .containsExactly("user", "zulu", "alpha");
  }

  @Test
  void leavesEventsWithoutATimeOutOfQueriesByTime() {
    store.append(
        List.of(event("timeless", "g", LogEvent.builder().build(), ""), event(1)), Map.of());

    assertThat(ids(store.find(EventQuery.all()))).containsExactly("event-1", "timeless");
    assertThat(store.count(EventQuery.all().between(Long.MIN_VALUE, START * 2))).isEqualTo(1);
    assertThat(store.remove(EventQuery.all().between(Long.MIN_VALUE, START * 2))).isEqualTo(1);
    assertThat(store.count(EventQuery.all())).isEqualTo(1);
  }

  @Test
  void findsDuplicatesOfEventsWithoutATime() {
    List<StoredEvent> timeless =
        List.of(
            event("a", "g", builder(1).timestamp(LogEvent.NO_TIMESTAMP).build(), ""),
            event("b", "g", builder(2).timestamp(LogEvent.NO_TIMESTAMP).build(), ""),
            event(3));
    store.append(timeless, Map.of());

    assertThat(store.append(timeless, Map.of())).isZero();
  }

  @Test
  void findsTheNewestOfATextWhereverTheyAre() {
    store.append(events(0, 5_000), Map.of());

    assertThat(ids(store.find(EventQuery.all().text("added").limit(2))))
        .containsExactly("event-4999", "event-4998");
    assertThat(ids(store.find(EventQuery.all().text("ITEM 7 ")))).containsExactly("event-7");
    assertThat(store.find(EventQuery.all().text("added").limit(4_900))).hasSize(4_900);
  }

  @Test
  void findsTheNewestThoughOthersCameWithThem() {
    int block = OpenBlock.EVENTS;
    for (int from : new int[] {0, 10_000, 500_000}) {
      List<StoredEvent> batch = new ArrayList<>(events(from, from + block - 1));
      batch.add(event(from < 500_000 ? 1_000_000 + from : 499_999));
      store.append(batch, Map.of());
    }

    assertThat(ids(store.find(EventQuery.all().limit(4))))
        .containsExactly("event-1010000", "event-1000000", "event-504094", "event-504093");
  }

  @Test
  void takesNoLetterOfAnotherAlphabetForOneOfAscii() {
    StringBuilder others = new StringBuilder();
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        others.appendCodePoint(c);
      }
    }
    store.append(
        List.of(event("e", "g", builder(1).message(others.toString()).build(), "")), Map.of());

    for (char c = 'a'; c <= 'z'; c++) {
      assertThat(found(String.valueOf(c))).as("%c", c).isEmpty();
    }
    assertThat(found("\u0130")).containsExactly("e");
  }

  @Test
  void takesTextsOfAnyLength() {
    String long1 = "x".repeat(200_000);
    store.append(List.of(event("e", "g", builder(1).message(long1 + "y").build(), "")), Map.of());

    assertThat(store.find(EventQuery.all()).get(0).event().message()).hasSize(200_001);
    assertThat(found("X".repeat(10_000) + "Y")).containsExactly("e");
  }

  @Test
  void refusesOptionsOutOfBounds() {
    assertThatThrownBy(() -> DuckDbStore.builder().memory(1).open())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("64 MiB");
  }

  private List<String> found(String text) {
    return ids(store.find(EventQuery.all().text(text)));
  }
}
